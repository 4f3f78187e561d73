/** How often the forward lines of a graph cross: what the order of cards in a layer is judged by. */
import { at } from '../../../core/model/assert.ts';
import type { Point } from './edge-path.ts';

interface Lines {
  readonly edges: readonly { readonly from: number; readonly to: number }[];
}

interface Places {
  readonly cards: readonly Point[];
  readonly points: readonly (readonly Point[])[];
}

export function countCrossings({ edges }: Lines, { cards, points }: Places): number {
  const ways = edges.flatMap(({ from, to }, i) =>
    to > from ? [[at(cards, from), ...(points[i] ?? []), at(cards, to)]] : [],
  );
  let crossings = 0;
  ways.forEach((a, i) => {
    for (const b of ways.slice(i + 1)) if (doCross(a, b)) crossings++;
  });
  return crossings;
}

function doCross(a: readonly Point[], b: readonly Point[]): boolean {
  return a.some((from, i) => {
    const to = a[i + 1];
    if (to === undefined) return false;
    return b.some((otherFrom, j) => {
      const otherTo = b[j + 1];
      return otherTo !== undefined && segmentsCross(from, to, otherFrom, otherTo);
    });
  });
}

/** Lines that only touch, as those from the same card do, do not cross. */
function segmentsCross(a: Point, b: Point, c: Point, d: Point): boolean {
  return sideOf(a, b, c) * sideOf(a, b, d) < 0 && sideOf(c, d, a) * sideOf(c, d, b) < 0;
}

function sideOf(a: Point, b: Point, p: Point): number {
  return Math.sign((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x));
}
