/**
 * Which row every span is drawn in. Children stand below their parent; siblings that overlap in time, and
 * all that hangs below them, get rows of their own:
 *
 *   parent  ██████████████████
 *   row 1   ▓▓▓▓▓▓  ▒▒▒▒▒▒▒▒▒▒     ▓ and ▒ follow each other: one row
 *   row 2     ░░    ▒▒▒▒
 *   row 3       ▚▚▚▚▚▚▚            ▚ overlaps both: below all of them
 */
import { at } from '../model/assert.ts';
import type { SpanTree } from '../analysis/span-tree.ts';
import { Skyline } from './skyline.ts';
import type { SpanTimes } from './span-times.ts';

export interface Lanes {
  /** Row of each span, from 0. */
  readonly row: Uint32Array;
  readonly rows: number;
}

type Siblings = Pick<SpanTree, 'parent' | 'firstChild' | 'nextSibling' | 'tops'>;
type DrawnTimes = Pick<SpanTimes, 'start' | 'end'>;

/**
 * `order` holds every span, parents before their children. Linear in the spans where few overlap, O(n log n)
 * where all do, however deep. `skyline` is what finds the rows; a test hands one in to count its steps.
 */
export function layoutLanes(
  tree: Siblings,
  times: DrawnTimes,
  order: Uint32Array,
  skyline = new Skyline(),
): Lanes {
  const blocks = new Blocks(times, skyline);
  for (let i = order.length - 1; i >= 0; i--) {
    const span = at(order, i);
    blocks.close(span, childrenOf(tree, span));
  }
  const rows = blocks.pack([...tree.tops]);
  const row = new Uint32Array(order.length);
  for (const span of order) {
    const parent = at(tree.parent, span);
    row[span] = at(blocks.offset, span) + (parent < 0 ? 0 : at(row, parent) + 1);
  }
  return { row, rows };
}

function childrenOf(tree: Siblings, span: number): number[] {
  const children: number[] = [];
  for (let child = at(tree.firstChild, span); child >= 0; child = at(tree.nextSibling, child)) {
    children.push(child);
  }
  return children;
}

/** Two spans that touch share a row, two of no length at the same instant must not: half a µs apart. */
const HALF_US = 0.5;

/** A span and all below it, as a block: from when to when, and how many rows high. */
class Blocks {
  readonly #from: Float64Array;
  readonly #until: Float64Array;
  readonly #height: Uint32Array;
  /** Rows between a span and its place: below the parent's own row, or from the top. */
  readonly offset: Uint32Array;
  readonly #skyline: Skyline;

  constructor({ start, end }: DrawnTimes, skyline: Skyline) {
    this.#skyline = skyline;
    this.#from = start.slice();
    this.#until = end.slice();
    this.#height = new Uint32Array(start.length);
    this.offset = new Uint32Array(start.length);
  }

  /** Packs the children of a span, whose blocks are closed, and closes its own. */
  close(span: number, children: number[]): void {
    this.#height[span] = 1 + this.pack(children);
    for (const child of children) {
      this.#from[span] = Math.min(at(this.#from, span), at(this.#from, child));
      this.#until[span] = Math.max(at(this.#until, span), at(this.#until, child));
    }
  }

  /** Gives every sibling the lowest rows that are free; returns how many rows they need in all. */
  pack(siblings: number[]): number {
    if (!this.#inOrder(siblings)) siblings.sort((a, b) => this.#seekTime(a) - this.#seekTime(b));
    if (this.#follow(siblings)) return this.#highest(siblings);
    const skyline = this.#skyline;
    skyline.clear();
    let rows = 0;
    for (const span of siblings) {
      const until = at(this.#until, span);
      const height = at(this.#height, span);
      const row = skyline.findRun(this.#seekTime(span), height);
      skyline.take(row, height, this.#isInstant(span) ? until + HALF_US : until);
      this.offset[span] = row;
      rows = Math.max(rows, row + height);
    }
    return rows;
  }

  #isInstant(span: number): boolean {
    return at(this.#until, span) <= at(this.#from, span);
  }

  /** When its rows must be free. Instants come first, since the skyline forgets what has ended. */
  #seekTime(span: number): number {
    return this.#isInstant(span) ? at(this.#from, span) : at(this.#from, span) + HALF_US;
  }

  /** Whether each begins after the one before has ended, as nearly all do: then all share the first rows. */
  #follow(siblings: readonly number[]): boolean {
    for (let i = 1; i < siblings.length; i++) {
      const [before, next] = [at(siblings, i - 1), at(siblings, i)];
      const from = at(this.#from, next);
      const until = at(this.#until, before);
      // Two instants at the same time may be what touches here: the skyline tells.
      if (until > from || (until === from && at(this.#until, next) === from)) return false;
    }
    return true;
  }

  #highest(siblings: readonly number[]): number {
    let highest = 0;
    for (const span of siblings) highest = Math.max(highest, at(this.#height, span));
    return highest;
  }

  #inOrder(siblings: readonly number[]): boolean {
    for (let i = 1; i < siblings.length; i++) {
      if (this.#seekTime(at(siblings, i - 1)) > this.#seekTime(at(siblings, i))) return false;
    }
    return true;
  }
}
