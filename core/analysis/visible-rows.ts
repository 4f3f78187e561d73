/**
 * The rows of a tree as a person folded and thinned it. A hidden span lends its place to its children; a
 * folded one keeps them all away:
 *
 *   Triage                Triage
 *     Turn 1  (hidden)      gpt-5
 *       gpt-5               lookup  (folded)
 *       lookup
 *         POST
 *
 * Typed arrays throughout: a million spans are folded anew while the key is still down.
 */
import { at } from '../model/assert.ts';
import type { SpanTree } from './span-tree.ts';

export interface VisibleRows {
  /** Rows of the table, from top to bottom. */
  readonly rows: Uint32Array;
  /** By row of the table: its place in `rows`, -1 where it is not among them. */
  readonly place: Int32Array;
  /** By row of the table: 1 for tops, counted over what is shown; 0 where the row is hidden. */
  readonly level: Int32Array;
  /** By row of the table: the nearest ancestor that is not hidden, -1 for none. */
  readonly parent: Int32Array;
  /** By row of the table: 1 where something stands below it that is not hidden, folded or not. */
  readonly hasChildren: Uint8Array;
}

/** `hidden` and `folded` are 1 by row of the table. A hidden span is never folded. Linear in the spans. */
export function computeVisibleRows(tree: SpanTree, hidden: Uint8Array, folded: Uint8Array): VisibleRows {
  const count = tree.preorder.length;
  const place = new Int32Array(count).fill(-1);
  const level = new Int32Array(count);
  const parent = new Int32Array(count);
  const hasChildren = new Uint8Array(count);
  /** 1 where the row or something above it is folded, so that what stands below is away. */
  const closed = new Uint8Array(count);
  const rows = new Uint32Array(count);
  let shown = 0;
  for (const row of tree.preorder) {
    const above = at(tree.parent, row);
    const from = above < 0 || hidden[above] === 0 ? above : at(parent, above);
    parent[row] = from;
    const isAway = from >= 0 && closed[from] === 1;
    if (hidden[row] === 1) continue;
    level[row] = from < 0 ? 1 : at(level, from) + 1;
    if (from >= 0) hasChildren[from] = 1;
    closed[row] = isAway || folded[row] === 1 ? 1 : 0;
    if (isAway) continue;
    place[row] = shown;
    rows[shown++] = row;
  }
  return { rows: rows.slice(0, shown), place, level, parent, hasChildren };
}
