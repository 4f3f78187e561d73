/** The rows as they are shown: the order of the last answer, or, while held, the one that stood before it. */
export class HeldOrder {
  #shown = new Uint32Array();
  #waiting = 0;
  #held = false;

  get rows(): Uint32Array {
    return this.#shown;
  }

  /** Rows of the answer that are not shown yet. */
  get waiting(): number {
    return this.#waiting;
  }

  get held(): boolean {
    return this.#held;
  }

  hold(held: boolean): void {
    this.#held = held;
  }

  /** Takes an answer. `asked`: somebody asked for it, so it is shown, held or not. */
  take(answer: Uint32Array, asked: boolean): void {
    if (this.#held && !asked && this.#shown.length > 0) {
      const shown = new Set(this.#shown);
      this.#waiting = answer.reduce((waiting, row) => waiting + (shown.has(row) ? 0 : 1), 0);
      return;
    }
    this.#shown = Uint32Array.from(answer);
    this.#waiting = 0;
  }

  /** Takes rows out whose traces are gone: another trace may come to stand in them. */
  free(rows: readonly number[]): void {
    if (rows.length === 0) return;
    const freed = new Set(rows);
    this.#shown = this.#shown.filter((row) => !freed.has(row));
  }

  clear(): void {
    this.#shown = new Uint32Array();
    this.#waiting = 0;
  }
}
