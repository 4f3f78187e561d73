/** Durations of one sort, kept until all are there: quantiles are exact, not estimated. */
import { at } from '../../model/assert.ts';
import type { Durations, LogHistogram } from '../../rpc/corpus.ts';

const FIRST_ROOM = 4;

export class Samples {
  #values = new Float64Array(FIRST_ROOM);
  #length = 0;
  #sum = 0;

  /** NaN is none. */
  add(us: number): void {
    if (Number.isNaN(us)) return;
    if (this.#length === this.#values.length) {
      const larger = new Float64Array(this.#length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = us;
    this.#sum += us;
  }

  describe(): Durations {
    const sorted = this.#values.subarray(0, this.#length).sort();
    return {
      known: sorted.length,
      totalUs: this.#sum,
      p50Us: quantile(sorted, 0.5),
      p95Us: quantile(sorted, 0.95),
      p99Us: quantile(sorted, 0.99),
      maxUs: sorted.at(-1) ?? null,
      histogram: makeHistogram(sorted),
    };
  }
}

/** The smallest value that at least this share of all does not exceed; null for none. */
export function quantile(sorted: Float64Array, share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}

const PER_DOUBLING = 4;

function makeHistogram(sorted: Float64Array): LogHistogram {
  const first = barOf(sorted[0] ?? 1);
  const counts = sorted.length === 0 ? [] : new Array<number>(barOf(sorted.at(-1) ?? 1) - first + 1).fill(0);
  for (let i = 0; i < sorted.length; i++) {
    const bar = barOf(at(sorted, i)) - first;
    counts[bar] = (counts[bar] ?? 0) + 1;
  }
  return { fromUs: 2 ** (first / PER_DOUBLING), perDoubling: PER_DOUBLING, counts };
}

function barOf(us: number): number {
  return us <= 1 ? 0 : Math.floor(Math.log2(us) * PER_DOUBLING);
}
