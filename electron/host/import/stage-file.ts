/**
 * A file of `imports/`: what an import has read, before anything of it is in the library. So an import that is
 * cancelled, or whose host dies, leaves the library as it was, and one that was read to its end goes on after a
 * crash. It is a sequence of frames (`stage-frames.ts`): a plan, what was read, and the end. What a small file held
 * stands in it as batches, for the segment that the journal writes just then. What a large one held stands in whole
 * segments beside it, and in it only their columns.
 */
import { constants } from 'node:fs';
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { JournalUnavailableError } from '../journal/journal-unavailable.ts';
import { passOver } from '../pass-over.ts';
import { encodeBatch } from '../records/batch-bytes.ts';
import type { RecordBatch } from '../records/record-batch.ts';
import type { BundledReport } from './bundle-source.ts';
import { segmentsBeside, SegmentStager } from './segment-stager.ts';
import { FRAME, writeFrame, type FrameKind } from './stage-frames.ts';
import { encodeStagedSegment } from './staged-segment-bytes.ts';

/** What an import is to do with the records it has read. */
export interface StagePlan {
  /** What a notice calls the file. */
  readonly path: string;
  /** Takes records of deleted traces, too, that were to stay away. */
  readonly bringBack: boolean;
}

export interface StageLimits {
  /** A file of no more bytes of records gets no segment of its own. */
  readonly batchBytes: number;
  readonly segmentBytes?: number | undefined;
}

/** Told of the words and columns of each segment that was written, which are the listener's from then on. */
export type SegmentStaged = (bytes: Uint8Array<ArrayBuffer>) => void;

export const STAGE_LIMITS: StageLimits = { batchBytes: 8 * 1024 * 1024 };

/** Writes a stage. What it wrote counts only once it has ended. Everything rejects with JournalUnavailableError. */
export class StageWriter {
  readonly path: string;
  readonly #handle: FileHandle;
  readonly #limits: StageLimits;
  /** What was read so far, as long as it may be all. */
  #held: RecordBatch[] = [];
  #heldBytes = 0;
  readonly #onSegment: SegmentStaged | undefined;
  #stager: SegmentStager | undefined;

  private constructor(
    path: string,
    handle: FileHandle,
    limits: StageLimits,
    onSegment: SegmentStaged | undefined,
  ) {
    this.path = path;
    this.#handle = handle;
    this.#limits = limits;
    this.#onSegment = onSegment;
  }

  /** Makes the file, which must not be there, and its folder. Only its owner may read it. */
  static async create(
    path: string,
    plan: StagePlan,
    limits = STAGE_LIMITS,
    onSegment?: SegmentStaged,
  ): Promise<StageWriter> {
    const handle = await refusing(async () => {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      return await open(path, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600);
    });
    const writer = new StageWriter(path, handle, limits, onSegment);
    await writer.#write(FRAME.plan, Buffer.from(JSON.stringify(plan)));
    return writer;
  }

  /** Takes batches in the order in which they were read. They may be written only later. */
  async add(batches: readonly RecordBatch[]): Promise<void> {
    if (this.#stager !== undefined) {
      const stager = this.#stager;
      await refusing(() => stager.add(batches));
      return;
    }
    this.#held.push(...batches);
    for (const { lines } of batches) this.#heldBytes += lines.length;
    if (this.#heldBytes > this.#limits.batchBytes) await this.#beginSegments();
  }

  /** Says that nothing is missing, and what became of the file, durably. */
  async end(report: BundledReport): Promise<void> {
    const stager = this.#stager;
    if (stager !== undefined) await refusing(() => stager.end());
    for (const batch of this.#held) await this.#write(FRAME.batch, encodeBatch(batch));
    await this.#write(FRAME.end, Buffer.from(JSON.stringify(report)));
    await refusing(() => this.#handle.datasync());
    await this.#handle.close();
  }

  /** Takes everything away again. */
  async discard(): Promise<void> {
    await this.#stager?.leave();
    await this.#handle.close().catch(passOver);
    await removeStage(this.path);
  }

  async #beginSegments(): Promise<void> {
    const stager = await refusing(() =>
      SegmentStager.create(
        this.path,
        async (words, { table }) => {
          const bytes = encodeStagedSegment(words, table);
          await this.#write(FRAME.segment, bytes);
          this.#onSegment?.(bytes);
        },
        this.#limits.segmentBytes,
      ),
    );
    this.#stager = stager;
    const held = this.#held;
    this.#held = [];
    await refusing(() => stager.add(held));
  }

  async #write(kind: FrameKind, bytes: Uint8Array): Promise<void> {
    await refusing(() => writeFrame(this.#handle, kind, bytes));
  }
}

/** Removes a stage and the segments beside it, whatever there is of them. */
export async function removeStage(path: string): Promise<void> {
  // The stage last: segments without one are nobody's.
  await rm(segmentsBeside(path), { recursive: true, force: true });
  await rm(path, { recursive: true, force: true });
}

/** A disk that takes no stage takes no journal either. */
async function refusing<T>(use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    throw error instanceof JournalUnavailableError ? error : new JournalUnavailableError(error);
  }
}
