/**
 * Turns the records of a written batch into rows of its segment's table. The door, imports and recovery
 * come through here, so a segment that is read again gives the rows it gave the first time.
 */
import type { ReadRecord } from '../../../core/formats/format.ts';
import { findFormat } from '../../../core/formats/registry.ts';
import type { BatchContext } from '../../../core/journal/batch-line.ts';
import type { PayloadAddress } from '../../../core/model/span-table.ts';
import type { TraceEntry } from '../../../core/model/trace-entry.ts';
import type { SegmentTable } from '../library/segment-table.ts';
import { PLACE_NUMBERS, type KeptRecord, type RecordBatch } from './record-batch.ts';

/** Adds the batch, whose first line stands at `linesAt` of the segment. Returns the ids of its traces. */
export function indexBatch(into: SegmentTable, batch: RecordBatch, linesAt: number): Iterable<string> {
  const indexer = new BatchIndexer(into, batch.context);
  const { records, places } = batch;
  let place = 0;
  for (const record of records) {
    // Three numbers stand for each record (RecordBatch), so none is missing.
    const offset = linesAt + (places[place] ?? 0);
    indexer.add(record, { offset, length: places[place + 1] ?? 0, digest: places[place + 2] ?? 0 });
    place += PLACE_NUMBERS;
  }
  return indexer.traceIds;
}

/** Adds the records of one batch, one by one. */
export class BatchIndexer {
  readonly #into: SegmentTable;
  readonly #context: BatchContext;
  readonly #entry: Omit<TraceEntry, 'id' | 'headers' | 'ended' | 'clockOffsetUs' | 'lines'>;
  readonly #traces = new Map<string, number>();

  constructor(into: SegmentTable, context: BatchContext) {
    this.#into = into;
    this.#context = context;
    const source = findFormat(context.format)?.source;
    this.#entry = {
      firstSeenUs: context.at,
      lastSeenUs: context.at,
      live: context.via !== 'import',
      sources: source === undefined ? [] : [source],
      origins: [context.origin],
    };
  }

  get traceIds(): Iterable<string> {
    return this.#traces.keys();
  }

  add(record: KeptRecord, address: PayloadAddress): void {
    if (record.kind === 'trace') {
      this.#into.table.addTraceLine(this.#mergeTrace(record.traceId, record), address);
      return;
    }
    const { row } = record;
    const isPlain = Number.isNaN(record.startedLiveUs);
    const known = isPlain ? this.#findKnown(row.traceId) : undefined;
    this.#into.append(row, known ?? this.#mergeTrace(row.traceId, record), address);
  }

  /** The number of a trace of which a plain span of this batch says nothing new. */
  #findKnown(traceId: string): number | undefined {
    const seen = this.#traces.get(traceId);
    if (seen !== undefined) return seen;
    const number = this.#into.table.findTrace(traceId);
    const entry = number === undefined ? undefined : this.#into.table.traces[number];
    if (number === undefined || entry === undefined) return undefined;
    const { firstSeenUs, lastSeenUs, live, sources, origins } = this.#entry;
    const isOld =
      entry.firstSeenUs <= firstSeenUs &&
      entry.lastSeenUs >= lastSeenUs &&
      (entry.live || !live) &&
      sources.every((source) => entry.sources.includes(source)) &&
      origins.every((origin) => entry.origins.includes(origin));
    if (!isOld) return undefined;
    this.#traces.set(traceId, number);
    return number;
  }

  #mergeTrace(id: string, record: KeptRecord): number {
    const startedLiveUs = record.kind === 'span' ? record.startedLiveUs : Number.NaN;
    const { firstSeenUs, lastSeenUs, live, sources, origins } = this.#entry;
    const measures = live && !Number.isNaN(startedLiveUs);
    // Field by field: spreading the shared part took a twentieth of the door's time.
    const number = this.#into.table.mergeTrace({
      id,
      headers: record.kind === 'trace' ? [record.header] : [],
      firstSeenUs,
      lastSeenUs,
      live,
      ended: record.kind === 'trace' && record.ended,
      sources,
      origins,
      clockOffsetUs: measures ? this.#context.at - startedLiveUs : undefined,
    });
    this.#traces.set(id, number);
    return number;
  }
}

/** True for a record that can be kept. */
export function isKept(record: ReadRecord): record is KeptRecord {
  return record.kind !== 'reject';
}
