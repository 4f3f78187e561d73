/** What every row of every table counts: tokens, money, and the traces behind it. */
import { at } from '../../model/assert.ts';
import type { CorpusCost, Reach, TokenSum } from '../../rpc/corpus.ts';
import { Heaviest, type Weighed } from './heaviest.ts';
import { FactBit, type CorpusFacts } from './corpus-facts.ts';

type SpanFacts = CorpusFacts['spans']['columns'];

export class UsageTally {
  #input = 0;
  #output = 0;
  #cached = 0;
  #unknown = 0;
  #usd = 0;
  #priced = 0;
  #unpriced = 0;

  /** Adds a span; one whose tokens are not counted adds nothing. */
  add(spans: SpanFacts, row: number): void {
    const bits = at(spans.bits, row);
    if ((bits & FactBit.asked) === 0) return;
    const input = at(spans.inputTokens, row);
    const output = at(spans.outputTokens, row);
    const cached = at(spans.cachedTokens, row);
    if (input > 0) this.#input += input;
    if (output > 0) this.#output += output;
    if (cached > 0) this.#cached += cached;
    if (input < 0 && output < 0) this.#unknown++;
    const usd = at(spans.usd, row);
    if (Number.isNaN(usd)) this.#unpriced++;
    else {
      this.#usd += usd;
      this.#priced++;
    }
  }

  /** Adds all that another has. */
  merge(other: UsageTally): void {
    this.#input += other.#input;
    this.#output += other.#output;
    this.#cached += other.#cached;
    this.#unknown += other.#unknown;
    this.#usd += other.#usd;
    this.#priced += other.#priced;
    this.#unpriced += other.#unpriced;
  }

  tokens(): TokenSum {
    return {
      input: this.#input,
      output: this.#output,
      cached: this.#cached,
      unknownCalls: this.#unknown,
    };
  }

  cost(): CorpusCost {
    return describeCost(this.#usd, this.#priced, this.#unpriced);
  }
}

export function describeCost(usd: number, pricedCalls: number, unpricedCalls: number): CorpusCost {
  return { usd: pricedCalls === 0 ? null : usd, pricedCalls, unpricedCalls };
}

/** How many ids a figure is told with where a query selects its traces, and where none does. */
const FEW_IDS = 10;
const MANY_IDS = 1000;

interface WeighedTrace extends Weighed {
  readonly id: string;
}

/** The traces behind a figure. They come one after the other, each as often as it likes. */
export class ReachTally {
  #traces = 0;
  #current: string | undefined;
  #weight = -1;
  /** Most figures have few traces, or none: made when there is one. */
  #heaviest: Heaviest<WeighedTrace> | undefined;

  get traces(): number {
    return this.#traces;
  }

  /** `weight`: how telling the trace is, of several of one trace the largest; NaN is the least. */
  add(traceId: string, weight: number): void {
    if (traceId !== this.#current) {
      this.#settle();
      this.#current = traceId;
      this.#traces++;
      this.#weight = -1;
    }
    if (weight > this.#weight) this.#weight = weight;
  }

  /** `query` selects the very traces that were added; null: there is none. */
  describe(query: string | null): Reach {
    this.#settle();
    this.#current = undefined;
    const ids = this.#heaviest?.list().slice(0, query === null ? MANY_IDS : FEW_IDS) ?? [];
    return { traces: this.#traces, traceIds: ids.map(({ id }) => id), query };
  }

  #settle(): void {
    if (this.#current === undefined) return;
    this.#heaviest ??= new Heaviest(MANY_IDS, (a, b) => (a.id < b.id ? -1 : 1));
    this.#heaviest.add({ id: this.#current, weight: this.#weight });
  }
}
