/**
 * The drawn times of spans, in microseconds after the trace's own beginning. What the client did not say
 * is filled in here and nowhere else: a span without a start begins with its parent, one that ended before
 * it began has no length, and an open one ends at Infinity until the painter asks what time it is.
 */
import { at } from '../model/assert.ts';
import { SpanFlag } from '../model/span-row.ts';
import type { SpanTable } from '../model/span-table.ts';
import type { DurationUs, EpochUs } from '../model/time.ts';

export interface SpanTimes {
  /** The client's clock at time 0: the earliest start, or 0 where no span says any. */
  readonly originUs: EpochUs;
  readonly start: Float64Array;
  /** Infinity: the span is open. */
  readonly end: Float64Array;
  /** The latest time that any span says. */
  readonly lastKnown: DurationUs;
  readonly open: number;
}

/** `order` holds every row, parents before their children; `parent` is -1 for a top span. */
export function computeSpanTimes(table: SpanTable, parent: Int32Array, order: Uint32Array): SpanTimes {
  const { startUs, endUs, flags } = table.columns;
  const originUs = earliestStart(startUs, table.length);
  const start = new Float64Array(table.length);
  const end = new Float64Array(table.length);
  let lastKnown = 0;
  let open = 0;
  for (const row of order) {
    const above = at(parent, row);
    const said = at(startUs, row) - originUs;
    const from = Number.isFinite(said) ? said : above >= 0 ? at(start, above) : 0;
    start[row] = from;
    const until = at(endUs, row) - originUs;
    lastKnown = Math.max(lastKnown, from, Number.isFinite(until) ? until : from);
    const ended = (at(flags, row) & SpanFlag.ended) !== 0;
    if (!ended) open++;
    end[row] = !ended ? Infinity : Number.isFinite(until) ? Math.max(from, until) : from;
  }
  return { originUs, start, end, lastKnown, open };
}

function earliestStart(startUs: Float64Array, length: number): EpochUs {
  let earliest = Infinity;
  for (let row = 0; row < length; row++) {
    const start = at(startUs, row);
    if (start < earliest) earliest = start;
  }
  return Number.isFinite(earliest) ? earliest : 0;
}
