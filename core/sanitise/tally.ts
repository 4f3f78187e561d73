/** Counts what was withheld, by rule: what a preview shows and the manifest of a bundle says. */
import type { WithheldBy } from './rules.ts';

/** One rule's share. */
export interface WithheldCount {
  readonly rule: WithheldBy;
  /** Values that do not leave, or leave as pseudonyms. */
  readonly values: number;
  /** Records that they stood in. */
  readonly records: number;
}

export class WithheldTally {
  /** While it is set nothing is counted. */
  isPaused = false;
  readonly #values = new Map<WithheldBy, number>();
  readonly #records = new Map<WithheldBy, number>();
  #touched = new Set<WithheldBy>();

  add(rule: WithheldBy, count = 1): void {
    if (this.isPaused) return;
    this.#values.set(rule, (this.#values.get(rule) ?? 0) + count);
    this.#touched.add(rule);
  }

  endRecord(): void {
    for (const rule of this.#touched) this.#records.set(rule, (this.#records.get(rule) ?? 0) + 1);
    this.#touched = new Set();
  }

  /** Sorted by rule. */
  counts(): readonly WithheldCount[] {
    return [...this.#values]
      .map(([rule, values]) => ({ rule, values, records: this.#records.get(rule) ?? 0 }))
      .sort((a, b) => (a.rule < b.rule ? -1 : 1));
  }
}
