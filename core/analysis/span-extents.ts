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
  const { startUs, endUs, flags } = table.columns;
  const start = new Float64Array(table.length).fill(Number.NaN);
  const end = new Float64Array(table.length).fill(Number.NaN);
  for (let row = 0; row < table.length; row++) {
    const from = at(startUs, row);
    const until = (at(flags, row) & SpanFlag.ended) === 0 ? openEndUs : at(endUs, row);
    if (!Number.isFinite(from) || !Number.isFinite(until)) continue;
    start[row] = from;
    end[row] = Math.max(from, until);
  }
  return { start, end };
}
