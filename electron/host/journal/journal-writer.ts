/**
 * Appends batches to the journal: one segment at a time, a new one when the old is full, old or broken.
 * A segment whose disk failed is given up; until a new one can be written every append is refused, and
 * what was acknowledged before stays readable.
 */
import type { Deletion } from '../../../core/journal/delete-line.ts';
import type { Crc32 } from '../../../core/journal/checksum.ts';
import { at } from '../../../core/model/assert.ts';
import { segmentFileName, type SegmentNumber } from '../../../core/journal/segment-name.ts';
import type { Clock, DurationUs } from '../../../core/model/time.ts';
import type { NoteLine } from '../../../core/journal/note-line.ts';
import type { WrittenNote } from '../../../core/model/note.ts';
import type { RecordBatch } from '../records/record-batch.ts';
import { GroupCommit, type PendingBatch } from './group-commit.ts';
import type { JournalFiles } from './journal-files.ts';
import { JournalUnavailableError } from './journal-unavailable.ts';
import { joinIntoBlocks, placeNotes, toBlockBody, type Block } from './join-blocks.ts';
import { EMPTY_EXTENT, SegmentWriter, type SegmentExtent } from './segment-writer.ts';
import { passOver } from '../pass-over.ts';
import type { StagedSegment } from './staged-segment.ts';

/** Who keeps the index of what is written. Calls come in journal order. */
export interface JournalListener {
  /** The batch is written (and durable, where that was asked); its first line stands at `linesAt`. */
  committed(segment: SegmentNumber, batch: RecordBatch, linesAt: number): void;
  /** The deletion is durable. */
  deleted(segment: SegmentNumber, deletion: Deletion): void;
  /** The notes are durable. */
  noted(segment: SegmentNumber, lines: readonly NoteLine[]): void;
  /** A whole segment was taken over, durably. */
  adopted(segment: SegmentNumber, staged: StagedSegment): void;
  /** Nothing will be written to the segment any more. */
  sealed(segment: SegmentNumber, extent: SegmentExtent): void;
  /** Why appends are refused from now on; undefined when they are taken again. */
  availabilityChanged(reason: string | undefined): void;
}

export interface JournalWriterParts {
  readonly files: JournalFiles;
  readonly crc32: Crc32;
  readonly clock: Clock;
  readonly listener: JournalListener;
  /** Number of the next segment that is created. */
  readonly nextSegment: SegmentNumber;
  /** The last segment, where it can be written on. */
  readonly active?: SegmentWriter | undefined;
  readonly limits?: Partial<SegmentLimits> | undefined;
}

/** A segment, and how far it holds whole blocks. */
export interface WrittenSegment {
  readonly segment: SegmentNumber;
  readonly extent: SegmentExtent;
}

export interface SegmentLimits {
  readonly bytes: number;
  readonly age: DurationUs;
}

export const SEGMENT_LIMITS: SegmentLimits = { bytes: 64 * 1024 * 1024, age: 3_600_000_000 };
/** After a failure the disk is tried again no sooner than this; each further failure doubles it. */
const FIRST_RETRY: DurationUs = 100_000;
const LAST_RETRY: DurationUs = 5_000_000;

export class JournalWriter {
  readonly #parts: JournalWriterParts;
  readonly #limits: SegmentLimits;
  readonly #group: GroupCommit;
  #active: SegmentWriter | undefined;
  /** How far the active segment is indexed: what an append that failed wrote behind it does not count. */
  #indexed: SegmentExtent;
  #nextSegment: SegmentNumber;
  #failure: JournalUnavailableError | undefined;
  #retryAfter: DurationUs = FIRST_RETRY;
  #retryAtUs = 0;
  #abandoned = 0;
  #closed = false;

  constructor(parts: JournalWriterParts) {
    this.#parts = parts;
    this.#limits = { ...SEGMENT_LIMITS, ...parts.limits };
    this.#active = parts.active;
    this.#indexed = parts.active?.extent ?? EMPTY_EXTENT;
    this.#nextSegment = parts.nextSegment;
    this.#group = new GroupCommit((group) => this.#commit(group));
  }

  /** How many segments were given up: whoever appended without flushing compares it before and after. */
  get abandoned(): number {
    return this.#abandoned;
  }

  /** Why appends are refused just now; undefined where one may try. */
  get refusal(): JournalUnavailableError | undefined {
    return this.#failure !== undefined && this.#parts.clock() < this.#retryAtUs ? this.#failure : undefined;
  }

  /** Resolves when the batch is written, and durable where asked; rejects with JournalUnavailableError. */
  append(batch: RecordBatch, durable: boolean): Promise<void> {
    if (this.#closed) return Promise.reject(new JournalUnavailableError(new Error('the journal is closed')));
    return this.#group.append({ batch, durable });
  }

  /** Makes everything appended before durable. */
  flush(): Promise<void> {
    return this.#group.append({ batch: undefined, durable: true });
  }

  /** Writes a deletion; resolves when it is durable and the listener knows of it. */
  delete(deletion: Deletion): Promise<void> {
    if (this.#closed) return Promise.reject(new JournalUnavailableError(new Error('the journal is closed')));
    return this.#group.append({ batch: undefined, deletion, durable: true });
  }

  /** Writes notes; resolves when they are durable and the listener knows of them. */
  note(notes: readonly WrittenNote[]): Promise<void> {
    if (this.#closed) return Promise.reject(new JournalUnavailableError(new Error('the journal is closed')));
    return this.#group.append({ batch: undefined, notes, durable: true });
  }

  /** Takes over a segment that was written elsewhere; resolves when it is durable and the listener knows of it. */
  adopt(adopted: StagedSegment): Promise<void> {
    if (this.#closed) return Promise.reject(new JournalUnavailableError(new Error('the journal is closed')));
    return this.#group.append({ batch: undefined, adopted, durable: true });
  }

  /** Ends the segment that is written to: only what is sealed can be compacted. */
  seal(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    return this.#group.append({ batch: undefined, seal: true, durable: true });
  }

  /** Finishes what waits, flushes and lets go of the file. Returns how far the last segment is written. */
  async close(): Promise<WrittenSegment | undefined> {
    this.#closed = true;
    await this.#group.idle();
    const active = this.#active;
    this.#active = undefined;
    if (active === undefined) return undefined;
    try {
      await active.sync();
    } catch (error) {
      // What was acknowledged is durable already; the next start reads how far the rest got.
      await this.#closeBroken(active, error);
      return undefined;
    }
    await active.close();
    return { segment: active.segment, extent: this.#indexed };
  }

  async #closeBroken(active: SegmentWriter, cause: unknown): Promise<void> {
    this.#abandoned++;
    // A broken disk may refuse to close and remove, too; the first error is the one that is told.
    await active.close().catch(passOver);
    this.#parts.listener.availabilityChanged(new JournalUnavailableError(cause).reason);
  }

  async #commit(group: readonly PendingBatch[]): Promise<void> {
    const refusal = this.refusal;
    if (refusal !== undefined) throw refusal;
    try {
      await this.#write(group);
    } catch (error) {
      throw await this.#abandon(error);
    }
    if (this.#failure === undefined) return;
    this.#failure = undefined;
    this.#retryAfter = FIRST_RETRY;
    this.#parts.listener.availabilityChanged(undefined);
  }

  async #write(group: readonly PendingBatch[]): Promise<void> {
    const adopted = group[0]?.adopted;
    if (adopted !== undefined) {
      await this.#adopt(adopted);
      return;
    }
    const blocks = joinIntoBlocks(group);
    if (blocks.length > 0) await this.#rotate();
    const writer = this.#active;
    if (writer === undefined) return;
    const bodiesAt = blocks.length === 0 ? [] : await writer.append(blocks.map(toBlockBody));
    if (group.some(({ durable }) => durable)) await writer.sync();
    this.#indexed = writer.extent;
    blocks.forEach((block, i) => {
      this.#tell(writer.segment, block, at(bodiesAt, i));
    });
    if (group.some(({ seal }) => seal === true) && writer.extent.blocks > 0) await this.#end(writer);
  }

  #tell(segment: SegmentNumber, block: Block, bodyAt: number): void {
    const { listener } = this.#parts;
    if (block.kind === 'deletion') {
      listener.deleted(segment, block.deletion);
      return;
    }
    if (block.kind === 'notes') {
      listener.noted(segment, placeNotes(block, bodyAt));
      return;
    }
    let position = bodyAt;
    for (const batch of block.batches) {
      position += batch.contextLine.length;
      listener.committed(segment, batch, position);
      position += batch.lines.length;
    }
  }

  /** Makes sure that there is a segment with room. */
  async #rotate(): Promise<void> {
    const { files, crc32, clock } = this.#parts;
    const full = this.#active;
    if (full !== undefined && this.#isFull(full)) await this.#end(full);
    if (this.#active !== undefined) return;
    this.#active = await SegmentWriter.create(files, this.#nextSegment++, crc32, clock());
    this.#indexed = EMPTY_EXTENT;
  }

  /** The segment before ends, and what was taken over is the one that is written on, until it is full. */
  async #adopt(staged: StagedSegment): Promise<void> {
    const { path, extent } = staged;
    const { files, crc32, clock, listener } = this.#parts;
    if (this.#active !== undefined) await this.#end(this.#active);
    const segment = this.#nextSegment++;
    await files.adopt(path, segmentFileName(segment));
    await files.syncDirectory();
    this.#active = await SegmentWriter.reopen(files, segment, crc32, extent, clock());
    this.#indexed = extent;
    listener.adopted(segment, staged);
  }

  async #end(writer: SegmentWriter): Promise<void> {
    await writer.sync();
    this.#active = undefined;
    this.#parts.listener.sealed(writer.segment, writer.extent);
    await writer.close();
  }

  #isFull(writer: SegmentWriter): boolean {
    const { bytes, blocks } = writer.extent;
    if (blocks === 0) return false;
    return bytes >= this.#limits.bytes || this.#parts.clock() - writer.openedAtUs >= this.#limits.age;
  }

  async #abandon(cause: unknown): Promise<JournalUnavailableError> {
    const { clock, listener } = this.#parts;
    const failure = new JournalUnavailableError(cause);
    const broken = this.#active;
    this.#active = undefined;
    this.#failure = failure;
    this.#retryAtUs = clock() + this.#retryAfter;
    this.#retryAfter = Math.min(this.#retryAfter * 2, LAST_RETRY);
    this.#abandoned++;
    if (broken !== undefined) await this.#giveUp(broken);
    listener.availabilityChanged(failure.reason);
    return failure;
  }

  /** Closes a broken segment. One that nothing was acknowledged in leaves no file behind. */
  async #giveUp(broken: SegmentWriter): Promise<void> {
    await broken.close().catch(passOver);
    if (this.#indexed.blocks > 0) this.#parts.listener.sealed(broken.segment, this.#indexed);
    else await this.#parts.files.remove(segmentFileName(broken.segment)).catch(passOver);
  }
}
