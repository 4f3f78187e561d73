/** What the model calls of a trace cost, by prices that the caller knows: core keeps no price list. */
import { at } from '../model/assert.ts';
import { KIND_CODE } from '../model/span-kind.ts';
import type { SpanTable } from '../model/span-table.ts';

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

/** Counts generation and response spans alone: tasks and turns repeat their tokens. */
export function computeModelCost(spans: SpanTable, prices: Readonly<Record<string, ModelPrice>>): ModelCost {
  const c = spans.columns;
  let usd = 0;
  let pricedCalls = 0;
  let unpricedCalls = 0;
  for (let row = 0; row < spans.length; row++) {
    if (c.kind[row] !== KIND_CODE.generation && c.kind[row] !== KIND_CODE.response) continue;
    const model = spans.text('model', row) ?? '';
    const price = Object.hasOwn(prices, model) ? prices[model] : undefined;
    const input = at(c.inputTokens, row);
    const output = at(c.outputTokens, row);
    if (price === undefined || input < 0 || output < 0) {
      unpricedCalls++;
      continue;
    }
    const cached = Math.min(Math.max(at(c.cachedTokens, row), 0), input);
    const inputUsd = (input - cached) * price.input + cached * (price.cachedInput ?? price.input);
    usd += (inputUsd + output * price.output) / 1_000_000;
    pricedCalls++;
  }
  return { usd, pricedCalls, unpricedCalls };
}
