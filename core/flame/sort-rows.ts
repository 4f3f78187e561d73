/** Gathers the bars of each row in order of time, and counts along them. */
import { at } from '../model/assert.ts';
import { sortRowsBy } from '../model/sort-rows-by.ts';
import type { BarTimes } from './bar-layout.ts';

/** Gathers the rows' bars in order of time. */
export function sortRows(
  row: Uint32Array,
  rows: number,
  order: Uint32Array,
  times: BarTimes,
): { rowBegin: Uint32Array; rowSpans: Uint32Array } {
  const rowBegin = new Uint32Array(rows + 1);
  for (const span of order) rowBegin[at(row, span) + 1] = at(rowBegin, at(row, span) + 1) + 1;
  for (let i = 0; i < rows; i++) rowBegin[i + 1] = at(rowBegin, i + 1) + at(rowBegin, i);
  const next = rowBegin.slice();
  const rowSpans = new Uint32Array(order.length);
  for (const span of order) {
    const place = at(next, at(row, span));
    rowSpans[place] = span;
    next[at(row, span)] = place + 1;
  }
  for (let i = 0; i < rows; i++) sortByTime(rowSpans.subarray(at(rowBegin, i), at(rowBegin, i + 1)), times);
  return { rowBegin, rowSpans };
}

/**
 * Blocks are packed in order of time, so nearly every row is sorted already and only looked at. An instant stands
 * before what begins with it: the search for what is visible goes by ends, which must not go back.
 */
function sortByTime(spans: Uint32Array, { start, end }: BarTimes): void {
  const follows = (a: number, b: number): boolean =>
    at(start, a) > at(start, b) || (at(start, a) === at(start, b) && at(end, a) > at(end, b));
  for (let i = 1; i < spans.length; i++) {
    if (follows(at(spans, i - 1), at(spans, i))) {
      sortRowsBy(spans, start, (a, b) => (follows(a, b) ? 1 : follows(b, a) ? -1 : 0));
      return;
    }
  }
}

/** Running sums along the rows: what stands before each place, and one more at the end. */
export function countBefore(rowSpans: Uint32Array, count: (span: number) => number): Uint32Array {
  const before = new Uint32Array(rowSpans.length + 1);
  for (let i = 0; i < rowSpans.length; i++) before[i + 1] = at(before, i) + count(at(rowSpans, i));
  return before;
}
