/** Where every span of a trace is drawn, in order of time: its row, its bar, and what stands before it. */
import { at } from '../model/assert.ts';
import type { SpanTree } from '../analysis/span-tree.ts';
import { SpanFlag } from '../model/span-row.ts';
import type { SpanTable } from '../model/span-table.ts';
import type { BarLayout } from './bar-layout.ts';
import { layoutLanes } from './lanes.ts';
import { countBefore, sortRows } from './sort-rows.ts';
import { computeSpanTimes, type SpanTimes } from './span-times.ts';

/** A bar is the span of its number. */
export function layoutSpans(table: SpanTable, tree: SpanTree): SpanTimes & BarLayout {
  const order = tree.preorder;
  const times = computeSpanTimes(table, tree.parent, order);
  const { row, rows } = layoutLanes(tree, times, order);
  const { rowBegin, rowSpans } = sortRows(row, rows, order, times);
  const { flags } = table.columns;
  const errorsBefore = countBefore(rowSpans, (span) => ((at(flags, span) & SpanFlag.error) !== 0 ? 1 : 0));
  return { count: order.length, ...times, row, rows, rowBegin, rowSpans, errorsBefore };
}
