/**
 * Journal and library as one: opened with recovery, appended to, asked, closed with a checkpoint. It holds
 * no lock (`owner/` does) and listens nowhere.
 */
import { crc32 } from 'node:zlib';
import type { DeleteReason, SampledAway } from '../../core/journal/delete-line.ts';
import type { SegmentNumber } from '../../core/journal/segment-name.ts';
import type { Note, WrittenNote } from '../../core/model/note.ts';
import type { Clock } from '../../core/model/time.ts';
import type { SpanDetail } from '../../core/rpc/contract.ts';
import { Compactor, type CompactorParts } from './compaction/compactor.ts';
import type { LineAt } from './export/export-chunks.ts';
import { readJournalId } from './journal/journal-id.ts';
import { JournalWriter, type SegmentLimits } from './journal/journal-writer.ts';
import { readFileSizes } from './journal/file-sizes.ts';
import type { JournalFiles } from './journal/journal-files.ts';
import type { JournalUnavailableError } from './journal/journal-unavailable.ts';
import { LineReader } from './journal/line-reader.ts';
import { loadSegmentTable, openSegments } from './journal/open-segments.ts';
import { SegmentWriter, type SegmentExtent } from './journal/segment-writer.ts';
import type { StagedSegment } from './journal/staged-segment.ts';
import { makeReportTextAt, type RecordAt } from './library/read-report.ts';
import type { Drawings } from './library/drawings.ts';
import { Library } from './library/library.ts';
import { begunAtUs } from './library/begun-at.ts';
import { indexInto } from './library/index-into.ts';
import { writeSidecar } from './library/write-sidecar.ts';
import { readSpanDetails, type ReadSpans } from './library/span-details.ts';
import { leaveOut } from './records/leave-out.ts';
import type { RecordBatch } from './records/record-batch.ts';
import { reportBug } from './report-bug.ts';
import { systemErrorCode } from './system-error.ts';

export interface TraceStoreParts {
  readonly files: JournalFiles;
  readonly clock: Clock;
  /** Opens for reading only: nothing is written, cut off or created. */
  readonly readOnly?: boolean;
  /** How large traces are drawn; absent: nowhere kept. */
  readonly drawings?: Drawings | undefined;
  /** Makes the id of a new journal. */
  readonly makeId: () => string;
  readonly limits?: Partial<SegmentLimits>;
  /** Told when appends are refused, and (undefined) when they are taken again. */
  readonly onAvailability?: (reason: string | undefined) => void;
  /** Told of our own bugs where nobody waits for the outcome. */
  readonly onBug?: (error: unknown) => void;
}

/** Of one line of the journal. */
const DELETE_IDS = 10_000;

export class TraceStore {
  readonly journalId: string;
  /** What recovery found, for a person. */
  readonly notices: readonly string[];
  readonly library: Library;
  readonly #files: JournalFiles;
  readonly #lines: LineReader;
  readonly #writer: JournalWriter | undefined;
  readonly #onBug: (error: unknown) => void;
  readonly #clock: Clock;
  /** Undefined where the store is open for reading only. */
  readonly compactor: Compactor | undefined;
  #deleting: ReadonlySet<string> = new Set();
  #sealing: Promise<void> = Promise.resolve();

  private constructor(parts: {
    journalId: string;
    notices: readonly string[];
    library: Library;
    files: JournalFiles;
    lines: LineReader;
    clock: Clock;
    onBug: (error: unknown) => void;
    makeWriter: ((store: TraceStore) => JournalWriter) | undefined;
  }) {
    this.journalId = parts.journalId;
    this.notices = parts.notices;
    this.library = parts.library;
    this.#files = parts.files;
    this.#lines = parts.lines;
    this.#onBug = parts.onBug;
    this.#clock = parts.clock;
    this.#writer = parts.makeWriter?.(this);
    this.compactor = this.#writer && new Compactor({ ...parts, ...this.#compacting(this.#writer) });
  }

  static async open(parts: TraceStoreParts): Promise<TraceStore> {
    const { files, clock, readOnly = false } = parts;
    const lines = new LineReader(files);
    const { journalId, notice } = await readJournalId(files, readOnly, parts.makeId);
    const library = new Library({
      clock,
      loadTable: (segment) => loadSegmentTable(files, journalId, segment),
      textAt: makeReportTextAt((address) => lines.readRecord(address)),
      drawings: parts.drawings,
    });
    const opened = await openSegments({ ...parts, journalId, readOnly, library });
    const { last } = opened;
    const notices = [...(notice === undefined ? [] : [notice]), ...opened.notices];
    const active =
      last && !readOnly
        ? await SegmentWriter.reopen(
            files,
            last.segment,
            crc32,
            last.extent,
            begunAtUs(library, last.segment, clock()),
          )
        : undefined;
    const makeWriter = (store: TraceStore): JournalWriter =>
      new JournalWriter({
        files,
        crc32,
        clock,
        nextSegment: opened.nextSegment,
        active,
        limits: parts.limits,
        listener: {
          ...indexInto(library),
          sealed: (segment, extent) => {
            store.#seal(segment, extent);
          },
          availabilityChanged: (reason) => parts.onAvailability?.(reason),
        },
      });
    const store = new TraceStore({
      journalId,
      notices,
      library,
      files,
      lines,
      clock,
      onBug: parts.onBug ?? reportBug,
      makeWriter: readOnly ? undefined : makeWriter,
    });
    for (const { segment, extent } of opened.unsealed) store.#seal(segment, extent);
    return store;
  }

  /** Why appends are refused just now; undefined where one may try. */
  get refusal(): JournalUnavailableError | undefined {
    return this.#writer?.refusal;
  }

  /** How many segments were given up so far: an import that appends without flushing compares it. */
  get abandonedSegments(): number {
    return this.#writer?.abandoned ?? 0;
  }

  /**
   * Resolves when the batch is in the journal and in every list; durable where asked. Returns how many of its
   * records were left out, since their traces were deleted and are to stay away.
   */
  async append(batch: RecordBatch, durable: boolean, bringBack = false): Promise<number> {
    if (bringBack || !this.#keepsAnyOut()) {
      await this.#openWriter().append(batch, durable);
      return 0;
    }
    const remaining = leaveOut(batch, (id) => this.#isOut(id));
    if (remaining.batch !== undefined) await this.#openWriter().append(remaining.batch, durable);
    return remaining.leftOut;
  }

  /**
   * Takes over a whole segment: resolves when it is durable and in every list. False, and nothing done, where some
   * of its traces are to stay away: it has to be appended batch by batch. Rejects with JournalUnavailableError.
   */
  async adopt(segment: StagedSegment, bringBack = false): Promise<boolean> {
    // The one before has its sidecar first, and its table need not stay in memory.
    await this.#sealing;
    const { traces } = segment.table.table;
    if (!bringBack && this.#keepsAnyOut() && traces.some(({ id }) => this.#isOut(id))) return false;
    await this.#openWriter().adopt(segment);
    return true;
  }

  #keepsAnyOut(): boolean {
    return this.library.deletions.keepsAny || this.#deleting.size > 0;
  }

  /** A trace that somebody brought back is there again, and so are its further records. */
  #isOut(id: string): boolean {
    const { library } = this;
    return this.#deleting.has(id) || (library.deletions.isKeptAway(id) && !library.has(id));
  }

  /** Deletes traces: resolves when that is durable and they are hidden. Rejects with JournalUnavailableError. */
  async delete(
    traceIds: readonly string[],
    keepAway: boolean,
    reason: DeleteReason,
    sampling?: SampledAway,
  ): Promise<void> {
    const writer = this.#openWriter();
    for (let from = 0; from < traceIds.length; from += DELETE_IDS) {
      const ids = traceIds.slice(from, from + DELETE_IDS);
      // Records that arrive while the disk writes are behind the deletion, and must not slip in.
      if (keepAway) this.#deleting = new Set([...this.#deleting, ...ids]);
      try {
        await writer.delete({
          at: this.#clock(),
          traceIds: ids,
          keepAway,
          reason,
          ...(sampling && { sampling }),
        });
      } finally {
        if (keepAway) this.#deleting = new Set([...this.#deleting].filter((id) => !ids.includes(id)));
      }
    }
  }

  /** Keeps notes; resolves when they are durable and told. Rejects with JournalUnavailableError. */
  async putNotes(notes: readonly WrittenNote[]): Promise<void> {
    if (notes.length > 0) await this.#openWriter().note(notes);
  }

  /** The notes of traces, trace by trace, the oldest first. */
  notesOf(traceIds: readonly string[]): readonly Note[] {
    return traceIds.flatMap((traceId) => this.library.notes.of(traceId));
  }

  /** Makes everything appended before durable. */
  async flush(): Promise<void> {
    await this.#openWriter().flush();
  }

  /** The full records of spans, all at once. */
  readSpans(traceId: string, spanIds: readonly string[]): readonly SpanDetail[] {
    return this.readSpansUpTo(traceId, spanIds, Infinity).spans;
  }

  /** The same in parts: stops before it has read more than `maxBytes` of the journal. */
  readSpansUpTo(traceId: string, spanIds: readonly string[], maxBytes: number): ReadSpans {
    const found = this.library.findReports(traceId);
    if (found === undefined) return { spans: [], rest: [] };
    const recordAt: RecordAt = (address) => this.#lines.readRecord(address);
    return readSpanDetails(found.gathered, found.reports, spanIds, recordAt, maxBytes);
  }

  /** The bytes of a line of the journal; undefined where they are damaged or gone. */
  readonly readLine: LineAt = (...line) => this.#lines.readLine(...line);

  /** Bytes of all files of the journal. */
  async bytesOnDisk(): Promise<number> {
    return [...(await this.fileSizes()).values()].reduce((sum, size) => sum + size, 0);
  }

  /** The journal's files by name, and their bytes. */
  async fileSizes(): Promise<ReadonlyMap<string, number>> {
    return await readFileSizes(this.#files);
  }

  /** Finishes what waits and leaves a checkpoint, so that the next start reads no payload. */
  async close(): Promise<void> {
    const last = await this.#writer?.close();
    if (last !== undefined && last.extent.blocks > 0) this.#seal(last.segment, last.extent);
    await this.#sealing;
    this.library.drawings?.flush();
    await this.compactor?.stop();
    this.#lines.close();
  }

  #compacting(writer: JournalWriter): Pick<CompactorParts, 'seal' | 'bytesOnDisk'> {
    return {
      seal: async () => {
        await writer.seal();
        await this.#sealing;
      },
      bytesOnDisk: () => this.bytesOnDisk(),
    };
  }

  #openWriter(): JournalWriter {
    if (this.#writer === undefined) throw new Error('the journal is open for reading only');
    return this.#writer;
  }

  /** Writes the sidecar in the background; without one the segment is read again at the next start. */
  #seal(segment: SegmentNumber, extent: SegmentExtent): void {
    this.compactor?.noteSealed(segment);
    this.#sealing = this.#sealing
      .then(() => writeSidecar(this.#files, this, segment, extent))
      .catch((error: unknown) => {
        // A full disk may refuse the sidecar: it can always be made again from the segment.
        if (systemErrorCode(error) === undefined) this.#onBug(error);
      });
  }
}
