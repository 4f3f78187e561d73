/** A batch by its traces, and new batches of some of its records. */
import type { TraceHeader } from '../../../core/model/trace-entry.ts';
import { traceIdOf } from '../records/leave-out.ts';
import { PLACE_NUMBERS, RecordBatchBuilder, type RecordBatch } from '../records/record-batch.ts';
import type { Replacement } from './redact-batch.ts';

export interface TracePart {
  readonly headers: TraceHeader[];
  /** Places in the batch. */
  readonly records: number[];
}

export function groupByTrace({ records }: RecordBatch): ReadonlyMap<string, TracePart> {
  const parts = new Map<string, TracePart>();
  records.forEach((record, place) => {
    const id = traceIdOf(record);
    let part = parts.get(id);
    if (part === undefined) parts.set(id, (part = { headers: [], records: [] }));
    part.records.push(place);
    if (record.kind === 'trace') part.headers.push(record.header);
  });
  return parts;
}

/** The records at these places, each as it came or as it was replaced; undefined for none. */
export function takeRecords(
  batch: RecordBatch,
  wanted: readonly number[],
  replaced: ReadonlyMap<number, Replacement>,
): RecordBatch | undefined {
  if (wanted.length === 0) return undefined;
  if (wanted.length === batch.records.length && replaced.size === 0) return batch;
  const { at, via, origin, format } = batch.context;
  const share = Math.ceil((batch.lines.length * wanted.length) / batch.records.length);
  const builder = new RecordBatchBuilder({ at, via, origin, format }, share + 1024);
  for (const place of wanted) {
    const other = replaced.get(place);
    if (other !== undefined) {
      builder.addText(other.record, other.text);
      continue;
    }
    const record = batch.records[place];
    if (record === undefined) throw new RangeError('a batch has no such record');
    const start = batch.places[place * PLACE_NUMBERS] ?? 0;
    builder.add(record, batch.lines, start, start + (batch.places[place * PLACE_NUMBERS + 1] ?? 0));
  }
  return builder.take();
}
