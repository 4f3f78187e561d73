/**
 * The tree of a trace's folded spans as typed arrays: a million spans link in a fraction of a second and
 * nothing recurses. Orphans, several roots and cycles are normal: each is a top of its own.
 */
import { at } from '../model/assert.ts';
import { sortRowsBy } from '../model/sort-rows-by.ts';
import { SpanIdIndex } from '../model/span-id-index.ts';
import type { SpanTable } from '../model/span-table.ts';
import { compareStarts, startOf } from './start-order.ts';

export interface SpanTree {
  /** Row of the parent, -1 for tops. */
  readonly parent: Int32Array;
  /** Rows of the first child and of the next sibling by start time, -1 for none. */
  readonly firstChild: Int32Array;
  readonly nextSibling: Int32Array;
  /** 1 for tops. */
  readonly depth: Int32Array;
  /** Roots, orphans and the earliest span of each cycle, by start time. */
  readonly tops: readonly number[];
  /** Every row, parents before children, siblings by start time. */
  readonly preorder: Uint32Array;
  /** Number of spans without a parent id. */
  readonly roots: number;
  /** Number of spans whose parent is not in the table. */
  readonly orphans: number;
  /** Number of cycles that were cut. */
  readonly cycles: number;
  /** The longest chain; 0 for no spans. */
  readonly maxDepth: number;
}

const NONE = -1;

/** Links the spans of one trace (`foldSpans`); `index` is of them all, where one is there already. */
export function linkSpans(spans: SpanTable, index = SpanIdIndex.of(spans)): SpanTree {
  const { parent, roots, orphans } = findParents(spans, index);
  const cycles = cutCycles(spans, parent);
  const byStart = sortByStart(spans);
  const firstChild = new Int32Array(spans.length).fill(NONE);
  const nextSibling = new Int32Array(spans.length).fill(NONE);
  const tops: number[] = [];
  // Backwards, because each child is put in front of those that start after it.
  for (let i = byStart.length - 1; i >= 0; i--) {
    const row = at(byStart, i);
    const above = at(parent, row);
    if (above === NONE) {
      tops.push(row);
    } else {
      nextSibling[row] = at(firstChild, above);
      firstChild[above] = row;
    }
  }
  tops.reverse();
  return {
    parent,
    firstChild,
    nextSibling,
    tops,
    roots,
    orphans,
    cycles,
    ...walk(tops, parent, firstChild, nextSibling),
  };
}

function findParents(spans: SpanTable, index: SpanIdIndex): Pick<SpanTree, 'parent' | 'roots' | 'orphans'> {
  const c = spans.columns;
  const parent = new Int32Array(spans.length);
  let roots = 0;
  let orphans = 0;
  for (let row = 0; row < spans.length; row++) {
    const found = index.find(
      at(c.parentForm, row),
      at(c.parentA, row),
      at(c.parentB, row),
      at(c.parentC, row),
    );
    parent[row] = found;
    if (c.parentForm[row] === 0) roots++;
    else if (found === NONE) orphans++;
  }
  return { parent, roots, orphans };
}

/** Cuts each cycle at its earliest span (then the smallest id), so that the result never depends on order. */
function cutCycles(spans: SpanTable, parent: Int32Array): number {
  // 0: not seen, otherwise the number of the walk that saw the row.
  const seen = new Uint32Array(spans.length);
  let cycles = 0;
  for (let start = 0; start < spans.length; start++) {
    let row = start;
    while (row !== NONE && seen[row] === 0) {
      seen[row] = start + 1;
      row = at(parent, row);
    }
    if (row === NONE || seen[row] !== start + 1) continue;
    cycles++;
    let earliest = row;
    for (let other = at(parent, row); other !== row; other = at(parent, other)) {
      if (compareStarts(spans, other, earliest) < 0) earliest = other;
    }
    parent[earliest] = NONE;
  }
  return cycles;
}

function sortByStart(spans: SpanTable): Uint32Array {
  const rows = new Uint32Array(spans.length);
  const starts = new Float64Array(spans.length);
  let sorted = true;
  for (let row = 0; row < rows.length; row++) {
    rows[row] = row;
    starts[row] = startOf(spans, row);
    if (sorted && row > 0 && compareStarts(spans, row - 1, row) > 0) sorted = false;
  }
  if (!sorted) sortRowsBy(rows, starts, (a, b) => compareStarts(spans, a, b));
  return rows;
}

function walk(
  tops: readonly number[],
  parent: Int32Array,
  firstChild: Int32Array,
  nextSibling: Int32Array,
): Pick<SpanTree, 'depth' | 'preorder' | 'maxDepth'> {
  const depth = new Int32Array(parent.length);
  const preorder = new Uint32Array(parent.length);
  let maxDepth = 0;
  let count = 0;
  for (const top of tops) {
    let row = top;
    while (row !== NONE) {
      const above = at(parent, row);
      const own = above === NONE ? 1 : at(depth, above) + 1;
      depth[row] = own;
      if (own > maxDepth) maxDepth = own;
      preorder[count++] = row;
      row = at(firstChild, row) !== NONE ? at(firstChild, row) : nextUp(row, top, parent, nextSibling);
    }
  }
  return { depth, preorder, maxDepth };
}

/** The next row behind a finished subtree: the nearest next sibling on the way up to `top`, or -1. */
function nextUp(from: number, top: number, parent: Int32Array, nextSibling: Int32Array): number {
  for (let row = from; row !== top; row = at(parent, row)) {
    const sibling = at(nextSibling, row);
    if (sibling !== NONE) return sibling;
  }
  return NONE;
}
