/**
 * All that the flame graph draws from, as typed arrays: about 40 bytes a span and no object a span.
 * Built once a trace, and again when spans arrive.
 */
import { at } from '../../../core/model/assert.ts';
import type { SpanTree } from '../../../core/analysis/span-tree.ts';
import { SpanFlag } from '../../../core/model/span-row.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import { layoutLanes } from './lanes.ts';
import { computeSpanTimes, type SpanTimes } from './span-times.ts';

export interface FlameModel extends SpanTimes {
  readonly table: SpanTable;
  readonly tree: SpanTree;
  readonly count: number;
  /** Every span, parents before their children, siblings by start: the order of the table twin. */
  readonly order: Uint32Array;
  readonly row: Uint32Array;
  readonly rows: number;
  /** Where each row begins in `rowSpans`; one more at the end. */
  readonly rowBegin: Uint32Array;
  /** Spans row by row, each row by start; spans of one row never overlap. */
  readonly rowSpans: Uint32Array;
  /** How many errors stand before each place of `rowSpans`, so that merged spans never hide one. */
  readonly errorsBefore: Uint32Array;
}

export function buildFlameModel(table: SpanTable, tree: SpanTree): FlameModel {
  const order = tree.preorder;
  const times = computeSpanTimes(table, tree.parent, order);
  const { row, rows } = layoutLanes(tree, times, order);
  const { rowBegin, rowSpans } = sortRows(row, rows, order, times.start);
  const errorsBefore = countErrors(table, rowSpans);
  const count = order.length;
  return { table, tree, count, order, ...times, row, rows, rowBegin, rowSpans, errorsBefore };
}

function sortRows(
  row: Uint32Array,
  rows: number,
  order: Uint32Array,
  start: Float64Array,
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
  for (let i = 0; i < rows; i++) sortByStart(rowSpans.subarray(at(rowBegin, i), at(rowBegin, i + 1)), start);
  return { rowBegin, rowSpans };
}

/** Blocks are packed in order of time, so nearly every row is sorted already and only looked at. */
function sortByStart(spans: Uint32Array, start: Float64Array): void {
  for (let i = 1; i < spans.length; i++) {
    if (at(start, at(spans, i - 1)) > at(start, at(spans, i))) {
      spans.sort((a, b) => at(start, a) - at(start, b));
      return;
    }
  }
}

function countErrors(table: SpanTable, rowSpans: Uint32Array): Uint32Array {
  const { flags } = table.columns;
  const errorsBefore = new Uint32Array(rowSpans.length + 1);
  for (let i = 0; i < rowSpans.length; i++) {
    const error = (at(flags, at(rowSpans, i)) & SpanFlag.error) !== 0 ? 1 : 0;
    errorsBefore[i + 1] = at(errorsBefore, i) + error;
  }
  return errorsBefore;
}
