/** Finds a row by its span id in one table: open addressing over typed arrays, nothing allocated a lookup. */
import { at } from './assert.ts';
import { IdForm, packKnownId, type PackedId } from './packed-id.ts';
import type { SpanTable } from './span-table.ts';

const NO_ROW = -1;

export class SpanIdIndex {
  readonly #table: SpanTable;
  #slots: Int32Array;
  #used = 0;

  /** Indexes nothing yet; `expected` rows fit without growing. */
  constructor(table: SpanTable, expected: number) {
    this.#table = table;
    this.#slots = emptySlots(expected);
  }

  /** Indexes every row of a table that holds each span once. */
  static of(table: SpanTable): SpanIdIndex {
    const index = new SpanIdIndex(table, table.length);
    for (let row = 0; row < table.length; row++) index.add(row);
    return index;
  }

  /** Adds a row; returns the row that already has its id, or -1 where it is new. */
  add(row: number): number {
    const c = this.#table.columns;
    const a = at(c.idA, row);
    const b = at(c.idB, row);
    const idC = at(c.idC, row);
    const slot = this.#findSlot(a, b, idC, at(c.idForm, row));
    const known = at(this.#slots, slot);
    if (known !== NO_ROW) return known;
    this.#slots[slot] = row;
    if (++this.#used * 2 > this.#slots.length) this.#grow();
    return NO_ROW;
  }

  /** The row of a packed id, or -1. */
  find(form: number, a: number, b: number, c: number): number {
    return form === IdForm.none ? NO_ROW : at(this.#slots, this.#findSlot(a, b, c, form));
  }

  /** The row of an id, or -1. */
  findId(spanId: string): number {
    const id: PackedId = { form: 0, a: 0, b: 0, c: 0 };
    const known = packKnownId(spanId, this.#table.strings, id);
    return known ? this.find(id.form, id.a, id.b, id.c) : NO_ROW;
  }

  #findSlot(a: number, b: number, c: number, form: number): number {
    const columns = this.#table.columns;
    const mask = this.#slots.length - 1;
    let slot = hash(a, b, c, form) & mask;
    for (;;) {
      const row = at(this.#slots, slot);
      if (row === NO_ROW) return slot;
      const same =
        columns.idA[row] === a &&
        columns.idB[row] === b &&
        columns.idC[row] === c &&
        columns.idForm[row] === form;
      if (same) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    const rows = this.#slots.filter((row) => row !== NO_ROW);
    this.#slots = emptySlots(rows.length * 2);
    this.#used = 0;
    for (const row of rows) this.add(row);
  }
}

function emptySlots(expected: number): Int32Array {
  let size = 16;
  while (size < expected * 2 + 1) size *= 2;
  return new Int32Array(size).fill(NO_ROW);
}

function hash(a: number, b: number, c: number, form: number): number {
  let h = Math.imul(a ^ form, 0x9e3779b1) ^ Math.imul(b, 0x85ebca77) ^ Math.imul(c, 0xc2b2ae3d);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return (h ^ (h >>> 13)) >>> 0;
}
