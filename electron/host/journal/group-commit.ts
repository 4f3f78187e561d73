/**
 * Many batches, one flush: what waits while the disk is busy goes into the next block together. A promise
 * resolves only after the flush that covers its batch, so that a 2xx never promises what power can take.
 */
import type { Deletion } from '../../../core/journal/delete-line.ts';
import type { WrittenNote } from '../../../core/model/note.ts';
import type { RecordBatch } from '../records/record-batch.ts';
import type { StagedSegment } from './staged-segment.ts';

/** One batch or deletion on its way; without one, a flush of what was written before. */
export interface PendingBatch {
  readonly batch: RecordBatch | undefined;
  /** Traces to delete, in a block of its own. */
  readonly deletion?: Deletion;
  /** Notes of the user, in a block of their own. */
  readonly notes?: readonly WrittenNote[];
  /** Ends the segment that is written to. */
  readonly seal?: boolean;
  /** A whole segment to take over; it stands alone in its group. */
  readonly adopted?: StagedSegment;
  /** False for imports, which flush once at their end. */
  readonly durable: boolean;
}

/** Writes a group as one block; rejects where the disk refuses. */
export type CommitGroup = (group: readonly PendingBatch[]) => Promise<void>;

interface Waiting extends PendingBatch {
  resolve(): void;
  reject(error: unknown): void;
}

/** Keeps blocks small beside a segment, which is closed only between two groups. */
const MAX_GROUP_BYTES = 4 * 1024 * 1024;

export class GroupCommit {
  readonly #commit: CommitGroup;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;

  constructor(commit: CommitGroup) {
    this.#commit = commit;
  }

  append(pending: PendingBatch): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...pending, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#takeGroup();
      try {
        await this.#commit(group);
        for (const waiting of group) waiting.resolve();
      } catch (error) {
        for (const waiting of group) waiting.reject(error);
      }
    }
    this.#running = undefined;
  }

  #takeGroup(): readonly Waiting[] {
    let bytes = 0;
    let count = 0;
    for (const { batch, adopted } of this.#waiting) {
      if (adopted !== undefined) {
        if (count === 0) count = 1;
        break;
      }
      if (batch !== undefined) bytes += batch.lines.length + batch.contextLine.length;
      if (count > 0 && bytes > MAX_GROUP_BYTES) break;
      count++;
    }
    return this.#waiting.splice(0, count);
  }
}
