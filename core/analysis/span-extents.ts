/** From when to when each span ran, for every analysis alike: what the client did not say stays unknown. */
import { at } from '../model/assert.ts';
import { SpanFlag } from '../model/span-row.ts';
import type { SpanTable } from '../model/span-table.ts';
import type { EpochUs } from '../model/time.ts';

/** By row; both NaN where the start or, of an ended span, the end is unknown. The end is never before the start. */
export interface SpanExtents {
  readonly start: Float64Array;
  readonly end: Float64Array;
}

/** An open span ends at `openEndUs`; one that says it ended before it began has no length. */
export function computeSpanExtents(table: SpanTable, openEndUs: EpochUs): SpanExtents {
  const start = new Float64Array(table.length);
  const end = new Float64Array(table.length);
  for (let row = 0; row < table.length; row++) {
    const extent = readSpanExtent(table, openEndUs, row);
    start[row] = extent.start;
    end[row] = extent.end;
  }
  return { start, end };
}

const UNKNOWN = { start: Number.NaN, end: Number.NaN };

/** The extent of one row. */
export function readSpanExtent(
  { columns: { startUs, endUs, flags } }: SpanTable,
  openEndUs: EpochUs,
  row: number,
): { readonly start: EpochUs; readonly end: EpochUs } {
  const from = at(startUs, row);
  const until = (at(flags, row) & SpanFlag.ended) === 0 ? openEndUs : at(endUs, row);
  if (!Number.isFinite(from) || !Number.isFinite(until)) return UNKNOWN;
  return { start: from, end: Math.max(from, until) };
}
