/**
 * All that the flame graph draws from, as typed arrays: about 40 bytes a span and no object a span.
 * Built once a trace, and again when spans arrive.
 */
import type { SpanTree } from '../../../core/analysis/span-tree.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import type { BarLayout } from '../../../core/flame/bar-layout.ts';
import { layoutSpans } from '../../../core/flame/layout-spans.ts';
import type { SpanTimes } from '../../../core/flame/span-times.ts';

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
  return { table, tree, order: tree.preorder, ...layoutSpans(table, tree) };
}
