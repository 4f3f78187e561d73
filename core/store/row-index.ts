/** From a hash to a row, in one typed array: 7 to 14 bytes a row, where a Map of ids takes a hundred. */
import { at } from '../model/assert.ts';

const FIRST_SLOTS = 64;
const FULLEST = 0.6;

/** Open addressing with linear probing; a removal moves what stood behind it, so that no mark is left. */
export class RowIndex {
  /** Row + 1; 0 is free. */
  #slots = new Uint32Array(FIRST_SLOTS);
  #used = 0;
  readonly #hashOf: (row: number) => number;

  /** `hashOf` gives the hash of a row that was added. */
  constructor(hashOf: (row: number) => number) {
    this.#hashOf = hashOf;
  }

  get byteLength(): number {
    return this.#slots.byteLength;
  }

  find(hash: number, isSame: (row: number) => boolean): number | undefined {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const row = at(this.#slots, slot) - 1;
      if (row < 0) return undefined;
      if (isSame(row)) return row;
    }
  }

  /** Adds a row that is not there yet. */
  add(row: number): void {
    if (this.#used + 1 > this.#slots.length * FULLEST) this.#grow();
    this.#used++;
    this.#place(row);
  }

  remove(row: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let hole = this.#hashOf(row) & mask;
    while (slots[hole] !== row + 1) {
      if (slots[hole] === 0) return;
      hole = (hole + 1) & mask;
    }
    this.#used--;
    for (let slot = (hole + 1) & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const home = this.#hashOf(at(slots, slot) - 1) & mask;
      // It may move into the hole only where the hole is not before its home.
      if (((slot - home) & mask) < ((slot - hole) & mask)) continue;
      slots[hole] = at(slots, slot);
      hole = slot;
    }
    slots[hole] = 0;
  }

  #place(row: number): void {
    const mask = this.#slots.length - 1;
    let slot = this.#hashOf(row) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = row + 1;
  }

  #grow(): void {
    const rows = this.#slots;
    this.#slots = new Uint32Array(rows.length * 2);
    for (const row of rows) if (row !== 0) this.#place(row - 1);
  }
}
