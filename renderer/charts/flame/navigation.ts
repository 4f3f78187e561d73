/** Where the keys lead: along the tree, and from one error, generation or handoff to the next. */
import { assertNever, at } from '../../../core/model/assert.ts';
import { KIND_CODE } from '../../../core/model/span-kind.ts';
import { SpanFlag } from '../../../core/model/span-row.ts';
import type { FlameModel } from './model.ts';
import { spanOfBar, type FlamePicture } from './picture.ts';

export type Direction = 'parent' | 'child' | 'previous' | 'next';
export type Landmark = 'error' | 'generation' | 'handoff';

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

/** The same among merged bars, told by the first span of each. */
export function moveAmongMerged(picture: FlamePicture, span: number, direction: Direction): number {
  const { merged } = picture;
  const bar = merged?.barOf[span];
  if (merged === undefined || bar === undefined) return picture.count > 0 ? spanOfBar(picture, 0) : -1;
  switch (direction) {
    case 'parent':
      return spanOfBar(picture, Math.max(at(merged.parentOf, bar), -1)) < 0
        ? span
        : spanOfBar(picture, at(merged.parentOf, bar));
    case 'child': {
      // The widest child stands left, at the edge of its parent.
      const child = findBar(
        picture,
        (other) => merged.parentOf[other] === bar && picture.start[other] === picture.start[bar],
      );
      return child < 0 ? span : spanOfBar(picture, child);
    }
    case 'previous':
      return spanOfBar(picture, rowNeighbour(picture, bar, -1));
    case 'next':
      return spanOfBar(picture, rowNeighbour(picture, bar, 1));
    default:
      return assertNever(direction);
  }
}

function findBar(picture: FlamePicture, wanted: (bar: number) => boolean): number {
  for (let bar = 0; bar < picture.count; bar++) if (wanted(bar)) return bar;
  return -1;
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

function rowNeighbour(
  { row, rowSpans, rowBegin }: Pick<FlameModel, 'row' | 'rowSpans' | 'rowBegin'>,
  bar: number,
  step: -1 | 1,
): number {
  const bars = rowSpans.subarray(at(rowBegin, at(row, bar)), at(rowBegin, at(row, bar) + 1));
  return bars[bars.indexOf(bar) + step] ?? bar;
}

/** The next landmark in the order of the table, around the end to the first; -1: there is none. */
export function findNext(model: FlameModel, span: number, landmark: Landmark): number {
  const { kind, flags } = model.table.columns;
  switch (landmark) {
    case 'error':
      return findNextWhere(model, span, (row) => (at(flags, row) & SpanFlag.error) !== 0);
    case 'generation':
      return findNextWhere(
        model,
        span,
        (row) => kind[row] === KIND_CODE.generation || kind[row] === KIND_CODE.response,
      );
    case 'handoff':
      return findNextWhere(model, span, (row) => kind[row] === KIND_CODE.handoff);
    default:
      return assertNever(landmark);
  }
}

/** The next span that is wanted, after or before one; around the end; -1: there is none. */
export function findNextWhere(
  model: Pick<FlameModel, 'order' | 'count'>,
  span: number,
  wanted: (span: number) => boolean,
  step: -1 | 1 = 1,
): number {
  const { order, count } = model;
  const known = order.indexOf(span);
  const from = known < 0 && step < 0 ? 0 : known;
  for (let i = 1; i <= count; i++) {
    const next = at(order, (((from + i * step) % count) + count) % count);
    if (wanted(next)) return next;
  }
  return -1;
}
