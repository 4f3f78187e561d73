/**
 * A model of drawn rows, for the first picture of a trace: painted like any other. Its bars are those that are seen
 * at one zoom, so it answers no question about the spans: they have no ids, no parents, no tokens.
 */
import { barsOf, type DrawnRows } from '../../../core/flame/drawn-rows.ts';
import { StringTable } from '../../../core/model/string-table.ts';
import { makeColumns, SpanTable } from '../../../core/model/span-table.ts';
import type { FlameModel } from './model.ts';

export function buildSketchModel(drawn: DrawnRows): FlameModel {
  const bars = barsOf(drawn);
  const { count, rowSpans } = bars;
  const columns = makeColumns(Math.max(count, 1));
  columns.kind.set(drawn.kind);
  columns.flags.set(drawn.flags);
  columns.parentForm.set(drawn.orphan);
  for (let bar = 0; bar < count; bar++) {
    columns.name[bar] = (drawn.label[bar] ?? 0) + 1;
    columns.startUs[bar] = drawn.originUs + (drawn.start[bar] ?? 0);
    columns.endUs[bar] = drawn.originUs + (drawn.end[bar] ?? 0);
  }
  const strings = StringTable.from(['', ...drawn.labels]);
  const table = new SpanTable({ columns, length: count, strings, traces: [] });
  const none = new Int32Array(count).fill(-1);
  const tree = {
    ...{ parent: none, firstChild: none, nextSibling: none, depth: new Int32Array(count).fill(1) },
    ...{ tops: [...rowSpans], preorder: rowSpans, roots: 0, orphans: 0, cycles: 0, maxDepth: 1 },
  };
  return { ...bars, originUs: drawn.originUs, table, tree, order: rowSpans };
}
