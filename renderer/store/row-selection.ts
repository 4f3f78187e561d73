/** Which rows are chosen: a byte a row, so that choosing 100,000 is one pass. */
import type { PlacedChoice } from './store-messages.ts';

export class RowSelection {
  #marks = new Uint8Array(64);
  #count = 0;
  /** The row that was chosen last, from which a range goes. */
  #anchor: number | undefined;

  get count(): number {
    return this.#count;
  }

  has(row: number): boolean {
    return this.#marks[row] === 1;
  }

  /** Chooses among the rows of `order`, which are named by their place in it. */
  choose(choice: PlacedChoice, order: Uint32Array): void {
    switch (choice.kind) {
      case 'none':
        this.clear();
        break;
      case 'all':
        for (const row of order) this.#mark(row, true);
        break;
      case 'toggle': {
        const row = order[choice.index];
        if (row === undefined) return;
        this.#mark(row, !this.has(row));
        this.#anchor = row;
        break;
      }
      case 'range': {
        const anchor = this.#anchor === undefined ? -1 : order.indexOf(this.#anchor);
        const first = Math.min(anchor < 0 ? choice.index : anchor, choice.index);
        const last = Math.max(anchor, choice.index);
        for (const row of order.subarray(first, last + 1)) this.#mark(row, true);
        if (anchor < 0) this.#anchor = order[choice.index];
        break;
      }
    }
  }

  /** Forgets rows that other traces may take. */
  free(rows: readonly number[]): void {
    for (const row of rows) {
      this.#mark(row, false);
      if (this.#anchor === row) this.#anchor = undefined;
    }
  }

  clear(): void {
    this.#marks.fill(0);
    this.#count = 0;
    this.#anchor = undefined;
  }

  #mark(row: number, chosen: boolean): void {
    if (this.has(row) === chosen) return;
    if (row >= this.#marks.length) {
      const larger = new Uint8Array(Math.max(row + 1, this.#marks.length * 2));
      larger.set(this.#marks);
      this.#marks = larger;
    }
    this.#marks[row] = chosen ? 1 : 0;
    this.#count += chosen ? 1 : -1;
  }
}
