/**
 * Turns the records of a written batch into rows of its segment's table. The door, imports and recovery
 * come through here, so a segment that is read again gives the rows it gave the first time.
 */
import { at } from '../../../core/model/assert.ts';
import type { ReadRecord } from '../../../core/formats/format.ts';
import { findFormat } from '../../../core/formats/registry.ts';
import type { BatchContext } from '../../../core/journal/batch-line.ts';
import type { PayloadAddress } from '../../../core/model/span-table.ts';
import type { LineAddress, TraceEntry } from '../../../core/model/trace-entry.ts';
import type { SegmentTable } from '../library/segment-table.ts';
import { PLACE_NUMBERS, type KeptRecord, type RecordBatch } from './record-batch.ts';

/** Adds the batch, whose first line stands at `linesAt` of the segment. Returns the ids of its traces. */
export function indexBatch(into: SegmentTable, batch: RecordBatch, linesAt: number): Iterable<string> {
  const indexer = new BatchIndexer(into, batch.context);
  const { records, places } = batch;
  for (let i = 0; i < records.length; i++) {
    const place = i * PLACE_NUMBERS;
    indexer.add(at(records, i), {
      offset: linesAt + at(places, place),
      length: at(places, place + 1),
      digest: at(places, place + 2),
    });
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
      const { offset, length } = address;
      this.#mergeTrace(record.traceId, record, [{ offset, length }]);
      return;
    }
    const { row } = record;
    let trace = this.#traces.get(row.traceId);
    // A plain span says nothing of its trace that the batch's first record did not say.
    if (trace === undefined || record.header !== undefined || !Number.isNaN(record.startedLiveUs)) {
      trace = this.#mergeTrace(row.traceId, record, []);
    }
    this.#into.append(row, trace, address);
  }

  #mergeTrace(id: string, record: KeptRecord, lines: readonly LineAddress[]): number {
    const startedLiveUs = record.kind === 'span' ? record.startedLiveUs : Number.NaN;
    const measures = this.#entry.live && !Number.isNaN(startedLiveUs);
    const number = this.#into.table.mergeTrace({
      ...this.#entry,
      id,
      headers: record.header === undefined ? [] : [record.header],
      ended: record.kind === 'trace' && record.ended,
      clockOffsetUs: measures ? this.#context.at - startedLiveUs : undefined,
      lines,
    });
    this.#traces.set(id, number);
    return number;
  }
}

/** True for a record that can be kept. */
export function isKept(record: ReadRecord): record is KeptRecord {
  return record.kind !== 'reject';
}
