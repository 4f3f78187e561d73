/** A small seeded generator of numbers (mulberry32), so that the same seed makes the same traces everywhere. */
export class Prng {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** A number from 0 up to but not including 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.next() * items.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }

  /** `count` different items, in their order in the list. */
  sample<T>(items: readonly T[], count: number): readonly T[] {
    const chosen = new Set<T>();
    while (chosen.size < Math.min(count, items.length)) chosen.add(this.pick(items));
    return items.filter((item) => chosen.has(item));
  }

  /** A number of a Pareto law: at least `least`, heavy-tailed by `alpha`. */
  pareto(least: number, alpha: number): number {
    return least / (1 - this.next()) ** (1 / alpha);
  }

  /** A number whose logarithm is uniform between those of `least` and `most`. */
  logUniform(least: number, most: number): number {
    return least * (most / least) ** this.next();
  }

  /** `length` lower-case hex digits. */
  hex(length: number): string {
    let digits = '';
    while (digits.length < length) digits += (this.next() * 2 ** 32).toString(16).padStart(8, '0');
    return digits.slice(0, length);
  }

  /** A seed for a generator of its own. */
  seed(): number {
    return this.int(0, 2 ** 32 - 1);
  }
}
