/** A batch without the records of some traces: of those that were deleted and are to stay away. */
import { RecordBatchBuilder, PLACE_NUMBERS, type KeptRecord, type RecordBatch } from './record-batch.ts';

export interface Remaining {
  /** Undefined where nothing remains. */
  readonly batch: RecordBatch | undefined;
  readonly leftOut: number;
}

export function leaveOut(batch: RecordBatch, isOut: (traceId: string) => boolean): Remaining {
  const out = batch.records.map((record) => isOut(traceIdOf(record)));
  const leftOut = out.reduce((sum, each) => sum + (each ? 1 : 0), 0);
  if (leftOut === 0) return { batch, leftOut };
  if (leftOut === out.length) return { batch: undefined, leftOut };
  const { at, via, origin, format } = batch.context;
  const builder = new RecordBatchBuilder({ at, via, origin, format }, batch.lines.length);
  batch.records.forEach((record, i) => {
    if (out[i] === true) return;
    const start = batch.places[i * PLACE_NUMBERS] ?? 0;
    builder.add(record, batch.lines, start, start + (batch.places[i * PLACE_NUMBERS + 1] ?? 0));
  });
  return { batch: builder.take(), leftOut };
}

/** The traces of a batch, each once. */
export function traceIdsOf({ records }: RecordBatch): readonly string[] {
  return [...new Set(records.map(traceIdOf))];
}

export function traceIdOf(record: KeptRecord): string {
  return record.kind === 'trace' ? record.traceId : record.row.traceId;
}
