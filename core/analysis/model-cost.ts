/** What the model calls of a trace cost, by prices that the caller knows: the same reckoning as by a price table. */
import type { SpanTable } from '../model/span-table.ts';
import { computeSpanCosts } from './cost/span-costs.ts';
import { PriceBook } from './cost/price-book.ts';
import type { PricedModel, PriceProvider, Rate, Rates } from './cost/price-table.ts';
import { linkSpans } from './span-tree.ts';

/** US dollars for a million tokens. */
export interface ModelPrice {
  readonly input: number;
  readonly output: number;
  /** Of the part of the input that was cached; default: the price of input. */
  readonly cachedInput?: number | undefined;
}

export interface ModelCost {
  /** Of the calls that could be priced. */
  readonly usd: number;
  readonly pricedCalls: number;
  /** Calls without a known model, price or number of tokens: the true cost is higher. */
  readonly unpricedCalls: number;
}

/** Counts each token once: what tasks, turns and wrapping calls repeat is left out. */
export function computeModelCost(spans: SpanTable, prices: Readonly<Record<string, ModelPrice>>): ModelCost {
  const models = Object.entries(prices).map(([id, price]) => readModel(id, price));
  const provider: PriceProvider = {
    id: 'caller',
    name: 'caller',
    providerMatch: undefined,
    // Whatever is called is looked for here.
    modelMatch: { kind: 'contains', text: '' },
    fallbacks: [],
    models,
  };
  const book = new PriceBook({ id: 'caller', date: '', providers: [provider] });
  const { sum } = computeSpanCosts(spans, linkSpans(spans), book);
  const unpricedCalls = sum.unpriced.reduce((calls, each) => calls + each.calls, 0);
  return { usd: sum.usd ?? 0, pricedCalls: sum.pricedCalls, unpricedCalls };
}

function readModel(id: string, { input, output, cachedInput }: ModelPrice): PricedModel {
  const rate = (usd: number): Rate => ({ usd, tiers: [] });
  const rates: Rates = {
    input: rate(input),
    output: rate(output),
    ...(cachedInput !== undefined && { cacheRead: rate(cachedInput) }),
  };
  return { id, match: { kind: 'equals', text: id.toLowerCase() }, prices: [{ when: undefined, rates }] };
}
