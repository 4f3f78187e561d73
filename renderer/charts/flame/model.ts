/**
 * All that the flame graph draws from, as typed arrays: about 40 bytes a span and no object a span.
 * Built once a trace, and again when spans arrive.
 */
import { at } from '../../../core/model/assert.ts';
import type { SpanTree } from '../../../core/analysis/span-tree.ts';
import { sortRowsBy } from '../../../core/model/sort-rows-by.ts';
import { SpanFlag } from '../../../core/model/span-row.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import type { BarLayout, BarTimes } from './bar-layout.ts';
import { layoutLanes } from './lanes.ts';
import { computeSpanTimes, type SpanTimes } from './span-times.ts';

export interface FlameModel extends SpanTimes, BarLayout {
  readonly table: SpanTable;
  readonly tree: SpanTree;
  /** Of spans: a bar is the span of its number. */
  readonly count: number;
  /** Every span, parents before their children, siblings by start: the order of the table twin. */
  readonly order: Uint32Array;
}

/** What follows from a table: what a worker sends back, to be joined with the same table. */
export type DerivedTrace = Omit<FlameModel, 'table' | 'order'>;

export function derivedOf(model: FlameModel): DerivedTrace {
  const { tree, originUs, count, start, end, row, rows, rowBegin, rowSpans, errorsBefore, lastKnown, open } =
    model;
  return { tree, originUs, count, start, end, row, rows, rowBegin, rowSpans, errorsBefore, lastKnown, open };
}

/** A model of a table and what was derived from its very rows. */
export function joinModel(table: SpanTable, derived: DerivedTrace): FlameModel {
  return { ...derived, table, order: derived.tree.preorder };
}

export function buildFlameModel(table: SpanTable, tree: SpanTree): FlameModel {
  const order = tree.preorder;
  const times = computeSpanTimes(table, tree.parent, order);
  const { row, rows } = layoutLanes(tree, times, order);
  const { rowBegin, rowSpans } = sortRows(row, rows, order, times);
  const { flags } = table.columns;
  const errorsBefore = countBefore(rowSpans, (span) => ((at(flags, span) & SpanFlag.error) !== 0 ? 1 : 0));
  const count = order.length;
  return { table, tree, count, order, ...times, row, rows, rowBegin, rowSpans, errorsBefore };
}

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
