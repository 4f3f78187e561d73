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
  readonly #traces = new Set<string>();
  /** Lists of one source each, one object a source, so that they can be keys. */
  readonly #sources = new Map<string, readonly string[]>();
  readonly #merged = new Map<readonly string[], Map<string, number>>();

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
    const known = isPlain ? this.#findKnown(row.traceId, this.#sourcesOf(record)) : undefined;
    this.#into.append(row, known ?? this.#mergeTrace(row.traceId, record), address);
  }

  /** The number of a trace of which a plain span of this batch says nothing new. */
  #findKnown(traceId: string, sources: readonly string[]): number | undefined {
    const merged = this.#mergedWith(sources);
    const seen = merged.get(traceId);
    if (seen !== undefined) return seen;
    const number = this.#into.table.findTrace(traceId);
    const entry = number === undefined ? undefined : this.#into.table.traces[number];
    if (number === undefined || entry === undefined) return undefined;
    const { firstSeenUs, lastSeenUs, live, origins } = this.#entry;
    const isOld =
      entry.firstSeenUs <= firstSeenUs &&
      entry.lastSeenUs >= lastSeenUs &&
      (entry.live || !live) &&
      sources.every((source) => entry.sources.includes(source)) &&
      origins.every((origin) => entry.origins.includes(origin));
    if (!isOld) return undefined;
    this.#traces.add(traceId);
    merged.set(traceId, number);
    return number;
  }

  /** Traces of this batch that are known to have these sources. */
  #mergedWith(sources: readonly string[]): Map<string, number> {
    const known = this.#merged.get(sources);
    if (known !== undefined) return known;
    const merged = new Map<string, number>();
    this.#merged.set(sources, merged);
    return merged;
  }

  /** What a converted record says of itself, else what the format of its batch is. */
  #sourcesOf({ source }: KeptRecord): readonly string[] {
    if (source === undefined) return this.#entry.sources;
    const known = this.#sources.get(source) ?? [source];
    this.#sources.set(source, known);
    return known;
  }

  #mergeTrace(id: string, record: KeptRecord): number {
    const startedLiveUs = record.kind === 'span' ? record.startedLiveUs : Number.NaN;
    const { firstSeenUs, lastSeenUs, live, origins } = this.#entry;
    const sources = this.#sourcesOf(record);
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
    this.#traces.add(id);
    this.#mergedWith(sources).set(id, number);
    return number;
  }
}

/** True for a record that can be kept. */
export function isKept(record: ReadRecord): record is KeptRecord {
  return record.kind !== 'reject';
}
