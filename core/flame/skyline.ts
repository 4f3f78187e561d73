/**
 * The rows under one parent and until when each is taken. Gives the next block the lowest run of free rows in
 * O(log rows), whatever its height: a tall subtree is taken anew at every level above it, and must not cost
 * its height each time.
 */
import { EndQueue } from './end-queue.ts';
import { FreeRows } from './free-rows.ts';

export class Skyline {
  readonly #rows = new FreeRows();
  readonly #ends = new EndQueue();
  #time = -Infinity;

  /** Nodes looked at in all: what tests count instead of time. */
  get steps(): number {
    return this.#rows.steps;
  }

  /** Forgets every block: the rows of another parent. */
  clear(): void {
    this.#rows.clear();
    this.#ends.clear();
    this.#time = -Infinity;
  }

  /**
   * The lowest row from which `height` rows are all free at `time` (taken until at most `time`). Times never
   * go back: what has ended is forgotten.
   */
  findRun(time: number, height: number): number {
    if (time < this.#time) throw new RangeError(`back from ${String(this.#time)} to ${String(time)}`);
    this.#time = time;
    let ended = this.#ends.takeEnded(time);
    while (ended !== undefined) {
      this.#rows.free(ended.row, ended.height);
      ended = this.#ends.takeEnded(time);
    }
    return this.#rows.find(height);
  }

  /** Takes `height` free rows from `row` on until `until`. */
  take(row: number, height: number, until: number): void {
    this.#rows.take(row, height);
    if (until < Infinity) this.#ends.add({ row, height, until });
  }
}
