/**
 * The rows under one parent and until when each is taken. Finds the lowest run of free rows for the next
 * block in O(log rows) a step, so that a hundred thousand spans that all run at once do not take for ever.
 */
export class Skyline {
  /** Leaves from `#size` on; above them the smallest and the largest of two. */
  #size = 8;
  #min = new Float64Array(16).fill(-Infinity);
  #max = new Float64Array(16).fill(-Infinity);

  /** The lowest row from which `height` rows are all free at `time` (taken until at most `time`). */
  findRun(time: number, height: number): number {
    let row = 0;
    for (;;) {
      row = this.#find(row, (node) => this.#value(this.#min, node) <= time);
      const taken = this.#find(row, (node) => this.#value(this.#max, node) > time);
      if (taken - row >= height) return row;
      row = taken;
    }
  }

  /** Takes `height` rows from `row` on until `until`. */
  take(row: number, height: number, until: number): void {
    while (row + height > this.#size) this.#grow();
    for (let i = row; i < row + height; i++) {
      let node = this.#size + i;
      this.#min[node] = this.#max[node] = until;
      for (node >>= 1; node >= 1; node >>= 1) {
        const left = node * 2;
        this.#min[node] = Math.min(this.#value(this.#min, left), this.#value(this.#min, left + 1));
        this.#max[node] = Math.max(this.#value(this.#max, left), this.#value(this.#max, left + 1));
      }
    }
  }

  /** The first row from `from` on whose leaf, and every node above it, satisfies `holds`; else no row's end. */
  #find(from: number, holds: (node: number) => boolean): number {
    if (from >= this.#size) return holds(-1) ? from : Infinity;
    let node = this.#size + from;
    while (!holds(node)) {
      // Up to the next subtree on the right; past the last one no row is left.
      while ((node & 1) === 1) node >>= 1;
      if (node === 0) return holds(-1) ? this.#size : Infinity;
      node++;
    }
    while (node < this.#size) {
      node *= 2;
      if (!holds(node)) node++;
    }
    return node - this.#size;
  }

  /** Rows past the last leaf were never taken. */
  #value(nodes: Float64Array, node: number): number {
    return nodes[node] ?? -Infinity;
  }

  #grow(): void {
    const old = this.#size;
    const leaves = this.#min.slice(old, old * 2);
    this.#size = old * 2;
    this.#min = new Float64Array(old * 4).fill(-Infinity);
    this.#max = new Float64Array(old * 4).fill(-Infinity);
    this.#min.set(leaves, this.#size);
    this.#max.set(leaves, this.#size);
    for (let node = this.#size - 1; node >= 1; node--) {
      const left = node * 2;
      this.#min[node] = Math.min(this.#value(this.#min, left), this.#value(this.#min, left + 1));
      this.#max[node] = Math.max(this.#value(this.#max, left), this.#value(this.#max, left + 1));
    }
  }
}
