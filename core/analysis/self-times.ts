/**
 * Where the time went: what a span did itself, not through its children. Children may overlap each other and
 * outlast their parent, so they count as the union of what they cover of it:
 *
 *   parent    ██████████████████████
 *   child       ▓▓▓▓▓▓▓
 *   child           ▓▓▓▓▓▓
 *   child                      ▓▓▓▓▓▓▓▓
 *   self      ██         ██████
 */
import { at } from '../model/assert.ts';
import type { SpanTable } from '../model/span-table.ts';
import type { DurationUs, EpochUs } from '../model/time.ts';
import { computeSpanExtents, readSpanExtent } from './span-extents.ts';
import type { SpanTree } from './span-tree.ts';

/**
 * Microseconds by row, NaN where the duration is unknown: the duration minus the union of the direct children,
 * clipped to the span. An open span ends at `openEndUs`. Linear in the spans.
 */
export function computeSelfTimes(table: SpanTable, tree: SpanTree, openEndUs: EpochUs): Float64Array {
  const { start, end } = computeSpanExtents(table, openEndUs);
  const self = new Float64Array(table.length);
  for (let row = 0; row < table.length; row++) {
    let covered = 0;
    // Up to here children were counted: siblings stand by start, so one pass makes the union.
    let reached = at(start, row);
    const until = at(end, row);
    for (let child = at(tree.firstChild, row); child >= 0; child = at(tree.nextSibling, child)) {
      const to = Math.min(until, at(end, child));
      const from = Math.max(reached, at(start, child));
      if (!(to > from)) continue;
      covered += to - from;
      reached = to;
    }
    self[row] = until - at(start, row) - covered;
  }
  return self;
}

/** The same for one row, without going through all of them. */
export function computeSelfTime(
  table: SpanTable,
  tree: SpanTree,
  openEndUs: EpochUs,
  row: number,
): DurationUs {
  const whole = readSpanExtent(table, openEndUs, row);
  let covered = 0;
  let reached = whole.start;
  for (let child = at(tree.firstChild, row); child >= 0; child = at(tree.nextSibling, child)) {
    const { start, end } = readSpanExtent(table, openEndUs, child);
    const to = Math.min(whole.end, end);
    const from = Math.max(reached, start);
    if (!(to > from)) continue;
    covered += to - from;
    reached = to;
  }
  return whole.end - whole.start - covered;
}
