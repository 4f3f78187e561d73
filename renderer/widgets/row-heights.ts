/**
 * Rows whose heights are known only once they were drawn: a guess each, until it is measured. Where a row
 * stands, and which row stands at a place, take logarithmic time (a Fenwick tree), however long the list.
 */
export class RowHeights {
  readonly count: number;
  readonly #heights: Float64Array;
  readonly #sums: Float64Array;

  /** Heights that were measured before are taken over, row by row. */
  constructor(count: number, guessPx: number, before?: RowHeights) {
    this.count = count;
    this.#heights = new Float64Array(count).fill(guessPx);
    if (before !== undefined) this.#heights.set(before.#heights.subarray(0, count));
    this.#sums = new Float64Array(count + 1);
    for (let i = 1; i <= count; i++) {
      this.#sums[i] = (this.#sums[i] ?? 0) + (this.#heights[i - 1] ?? 0);
      const above = i + (i & -i);
      if (above <= count) this.#sums[above] = (this.#sums[above] ?? 0) + (this.#sums[i] ?? 0);
    }
  }

  get total(): number {
    return this.top(this.count);
  }

  heightOf(row: number): number {
    return this.#heights[row] ?? 0;
  }

  /** By how much the row grew. */
  measure(row: number, px: number): number {
    if (row < 0 || row >= this.count) return 0;
    const by = px - this.heightOf(row);
    this.#heights[row] = px;
    for (let i = row + 1; i <= this.count; i += i & -i) this.#sums[i] = (this.#sums[i] ?? 0) + by;
    return by;
  }

  /** Where a row begins. */
  top(row: number): number {
    let sum = 0;
    for (let i = Math.min(row, this.count); i > 0; i -= i & -i) sum += this.#sums[i] ?? 0;
    return sum;
  }

  /** The row that stands at a place; the first above all, the last below all. */
  rowAt(px: number): number {
    let row = 0;
    let rest = px;
    for (let step = 2 ** Math.floor(Math.log2(Math.max(this.count, 1))); step >= 1; step /= 2) {
      const sum = row + step <= this.count ? (this.#sums[row + step] ?? 0) : Infinity;
      if (sum > rest) continue;
      row += step;
      rest -= sum;
    }
    return Math.max(0, Math.min(row, this.count - 1));
  }
}
