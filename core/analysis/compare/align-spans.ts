/**
 * Two traces laid side by side as one tree. Among the children of two spans that belong together, those of the same
 * kind, agent and name do, in order (a longest common subsequence); what changed its place among them is paired by
 * its ordinal, and what is left stands alone.
 *
 *   A  triage → lookup, refund            one tree  triage
 *   B  triage → lookup, search, refund              ├ lookup   A B
 *                                                   ├ search   – B
 *                                                   └ refund   A B
 */
import { at } from '../../model/assert.ts';
import { KIND_CODE } from '../../model/span-kind.ts';
import type { SpanTable } from '../../model/span-table.ts';
import { alignLists, type Pair } from '../align-lists.ts';
import type { SpanTree } from '../span-tree.ts';

/** One of the two traces. */
export interface ComparedSpans {
  readonly table: SpanTable;
  readonly tree: SpanTree;
  /** By row: 1 where the span is passed over, and its children stand in its place. */
  readonly hidden: Uint8Array;
}

/** Line by line, parents before children. */
export interface AlignedSpans {
  /** Rows of the two traces; -1 where the span is only in the other. */
  readonly rowA: Int32Array;
  readonly rowB: Int32Array;
  /** 1 for tops. */
  readonly level: Uint16Array;
  /** Line of the parent, -1 for tops. */
  readonly parent: Int32Array;
}

const NONE = -1;
const MOST_LEVELS = 0xffff;

export function alignSpans(a: ComparedSpans, b: ComparedSpans): AlignedSpans {
  const keys = new SpanKeys();
  const most = a.table.length + b.table.length;
  const rowA = new Int32Array(most);
  const rowB = new Int32Array(most);
  const level = new Uint16Array(most);
  const parent = new Int32Array(most);
  let lines = 0;
  // What waits, the next one last: a chain of any length must not recurse.
  const waiting: (readonly [Pair, parentLine: number])[] = [];
  const wait = (rowsA: readonly number[], rowsB: readonly number[], line: number): void => {
    const pairs = pairSiblings(keys.ofAll(a.table, rowsA), keys.ofAll(b.table, rowsB));
    for (const [i, j] of pairs.toReversed()) {
      waiting.push([[i < 0 ? NONE : at(rowsA, i), j < 0 ? NONE : at(rowsB, j)], line]);
    }
  };
  wait(shownOf(a, a.tree.tops), shownOf(b, b.tree.tops), NONE);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [[inA, inB], above] = next;
    const line = lines++;
    rowA[line] = inA;
    rowB[line] = inB;
    parent[line] = above;
    level[line] = above === NONE ? 1 : Math.min(at(level, above) + 1, MOST_LEVELS);
    wait(childrenOf(a, inA), childrenOf(b, inB), line);
  }
  return {
    rowA: rowA.slice(0, lines),
    rowB: rowB.slice(0, lines),
    level: level.slice(0, lines),
    parent: parent.slice(0, lines),
  };
}

/** Places in the two lists that belong together; -1 where one side has nothing. Each place comes once. */
export function pairSiblings(a: readonly number[], b: readonly number[]): readonly Pair[] {
  const pairs = alignLists(a, b);
  const leftInA = new Map<number, number[]>();
  for (const [i, j] of pairs) {
    if (j < 0) leftInA.set(at(a, i), [...(leftInA.get(at(a, i)) ?? []), i]);
  }
  if (leftInA.size === 0) return pairs;
  const moved = new Set<number>();
  const joined = pairs.map(([i, j]): Pair => {
    const found = i < 0 ? leftInA.get(at(b, j))?.shift() : undefined;
    if (found === undefined) return [i, j];
    moved.add(found);
    return [found, j];
  });
  return joined.filter(([i, j]) => j >= 0 || !moved.has(i));
}

function childrenOf(side: ComparedSpans, row: number): readonly number[] {
  if (row === NONE) return [];
  return shownOf(side, listChildren(side.tree, row));
}

function listChildren({ firstChild, nextSibling }: SpanTree, row: number): readonly number[] {
  const rows: number[] = [];
  for (let child = at(firstChild, row); child !== NONE; child = at(nextSibling, child)) rows.push(child);
  return rows;
}

/** With what stands below in place of those that are passed over, in the same order. */
function shownOf({ tree, hidden }: ComparedSpans, rows: readonly number[]): readonly number[] {
  if (!rows.some((row) => hidden[row] === 1)) return rows;
  const shown: number[] = [];
  const waiting = rows.toReversed();
  for (let row = waiting.pop(); row !== undefined; row = waiting.pop()) {
    if (hidden[row] === 1) waiting.push(...listChildren(tree, row).toReversed());
    else shown.push(row);
  }
  return shown;
}

/** Kind, agent and name as one number, the same for both traces. */
class SpanKeys {
  readonly #numbers = new Map<string, number>();

  ofAll(table: SpanTable, rows: readonly number[]): readonly number[] {
    return rows.map((row) => this.#of(table, row));
  }

  #of(table: SpanTable, row: number): number {
    const kind = at(table.columns.kind, row);
    // A call of a model is called after its model, which may be what was changed.
    const isCall = kind === KIND_CODE.generation || kind === KIND_CODE.response;
    const name = isCall ? (table.strings.at(at(table.columns.name, row)) ?? '') : table.name(row);
    const key = `${kind} ${table.text('agent', row) ?? ''}\n${name}`;
    const known = this.#numbers.get(key) ?? this.#numbers.size;
    this.#numbers.set(key, known);
    return known;
  }
}
