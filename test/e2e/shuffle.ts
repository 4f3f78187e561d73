/** Orders and batches that look random and are the same in every run. */
import type { Prng } from '../generate/prng.ts';

/** A copy in another order. */
export function shuffle<T>(items: readonly T[], prng: Prng): T[] {
  return items
    .map((item) => ({ item, place: prng.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

/** The items in batches of 1 to `most`. */
export function inBatches<T>(items: readonly T[], most: number, prng: Prng): T[][] {
  const batches: T[][] = [];
  for (let from = 0; from < items.length;) {
    const batch = items.slice(from, from + prng.int(1, most));
    batches.push(batch);
    from += batch.length;
  }
  return batches;
}
