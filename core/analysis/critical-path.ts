/**
 * What a trace had to wait for: the chain of spans of which none could be shorter without the whole ending
 * sooner. It is walked backwards. From the end of a span the child that ended last is followed; before it
 * began, the one that ended last before that; what lies between them is the span's own time.
 *
 *   agent       ██████████████████████████████
 *   guardrail     ▓▓▓▓▓▓
 *   generation    ▓▓▓▓▓▓▓▓▓▓▓▓
 *   lookup                     ▓▓▓▓▓▓
 *   path        AAGGGGGGGGGGGGALLLLLLAAAAAAAAAA
 *
 * A child may outlast its parent, as asynchronous work does. Then the parent is not what was waited for, and
 * what runs is followed, up to its own end:
 *
 *   request     ██████████
 *   job               ▓▓▓▓▓▓▓▓▓▓▓
 *   mail                               ▓▓▓▓
 *   path        RRRRRRJJJJJJJJJJJ......MMMM      . nothing ran: waiting
 *
 * The same holds for tops, which have no parent at all. A gap on the way in which some other span ran is the
 * time of the one that began first, so waiting is only where nothing of the trace ran.
 */
import { at } from '../model/assert.ts';
import type { SpanTable } from '../model/span-table.ts';
import type { EpochUs } from '../model/time.ts';
import { computeRunningSteps } from './running-steps.ts';
import { computeSpanExtents } from './span-extents.ts';
import type { SpanTree } from './span-tree.ts';

export { computePathShares, type PathShares } from './path-shares.ts';

export interface PathSegment {
  /** The span whose own time it is; -1: nothing ran. */
  readonly row: number;
  readonly startUs: EpochUs;
  readonly endUs: EpochUs;
}

export interface CriticalPath {
  /** In order of time, each beginning where the one before ends; none of no length. */
  readonly segments: readonly PathSegment[];
}

const NONE = -1;

type AddSegment = (row: number, startUs: EpochUs, endUs: EpochUs) => void;

/** An open span ends at `openEndUs`. Spans without a known time are looked through to their children. */
export function computeCriticalPath(table: SpanTable, tree: SpanTree, openEndUs: EpochUs): CriticalPath {
  const blocks = computeBlocks(table, tree, openEndUs);
  const segments: PathSegment[] = [];
  const add: AddSegment = (row, startUs, endUs) => {
    if (!(endUs > startUs)) return;
    const later = segments.at(-1);
    const joins = later?.row === row && later.startUs === endUs;
    if (joins) segments[segments.length - 1] = { row, startUs, endUs: later.endUs };
    else segments.push({ row, startUs, endUs });
  };
  const stack: Walk[] = [enterTops(tree, blocks)];
  for (let walk = stack.at(-1); walk !== undefined; walk = stack.at(-1)) {
    const below = stepBack(walk, tree, blocks, add);
    if (below === undefined) stack.pop();
    else stack.push(below);
  }
  return { segments: fillGaps(segments.reverse(), blocks) };
}

/** A span with all below it: from when to when, and until when the span itself ran. By row. */
interface Blocks {
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** The latest end of the span and of all below it. -Infinity: nothing known. */
  readonly reach: Float64Array;
}

function computeBlocks(table: SpanTable, tree: SpanTree, openEndUs: EpochUs): Blocks {
  const { start, end } = computeSpanExtents(table, openEndUs);
  const reach = new Float64Array(table.length).fill(Number.NEGATIVE_INFINITY);
  const earliest = new Float64Array(table.length).fill(Number.POSITIVE_INFINITY);
  // Backwards in preorder, so each child is settled before its parent.
  for (let i = tree.preorder.length - 1; i >= 0; i--) {
    const row = at(tree.preorder, i);
    if (Number.isNaN(at(start, row))) {
      // Without times of its own it is as long as what it holds, and did nothing itself.
      start[row] = at(earliest, row);
      end[row] = Number.NEGATIVE_INFINITY;
    }
    reach[row] = Math.max(at(reach, row), at(end, row));
    const parent = at(tree.parent, row);
    if (parent < 0) continue;
    reach[parent] = Math.max(at(reach, parent), at(reach, row));
    earliest[parent] = Math.min(at(earliest, parent), at(start, row));
  }
  return { start, end, reach };
}

/** The way back through one span, from `cursor` down to `from`. */
interface Walk {
  readonly row: number;
  readonly from: EpochUs;
  /** Until when the span itself ran; where nothing of it ran, what runs below is followed. */
  readonly ownEnd: EpochUs;
  cursor: EpochUs;
  /** The children, the one that ends last first; `next` is the place of the first that was not judged. */
  readonly children: readonly number[];
  next: number;
  /** What runs at the cursor counts, though it ends later: the walk was entered in the middle of the span. */
  isCut: boolean;
}

function enterTops(tree: SpanTree, blocks: Blocks): Walk {
  const children = sortByReach([...tree.tops], blocks);
  let from = Number.POSITIVE_INFINITY;
  for (const top of children) from = Math.min(from, at(blocks.start, top));
  const [last] = children;
  const cursor = last === undefined ? Number.NEGATIVE_INFINITY : at(blocks.reach, last);
  const ownEnd = Number.NEGATIVE_INFINITY;
  return { row: NONE, from, ownEnd, cursor, children, next: 0, isCut: false };
}

function enter(row: number, above: Walk, tree: SpanTree, blocks: Blocks): Walk {
  const children: number[] = [];
  for (let child = at(tree.firstChild, row); child >= 0; child = at(tree.nextSibling, child)) {
    children.push(child);
  }
  const reach = at(blocks.reach, row);
  const cursor = Math.min(reach, above.cursor);
  return {
    row,
    from: Math.max(above.from, at(blocks.start, row)),
    ownEnd: at(blocks.end, row),
    cursor,
    children: sortByReach(children, blocks),
    next: 0,
    isCut: cursor < reach,
  };
}

function sortByReach(rows: number[], { start, reach }: Blocks): readonly number[] {
  const known = rows.filter((row) => at(reach, row) > Number.NEGATIVE_INFINITY);
  return known.sort((a, b) => at(reach, b) - at(reach, a) || at(start, a) - at(start, b));
}

/** Steps back until a child is to be walked, and returns its walk; undefined where the span is done. */
function stepBack(walk: Walk, tree: SpanTree, blocks: Blocks, add: AddSegment): Walk | undefined {
  while (walk.cursor > walk.from) {
    const ran = walk.cursor <= walk.ownEnd;
    const wasCut = walk.isCut;
    walk.isCut = false;
    const child = ran && !wasCut ? takeEnded(walk, blocks) : takeRunning(walk, blocks);
    if (child >= 0) {
      if (ran) add(walk.row, Math.min(at(blocks.reach, child), walk.cursor), walk.cursor);
      const below = enter(child, walk, tree, blocks);
      walk.cursor = below.from;
      return below;
    }
    if (ran && wasCut) continue;
    if (ran) {
      add(walk.row, walk.from, walk.cursor);
      return undefined;
    }
    skipGap(walk, blocks, add);
  }
  return undefined;
}

/** Neither the span nor anything below it runs here: back to the latest end, of a child or of the span itself. */
function skipGap(walk: Walk, { reach }: Blocks, add: AddSegment): void {
  const child = walk.children[walk.next];
  const back = Math.max(walk.from, walk.ownEnd, child === undefined ? walk.from : at(reach, child));
  add(NONE, back, walk.cursor);
  walk.cursor = back;
}

function fillGaps(segments: readonly PathSegment[], { start, end }: Blocks): readonly PathSegment[] {
  if (segments.every(({ row }) => row !== NONE)) return segments;
  const steps = computeRunningSteps({ start, end });
  const filled: PathSegment[] = [];
  let next = 0;
  for (const segment of segments) {
    if (segment.row !== NONE) {
      filled.push(segment);
      continue;
    }
    let { startUs } = segment;
    const add = (row: number, endUs: EpochUs): void => {
      if (endUs > startUs) filled.push({ row, startUs, endUs });
      startUs = Math.max(startUs, endUs);
    };
    for (; next < steps.length; next++) {
      const step = at(steps, next);
      if (step.startUs >= segment.endUs) break;
      if (step.endUs <= startUs) continue;
      add(NONE, step.startUs);
      add(step.row, Math.min(step.endUs, segment.endUs));
      if (step.endUs > segment.endUs) break;
    }
    add(NONE, segment.endUs);
  }
  return filled;
}

/** The child that ended last at the cursor or before it, and after the span began. */
function takeEnded(walk: Walk, { reach }: Blocks): number {
  for (; walk.next < walk.children.length; walk.next++) {
    const child = at(walk.children, walk.next);
    if (at(reach, child) > walk.cursor) continue;
    if (at(reach, child) <= walk.from) break;
    walk.next++;
    return child;
  }
  return NONE;
}

/** Of the children that run up to the cursor the one that began first; all others that do are passed by. */
function takeRunning(walk: Walk, { start, reach }: Blocks): number {
  let first = NONE;
  for (; walk.next < walk.children.length; walk.next++) {
    const child = at(walk.children, walk.next);
    if (at(reach, child) < walk.cursor) break;
    if (at(start, child) < walk.cursor && (first < 0 || at(start, child) < at(start, first))) first = child;
  }
  return first;
}
