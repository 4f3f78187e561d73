/** Whose work a span is: the nearest agent span at or above it. */
import { at } from '../model/assert.ts';
import { KIND_CODE } from '../model/span-kind.ts';
import type { SpanTable } from '../model/span-table.ts';
import type { SpanTree } from './span-tree.ts';

/** By row: the row of that agent span, -1 where there is none. */
export function findNearestAgents({ columns }: SpanTable, tree: SpanTree): Int32Array {
  const nearest = new Int32Array(tree.preorder.length);
  for (const row of tree.preorder) {
    const above = at(tree.parent, row);
    if (columns.kind[row] === KIND_CODE.agent) nearest[row] = row;
    else nearest[row] = above < 0 ? -1 : at(nearest, above);
  }
  return nearest;
}

/** The same for one row, without going through all of them. */
export function findNearestAgent({ columns }: SpanTable, tree: SpanTree, row: number): number {
  let nearest = row;
  while (nearest >= 0 && columns.kind[nearest] !== KIND_CODE.agent) nearest = at(tree.parent, nearest);
  return nearest;
}
