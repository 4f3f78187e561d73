/**
 * Compaction in the background: one segment after the other, those with lines of deleted traces first, then
 * those that have been sealed for a while and are still plain.
 */
import { compressedFileName, type SegmentNumber } from '../../../core/journal/segment-name.ts';
import type { DurationUs, EpochUs } from '../../../core/model/time.ts';
import { systemErrorCode } from '../system-error.ts';
import { compactSegment, type CompactionParts } from './compact-segment.ts';

export interface CompactorParts extends Omit<CompactionParts, 'signal'> {
  /** Ends the segment that is written to and resolves when its sidecar stands. */
  readonly seal: () => Promise<void>;
  readonly bytesOnDisk: () => Promise<number>;
  readonly onBug: (error: unknown) => void;
}

export interface CompactorState {
  readonly compaction: 'idle' | 'running' | 'failed';
  readonly segmentsDone: number;
  readonly segmentsTotal: number;
  readonly freedBytes: number;
}

/** What was just written is what people look at; compressed, it would be slower to read. */
const COMPRESS_AFTER: DurationUs = 600_000_000;

export class Compactor {
  readonly #parts: CompactorParts;
  readonly #ending = new AbortController();
  readonly #listeners = new Set<() => void>();
  readonly #openedAtUs: EpochUs;
  readonly #sealedAtUs = new Map<SegmentNumber, EpochUs>();
  readonly #compressed = new Set<SegmentNumber>();
  #running: Promise<void> | undefined;
  #asked = false;
  #timer: NodeJS.Timeout | undefined;
  #state: CompactorState = { compaction: 'idle', segmentsDone: 0, segmentsTotal: 0, freedBytes: 0 };

  constructor(parts: CompactorParts) {
    this.#parts = parts;
    this.#openedAtUs = parts.clock();
  }

  get state(): CompactorState {
    return this.#state;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  noteSealed(segment: SegmentNumber): void {
    this.#sealedAtUs.set(segment, this.#parts.clock());
  }

  /** Looks for work now and from time to time. */
  start(everyMs: number): void {
    void this.run();
    this.#timer = setInterval(() => void this.run(), everyMs);
    this.#timer.unref();
  }

  /** Does what there is to do; resolves when nothing is left or something failed, and never rejects. */
  run(): Promise<void> {
    if (this.#ending.signal.aborted) return Promise.resolve();
    this.#asked = true;
    this.#running ??= this.#workWhileAsked();
    return this.#running;
  }

  /** Stops after the step that is under way; what it leaves half-way the next start clears. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#ending.abort();
    await this.#running;
  }

  async #workWhileAsked(): Promise<void> {
    while (this.#asked) {
      this.#asked = false;
      await this.#work();
    }
    this.#running = undefined;
  }

  async #work(): Promise<void> {
    try {
      await this.#compactHidden();
      for (const segment of await this.#listCompressible()) await this.#compact(segment, true);
      if (this.#state.compaction !== 'idle')
        this.#tell({ compaction: 'idle', segmentsDone: 0, segmentsTotal: 0 });
    } catch (error) {
      if (this.#ending.signal.aborted) return;
      this.#tell({ compaction: 'failed' });
      // A full disk refuses the new file; the old one stays as it was, and the next round tries again.
      if (systemErrorCode(error) === undefined) this.#parts.onBug(error);
    }
  }

  async #compactHidden(): Promise<void> {
    const { deletions, tables } = this.#parts.library;
    for (let tried = new Set<SegmentNumber>(); ;) {
      if (deletions.segmentsWithHidden().some((each) => tables.findPinned(each) !== undefined)) {
        await this.#parts.seal();
      }
      const waiting = deletions.segmentsWithHidden().filter((each) => !tried.has(each));
      const [segment] = waiting;
      if (segment === undefined) return;
      this.#tell({
        compaction: 'running',
        segmentsDone: tried.size,
        segmentsTotal: tried.size + waiting.length,
      });
      // Compressed at once: blanked, but plain, it would take as much room as before.
      await this.#compact(segment, true);
      tried = tried.add(segment);
    }
  }

  async #compact(segment: SegmentNumber, compress: boolean): Promise<void> {
    this.#ending.signal.throwIfAborted();
    const before = await this.#parts.bytesOnDisk();
    await compactSegment({ ...this.#parts, signal: this.#ending.signal }, segment, compress);
    const freed = before - (await this.#parts.bytesOnDisk());
    this.#tell({ freedBytes: this.#state.freedBytes + Math.max(freed, 0) });
  }

  #isOld(segment: SegmentNumber): boolean {
    const sealedAtUs = this.#sealedAtUs.get(segment) ?? this.#openedAtUs;
    return this.#parts.clock() - sealedAtUs >= COMPRESS_AFTER;
  }

  /** Segments that are still plain, and those with notes that count no more. */
  async #listCompressible(): Promise<readonly SegmentNumber[]> {
    const { files, library } = this.#parts;
    const plain: SegmentNumber[] = [];
    for (const { segment } of library.tables.extents()) {
      if (library.tables.findPinned(segment) !== undefined || !this.#isOld(segment)) continue;
      if (library.notes.deadIn(segment).length > 0) {
        plain.push(segment);
        continue;
      }
      if (this.#compressed.has(segment)) continue;
      if ((await files.size(compressedFileName(segment))) === undefined) plain.push(segment);
      else this.#compressed.add(segment);
    }
    return plain;
  }

  #tell(change: Partial<CompactorState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
