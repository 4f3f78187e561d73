/** What two lists have in common, in order: their longest common subsequence, and what each has besides. */
import { at } from '../model/assert.ts';

/** Places in the two lists; -1 where one side has nothing. */
export type Pair = readonly [inA: number, inB: number];

/** Past so many pairs the middle of two lists counts as other, whatever is equal in it. */
const MOST_PAIRS = 4_000_000;

/** Every place of both lists once, in order. Equal beginnings and ends cost nothing. */
export function alignLists<T extends string | number>(a: readonly T[], b: readonly T[]): readonly Pair[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  const shorter = Math.min(a.length, b.length) - head;
  while (tail < shorter && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const pairs: Pair[] = [];
  for (let i = 0; i < head; i++) pairs.push([i, i]);
  for (const [i, j] of alignMiddle(a.slice(head, a.length - tail), b.slice(head, b.length - tail))) {
    pairs.push([i < 0 ? i : head + i, j < 0 ? j : head + j]);
  }
  for (let i = tail; i > 0; i--) pairs.push([a.length - i, b.length - i]);
  return pairs;
}

function alignMiddle<T>(a: readonly T[], b: readonly T[]): readonly Pair[] {
  const columns = b.length;
  const isLarge = a.length * columns > MOST_PAIRS;
  const lengths = isLarge ? new Uint32Array() : commonLengths(a, b);
  const lengthAt = (i: number, j: number): number => lengths[i * (columns + 1) + j] ?? 0;
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < columns) {
    if (!isLarge && i < a.length && j < columns && a[i] === b[j]) pairs.push([i++, j++]);
    else if (j >= columns || (i < a.length && lengthAt(i + 1, j) >= lengthAt(i, j + 1)))
      pairs.push([i++, -1]);
    else pairs.push([-1, j++]);
  }
  return pairs;
}

/** How much the rests of both lists have in common, from every pair of places on. */
function commonLengths<T>(a: readonly T[], b: readonly T[]): Uint32Array {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const here = i * width + j;
      lengths[here] =
        a[i] === b[j]
          ? at(lengths, here + width + 1) + 1
          : Math.max(at(lengths, here + width), at(lengths, here + 1));
    }
  }
  return lengths;
}
