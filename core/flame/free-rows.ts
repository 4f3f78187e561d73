/**
 * Which rows are free, as a tree of halves that is built only where free rows meet taken ones: a block costs
 * O(log rows) to place, to take and to free, however many rows high it is.
 */
import { at } from '../model/assert.ts';

/** Two nodes stand for all of their kind: rows that are all free, and rows that are all taken. */
const FREE = 0;
const TAKEN = 1;
const FIRST_MIXED = 2;
const FIRST_SIZE = 8;

export class FreeRows {
  /** Nodes looked at in all: what tests count instead of time. */
  steps = 0;
  #root = FREE;
  /** Rows under the root, a power of two; all rows past them are free. */
  #size = FIRST_SIZE;
  readonly #left = [FREE, TAKEN];
  readonly #right = [FREE, TAKEN];
  /** Free rows at the beginning of a mixed node, at its end, and the longest run in it. */
  readonly #first = [0, 0];
  readonly #last = [0, 0];
  readonly #longest = [0, 0];
  #used = FIRST_MIXED;
  /** Nodes that became all free or all taken, to be used again. */
  readonly #spare: number[] = [];

  clear(): void {
    this.#root = FREE;
    this.#size = FIRST_SIZE;
    this.#used = FIRST_MIXED;
    this.#spare.length = 0;
  }

  /** The lowest row from which `height` rows are free. */
  find(height: number): number {
    let node = this.#root;
    let size = this.#size;
    if (this.#run(this.#longest, node, size) < height) return size - this.#run(this.#last, node, size);
    let row = 0;
    while (node >= FIRST_MIXED) {
      this.steps++;
      const left = at(this.#left, node);
      const right = at(this.#right, node);
      size /= 2;
      if (this.#run(this.#longest, left, size) >= height) {
        node = left;
        continue;
      }
      const last = this.#run(this.#last, left, size);
      if (last + this.#run(this.#first, right, size) >= height) return row + size - last;
      row += size;
      node = right;
    }
    return row;
  }

  /** Takes free rows. */
  take(row: number, height: number): void {
    while (row + height > this.#size) {
      this.#root = this.#root === FREE ? FREE : this.#join(this.#newNode(), this.#root, FREE, this.#size);
      this.#size *= 2;
    }
    this.#root = this.#assign(this.#root, this.#size, row, row + height, TAKEN);
  }

  /** Frees rows that were taken. */
  free(row: number, height: number): void {
    this.#root = this.#assign(this.#root, this.#size, row, row + height, FREE);
  }

  /** The node in whose place `node` stands once its rows `from` to `to` are `kind`. As deep as log rows. */
  #assign(node: number, size: number, from: number, to: number, kind: number): number {
    this.steps++;
    if (node === kind || (from <= 0 && to >= size)) return kind;
    const half = size / 2;
    let left = at(this.#left, node);
    let right = at(this.#right, node);
    if (from < half) left = this.#assign(left, half, from, Math.min(to, half), kind);
    if (to > half) right = this.#assign(right, half, Math.max(from - half, 0), to - half, kind);
    if (left === right) {
      if (node >= FIRST_MIXED) this.#spare.push(node);
      return left;
    }
    return this.#join(node >= FIRST_MIXED ? node : this.#newNode(), left, right, half);
  }

  /** Makes `node` of two halves of `half` rows each. */
  #join(node: number, left: number, right: number, half: number): number {
    this.#left[node] = left;
    this.#right[node] = right;
    const first = this.#run(this.#first, left, half);
    const firstRight = this.#run(this.#first, right, half);
    const last = this.#run(this.#last, right, half);
    const lastLeft = this.#run(this.#last, left, half);
    const longest = Math.max(this.#run(this.#longest, left, half), this.#run(this.#longest, right, half));
    this.#first[node] = first === half ? half + firstRight : first;
    this.#last[node] = last === half ? half + lastLeft : last;
    this.#longest[node] = Math.max(longest, lastLeft + firstRight);
    return node;
  }

  #run(of: readonly number[], node: number, size: number): number {
    if (node >= FIRST_MIXED) return at(of, node);
    return node === FREE ? size : 0;
  }

  #newNode(): number {
    return this.#spare.pop() ?? this.#used++;
  }
}
