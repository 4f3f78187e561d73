/**
 * Journal and library as one: opened with recovery, appended to, asked, closed with a checkpoint. It holds
 * no lock (`owner/` does) and listens nowhere.
 */
import { crc32 } from 'node:zlib';
import { encodeSidecar } from '../../core/journal/sidecar.ts';
import { sidecarFileName, type SegmentNumber } from '../../core/journal/segment-name.ts';
import type { Clock } from '../../core/model/time.ts';
import type { SpanDetail } from '../../core/rpc/contract.ts';
import { readJournalId } from './journal/journal-id.ts';
import { JournalWriter, type SegmentLimits } from './journal/journal-writer.ts';
import type { JournalFiles } from './journal/journal-files.ts';
import type { JournalUnavailableError } from './journal/journal-unavailable.ts';
import { LineReader } from './journal/line-reader.ts';
import { loadSegmentTable, openSegments } from './journal/open-segments.ts';
import { SegmentWriter, type SegmentExtent } from './journal/segment-writer.ts';
import { makeReportTextAt, type RecordAt } from './library/read-report.ts';
import { Library } from './library/library.ts';
import { readSpanDetails, type ReadSpans } from './library/span-details.ts';
import type { RecordBatch } from './records/record-batch.ts';
import { passOver } from './pass-over.ts';

export interface TraceStoreParts {
  readonly files: JournalFiles;
  readonly clock: Clock;
  /** Opens for reading only: nothing is written, cut off or created. */
  readonly readOnly?: boolean;
  /** Makes the id of a new journal. */
  readonly makeId: () => string;
  readonly limits?: Partial<SegmentLimits>;
  /** Told when appends are refused, and (undefined) when they are taken again. */
  readonly onAvailability?: (reason: string | undefined) => void;
}

export class TraceStore {
  readonly journalId: string;
  /** What recovery found, for a person. */
  readonly notices: readonly string[];
  readonly library: Library;
  readonly #files: JournalFiles;
  readonly #lines: LineReader;
  readonly #writer: JournalWriter | undefined;
  #sealing: Promise<void> = Promise.resolve();

  private constructor(parts: {
    journalId: string;
    notices: readonly string[];
    library: Library;
    files: JournalFiles;
    lines: LineReader;
    makeWriter: ((store: TraceStore) => JournalWriter) | undefined;
  }) {
    this.journalId = parts.journalId;
    this.notices = parts.notices;
    this.library = parts.library;
    this.#files = parts.files;
    this.#lines = parts.lines;
    this.#writer = parts.makeWriter?.(this);
  }

  static async open(parts: TraceStoreParts): Promise<TraceStore> {
    const { files, clock, readOnly = false } = parts;
    const lines = new LineReader(files);
    const { journalId, notice } = await readJournalId(files, readOnly, parts.makeId);
    const library = new Library({
      clock,
      loadTable: (segment) => loadSegmentTable(files, journalId, segment),
      textAt: makeReportTextAt((address) => lines.readRecord(address)),
    });
    const opened = await openSegments({ ...parts, journalId, readOnly, library });
    const { last } = opened;
    const notices = [...(notice === undefined ? [] : [notice]), ...opened.notices];
    const active =
      last && !readOnly
        ? await SegmentWriter.reopen(files, last.segment, crc32, last.extent, clock())
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
          committed: (segment, batch, linesAt) => {
            library.addBatch(segment, batch, linesAt);
          },
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

  /** Resolves when the batch is in the journal and in every list; durable where asked. */
  async append(batch: RecordBatch, durable: boolean): Promise<void> {
    await this.#openWriter().append(batch, durable);
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

  /** Bytes of all files of the journal. */
  async bytesOnDisk(): Promise<number> {
    const names = await this.#files.list();
    const sizes = await Promise.all(names.map((name) => this.#files.size(name)));
    return sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  }

  /** Finishes what waits and leaves a checkpoint, so that the next start reads no payload. */
  async close(): Promise<void> {
    const last = await this.#writer?.close();
    if (last !== undefined && last.extent.blocks > 0) this.#seal(last.segment, last.extent);
    await this.#sealing;
    this.#lines.close();
  }

  #openWriter(): JournalWriter {
    if (this.#writer === undefined) throw new Error('the journal is open for reading only');
    return this.#writer;
  }

  /** Writes the sidecar in the background; without one the segment is read again at the next start. */
  #seal(segment: SegmentNumber, extent: SegmentExtent): void {
    // A full disk may refuse the sidecar: it can always be made again from the segment.
    this.#sealing = this.#sealing.then(() => this.#writeSidecar(segment, extent)).catch(passOver);
  }

  async #writeSidecar(segment: SegmentNumber, extent: SegmentExtent): Promise<void> {
    const { table } = this.library.tables.get(segment);
    const summaries = this.library.summariesUpTo(segment);
    const claim = {
      journalId: this.journalId,
      segment,
      covers: extent.bytes,
      lastBlockAt: extent.lastBlockAt,
      lastBlockCrc: extent.lastBlockCrc,
      blocks: extent.blocks,
      rows: table.length,
    };
    await this.#files.replace(sidecarFileName(segment), encodeSidecar(claim, summaries, table, crc32));
    this.library.tables.unpin(segment);
  }
}
