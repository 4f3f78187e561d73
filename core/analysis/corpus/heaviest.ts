/** The few heaviest of many that come in any order, without keeping or sorting all of them. */
export interface Weighed {
  readonly weight: number;
}

export class Heaviest<Item extends Weighed> {
  #items: Item[] = [];
  /** Lighter ones are not among them any more. */
  #least = Number.NEGATIVE_INFINITY;
  readonly #howMany: number;
  readonly #breakTie: (a: Item, b: Item) => number;

  /** `breakTie` puts equals in order: which of them stay must not depend on how they came. */
  constructor(howMany: number, breakTie: (a: Item, b: Item) => number) {
    this.#howMany = howMany;
    this.#breakTie = breakTie;
  }

  /** Whether one of this weight is worth being made. */
  takes(weight: number): boolean {
    return weight >= this.#least;
  }

  add(item: Item): void {
    if (!this.takes(item.weight)) return;
    this.#items.push(item);
    if (this.#items.length < this.#howMany * 4) return;
    this.#items = this.#sorted().slice(0, this.#howMany);
    this.#least = this.#items.at(-1)?.weight ?? this.#least;
  }

  /** The heaviest first. */
  list(): readonly Item[] {
    return this.#sorted().slice(0, this.#howMany);
  }

  #sorted(): Item[] {
    return this.#items.toSorted((a, b) => b.weight - a.weight || this.#breakTie(a, b));
  }
}
