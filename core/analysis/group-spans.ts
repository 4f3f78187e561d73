/** The spans that a row of the statistics stands for, and the tree thinned to them. */
import { at } from '../model/assert.ts';
import type { SpanTable } from '../model/span-table.ts';
import { findNearestAgents } from './nearest-agent.ts';
import { groupOf, type StatisticsBy } from './span-statistics.ts';
import type { SpanTree } from './span-tree.ts';

/** By row: 1 where a span belongs to a group; of an agent, all that it did itself. */
export function findGroupSpans(
  table: SpanTable,
  tree: SpanTree,
  { by, key }: { readonly by: StatisticsBy; readonly key: string },
): Uint8Array {
  const found = new Uint8Array(table.length);
  const nearest = by === 'agent' ? findNearestAgents(table, tree) : undefined;
  for (let row = 0; row < table.length; row++) {
    const whose = nearest === undefined ? row : at(nearest, row);
    if (whose >= 0 && groupOf(table, whose, by) === key) found[row] = 1;
  }
  return found;
}

/** By row: 1 where neither the span nor anything below it is wanted. */
export function hideOthers(tree: SpanTree, wanted: Uint8Array): Uint8Array {
  const hidden = wanted.map((mark) => 1 - mark);
  for (let i = tree.preorder.length - 1; i >= 0; i--) {
    const row = at(tree.preorder, i);
    const above = at(tree.parent, row);
    if (above >= 0 && hidden[row] === 0) hidden[above] = 0;
  }
  return hidden;
}
