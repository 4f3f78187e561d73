/** Where the arrow keys lead: up to the parent, down to the first child, left and right along the row. */
import { assertNever, at } from '../../../core/model/assert.ts';
import { SpanFlag } from '../../../core/model/span-row.ts';
import type { FlameModel } from './model.ts';

export type Direction = 'parent' | 'child' | 'previous' | 'next';

/** The span in that direction, or the same one where there is none. Without a selection: the first top. */
export function moveSelection(model: FlameModel, span: number, direction: Direction): number {
  if (span < 0 || span >= model.count) return model.count > 0 ? at(model.order, 0) : -1;
  switch (direction) {
    case 'parent': {
      const parent = at(model.tree.parent, span);
      return parent < 0 ? span : parent;
    }
    case 'child': {
      const child = at(model.tree.firstChild, span);
      return child < 0 ? span : child;
    }
    case 'previous':
      return findSibling(model, span, -1);
    case 'next':
      return findSibling(model, span, 1);
    default:
      return assertNever(direction);
  }
}

/** The sibling that starts before or after; past the last of them, the neighbour in the drawn row. */
function findSibling(model: FlameModel, span: number, step: -1 | 1): number {
  const siblings = siblingsOf(model, span);
  const sibling = siblings[siblings.indexOf(span) + step];
  return sibling ?? rowNeighbour(model, span, step);
}

function siblingsOf(model: FlameModel, span: number): readonly number[] {
  const { tree } = model;
  const parent = at(tree.parent, span);
  if (parent < 0) return tree.tops;
  const siblings: number[] = [];
  for (let child = at(tree.firstChild, parent); child >= 0; child = at(tree.nextSibling, child)) {
    siblings.push(child);
  }
  return siblings;
}

function rowNeighbour(model: FlameModel, span: number, step: -1 | 1): number {
  const row = at(model.row, span);
  const spans = model.rowSpans.subarray(at(model.rowBegin, row), at(model.rowBegin, row + 1));
  return spans[spans.indexOf(span) + step] ?? span;
}

/** The next span with an error in the order of the table, around the end to the first; -1: there is none. */
export function findNextError(model: FlameModel, span: number): number {
  const { flags } = model.table.columns;
  const from = model.order.indexOf(span);
  for (let i = 1; i <= model.count; i++) {
    const next = at(model.order, (from + i + model.count) % model.count);
    if ((at(flags, next) & SpanFlag.error) !== 0) return next;
  }
  return -1;
}
