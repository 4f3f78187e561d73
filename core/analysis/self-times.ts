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
import type { EpochUs } from '../model/time.ts';
import { computeSpanExtents } from './span-extents.ts';
import type { SpanTree } from './span-tree.ts';

/**
 * Microseconds by row, NaN where the duration is unknown: the duration minus the union of the direct children,
 * clipped to the span. An open span ends at `openEndUs`. Linear in the spans.
 */
export function computeSelfTimes(table: SpanTable, tree: SpanTree, openEndUs: EpochUs): Float64Array {
  const { start, end } = computeSpanExtents(table, openEndUs);
  const self = new Float64Array(table.length);
  for (let row = 0; row < table.length; row++) {
    const until = at(end, row);
    let covered = 0;
    // Up to here children were counted: siblings stand by start, so one pass makes the union.
    let reached = at(start, row);
    for (let child = at(tree.firstChild, row); child >= 0; child = at(tree.nextSibling, child)) {
      const from = Math.max(reached, at(start, child));
      const to = Math.min(until, at(end, child));
      if (!(to > from)) continue;
      covered += to - from;
      reached = to;
    }
    self[row] = until - at(start, row) - covered;
  }
  return self;
}
