/** Taken blocks of rows, the one that ends first in front: a binary heap, O(log blocks) a step. */
import { at } from '../model/assert.ts';

export interface TakenBlock {
  readonly row: number;
  readonly height: number;
  readonly until: number;
}

export class EndQueue {
  readonly #heap: TakenBlock[] = [];

  clear(): void {
    this.#heap.length = 0;
  }

  add(block: TakenBlock): void {
    let place = this.#heap.length;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (at(this.#heap, above).until <= block.until) break;
      this.#heap[place] = at(this.#heap, above);
      place = above;
    }
    this.#heap[place] = block;
  }

  /** Takes out a block that ends at `time` or before, or undefined where there is none. */
  takeEnded(time: number): TakenBlock | undefined {
    const first = this.#heap[0];
    if (first === undefined || first.until > time) return undefined;
    const last = this.#heap.pop();
    if (last !== undefined && this.#heap.length > 0) this.#sink(last);
    return first;
  }

  /** Puts `block` in the place of the first one, then below all that end before it. */
  #sink(block: TakenBlock): void {
    const { length } = this.#heap;
    let place = 0;
    for (;;) {
      let below = place * 2 + 1;
      if (below >= length) break;
      if (below + 1 < length && at(this.#heap, below + 1).until < at(this.#heap, below).until) below++;
      if (at(this.#heap, below).until >= block.until) break;
      this.#heap[place] = at(this.#heap, below);
      place = below;
    }
    this.#heap[place] = block;
  }
}
