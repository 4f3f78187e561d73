/** What a person folded in a trace. Rows keep their numbers while spans arrive, so what is folded stays so. */
import type { SpanTree } from '../../../core/analysis/span-tree.ts';
import { at } from '../../../core/model/assert.ts';
import type { KindCode } from '../../../core/model/span-kind.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';

export class TreeFolding {
  /** By row: 1 where it is folded. Rows behind its end are not. */
  #marks: Uint8Array = $state.raw(new Uint8Array(0));
  /** A table that was loaded anew counts its rows anew. */
  #table: SpanTable | undefined;

  /** The marks for a table of so many rows. */
  marks(table: SpanTable): Uint8Array {
    const marks = this.#marks;
    if (this.#table !== undefined && this.#table !== table) return new Uint8Array(table.length);
    if (marks.length >= table.length) return marks;
    const longer = new Uint8Array(table.length);
    longer.set(marks);
    return longer;
  }

  set(table: SpanTable, row: number, folded: boolean): void {
    this.#change(table, (marks) => {
      marks[row] = Number(folded);
    });
  }

  /** Folds or unfolds a row and all below it. */
  setBelow({ table, tree }: FoldedTrace, row: number, folded: boolean): void {
    this.#change(table, (marks) => {
      for (let each = row; each >= 0; each = nextBelow(tree, each, row)) marks[each] = Number(folded);
    });
  }

  /** Folds so that the first `levels` are seen, as the levels are shown. */
  foldToLevel(table: SpanTable, level: Int32Array, levels: number): void {
    this.#change(table, (marks) => {
      for (let row = 0; row < marks.length; row++) marks[row] = Number((level[row] ?? 0) >= levels);
    });
  }

  /** Folds every span of a kind, and no other. */
  foldKind(table: SpanTable, kind: KindCode): void {
    this.#change(table, (marks) => {
      for (let row = 0; row < marks.length; row++) marks[row] = Number(table.columns.kind[row] === kind);
    });
  }

  unfoldAll(table: SpanTable): void {
    this.#change(table, (marks) => marks.fill(0));
  }

  /** Unfolds all that stands above a row. */
  uncover({ table, tree }: FoldedTrace, row: number): void {
    const marks = this.marks(table);
    let covered = false;
    for (let above = at(tree.parent, row); above >= 0; above = at(tree.parent, above)) {
      if (marks[above] === 1) covered = true;
    }
    if (!covered) return;
    this.#change(table, (next) => {
      for (let above = at(tree.parent, row); above >= 0; above = at(tree.parent, above)) next[above] = 0;
    });
  }

  #change(table: SpanTable, change: (marks: Uint8Array) => void): void {
    const marks = this.marks(table).slice();
    change(marks);
    this.#table = table;
    this.#marks = marks;
  }
}

export interface FoldedTrace {
  readonly table: SpanTable;
  readonly tree: SpanTree;
}

/** The next row of a subtree in its order, -1 behind the last. */
function nextBelow(tree: SpanTree, from: number, top: number): number {
  const child = at(tree.firstChild, from);
  if (child >= 0) return child;
  for (let row = from; row !== top; row = at(tree.parent, row)) {
    const sibling = at(tree.nextSibling, row);
    if (sibling >= 0) return sibling;
  }
  return -1;
}
