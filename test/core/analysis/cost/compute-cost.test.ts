/** Cases worked by hand, one for each way in which emitters count. Dollars are exact to a billionth. */
import { describe, expect, it } from 'vitest';
import {
  computeCost,
  type CallTokens,
  type CostEstimate,
} from '../../../../core/analysis/cost/compute-cost.ts';
import { PriceBook } from '../../../../core/analysis/cost/price-book.ts';
import { readPriceTable } from '../../../../core/analysis/cost/read-price-table.ts';
import { judgeAccounting } from '../../../../core/model/cache-accounting.ts';
import type { Json } from '../../../../core/model/json.ts';
import { snapshotBook } from './snapshot.ts';

const NOTHING: CallTokens = {
  input: undefined,
  output: undefined,
  total: undefined,
  cacheRead: undefined,
  cacheWrite: undefined,
  reasoning: undefined,
};
const OCTOBER = Date.parse('2026-10-01T12:00:00Z') * 1000;

function cost(book: PriceBook, model: string, tokens: Partial<CallTokens>, at = OCTOBER): CostEstimate {
  const price = book.choose(model, undefined, at);
  if (price === undefined) throw new Error(`no price for ${model}`);
  const found = computeCost({ ...NOTHING, ...tokens }, price);
  if (typeof found === 'string') throw new Error(found);
  return found;
}

/** One provider with one model `m` at these prices. */
function bookOf(prices: Json): PriceBook {
  const reading = readPriceTable({ providers: [{ id: 'p', models: [{ id: 'm', prices }] }] }, 'mine');
  expect(reading.problems).toEqual([]);
  return new PriceBook(readPriceTable({ providers: [] }, 'none').table, reading.table);
}

const CLAUDE = { input_mtok: 3, cache_read_mtok: 0.3, cache_write_mtok: 3.75, output_mtok: 15 };

describe('the cost of a call', () => {
  it('is input and output where nothing was cached', () => {
    // 1,000 × 1.25 and 200 × 10, for a million each.
    expect(cost(snapshotBook(), 'gpt-5', { input: 1000, output: 200 }).usd).toBeCloseTo(0.003_25, 9);
  });

  it('takes the cached part out of an inclusive input: OpenAI, OpenTelemetry, LangSmith, Vercel', () => {
    const tokens = { input: 3118, cacheRead: 2560, output: 640, reasoning: 512, total: 3758 };
    const { usd, parts, accounting } = cost(snapshotBook(), 'gpt-5', tokens);
    // 558 × 1.25 = 697.5; 2,560 × 0.125 = 320; 640 × 10 = 6,400; in all 7,417.5 millionths.
    expect(usd).toBeCloseTo(0.007_417_5, 9);
    expect(accounting).toEqual({ mode: 'inclusive', reason: 'the total is input and output' });
    expect(parts.map(({ what, count, rateUsd }) => [what, count, rateUsd])).toEqual([
      ['input', 558, 1.25],
      ['cacheRead', 2560, 0.125],
      ['output', 128, 10],
      ['reasoning', 512, 10],
    ]);
  });

  it('leaves an exclusive input whole and adds the cache beside it: Anthropic, Bedrock, Langfuse', () => {
    const tokens = { input: 3, cacheRead: 7917, cacheWrite: 350, output: 442, total: 8712 };
    const { usd, accounting } = cost(bookOf(CLAUDE), 'm', tokens);
    // 3 × 3 = 9; 7,917 × 0.3 = 2,375.1; 350 × 3.75 = 1,312.5; 442 × 15 = 6,630; in all 10,326.6 millionths.
    expect(usd).toBeCloseTo(0.010_326_6, 9);
    expect(accounting).toEqual({ mode: 'exclusive', reason: 'the total is input, cache and output' });
  });

  it('is the same once a reader has added the cache to the input', () => {
    const tokens = { input: 8270, cacheRead: 7917, cacheWrite: 350, output: 442, total: 8712 };
    const { usd, accounting } = cost(bookOf(CLAUDE), 'm', tokens);
    expect(usd).toBeCloseTo(0.010_326_6, 9);
    expect(accounting.mode).toBe('inclusive');
  });

  it('knows an exclusive input by a cache that is larger than it', () => {
    const { usd, accounting } = cost(bookOf(CLAUDE), 'm', { input: 10, cacheRead: 100, output: 1 });
    // 10 × 3 + 100 × 0.3 + 1 × 15 = 75 millionths.
    expect(usd).toBeCloseTo(0.000_075, 9);
    expect(accounting.mode).toBe('exclusive');
  });

  it('follows the convention that it is told', () => {
    const price = bookOf(CLAUDE).choose('m', undefined, OCTOBER);
    if (price === undefined) throw new Error('no price');
    const tokens = { ...NOTHING, input: 100, cacheRead: 40, cacheWrite: 20, output: 10 };
    const accounting = judgeAccounting({ input: 100, output: 10, total: undefined, cached: 60 }, 'exclusive');
    // 100 × 3 + 40 × 0.3 + 20 × 3.75 + 10 × 15 = 537 millionths; inclusive it were 357.
    expect(computeCost(tokens, price, accounting)).toMatchObject({
      usd: expect.closeTo(0.000_537, 9) as number,
    });
    expect(computeCost(tokens, price)).toMatchObject({ usd: expect.closeTo(0.000_357, 9) as number });
  });

  it('prices reasoning apart where the table does', () => {
    const book = bookOf({ input_mtok: 2, output_mtok: 8, output_reasoning_mtok: 3 });
    // 1,000 × 2 + 600 × 8 + 400 × 3 = 8,000 millionths.
    expect(cost(book, 'm', { input: 1000, output: 1000, reasoning: 400 }).usd).toBeCloseTo(0.008, 9);
  });

  it('takes the price of the input for a cache that has none, and says so', () => {
    const { usd, parts } = cost(bookOf({ input_mtok: 2, output_mtok: 8 }), 'm', {
      ...{ input: 1000, cacheRead: 400, output: 0 },
    });
    expect(usd).toBeCloseTo(0.002, 9);
    expect(parts.map(({ what, isFallback }) => [what, isFallback])).toEqual([
      ['input', false],
      ['cacheRead', true],
    ]);
  });

  it('takes a tier for the whole call, once the input is larger than its start', () => {
    const tiered = (base: number, above: number): Json => ({
      base,
      tiers: [{ start: 200_000, price: above }],
    });
    const book = bookOf({ input_mtok: tiered(3, 6), output_mtok: tiered(15, 22.5) });
    expect(cost(book, 'm', { input: 200_000, output: 1000 }).usd).toBeCloseTo(0.615, 9);
    // 200,001 × 6 + 1,000 × 22.5.
    expect(cost(book, 'm', { input: 200_001, output: 1000 }).usd).toBeCloseTo(1.222_506, 9);
  });

  it('adds what each request costs', () => {
    const book = bookOf({ input_mtok: 1, output_mtok: 1, requests_kcount: 5 });
    expect(cost(book, 'm', { input: 1000, output: 1000 }).usd).toBeCloseTo(0.007, 9);
  });

  it('needs no output of a model that answers nothing', () => {
    expect(cost(bookOf({ input_mtok: 0.02 }), 'm', { input: 5000 }).usd).toBeCloseTo(0.0001, 9);
  });

  it('is the sum of its parts', () => {
    const { usd, parts } = cost(bookOf(CLAUDE), 'm', {
      input: 999,
      cacheRead: 333,
      cacheWrite: 77,
      output: 7,
    });
    expect(usd).toBeCloseTo(
      parts.reduce((sum, part) => sum + (part.count * part.rateUsd) / part.per, 0),
      12,
    );
  });
});

describe('a call that cannot be priced', () => {
  const price = (prices: Json): NonNullable<ReturnType<PriceBook['choose']>> => {
    const found = bookOf(prices).choose('m', undefined, OCTOBER);
    if (found === undefined) throw new Error('no price');
    return found;
  };

  it('has no figure where tokens are unknown, and is never free', () => {
    const both = price({ input_mtok: 1, output_mtok: 1 });
    expect(computeCost(NOTHING, both)).toBe('unknown-tokens');
    expect(computeCost({ ...NOTHING, input: 5 }, both)).toBe('unknown-tokens');
    expect(computeCost({ ...NOTHING, output: 5 }, both)).toBe('unknown-tokens');
  });

  it('has no figure where a side has no price', () => {
    expect(computeCost({ ...NOTHING, input: 5, output: 5 }, price({ input_mtok: 1 }))).toBe('no-rate');
    expect(computeCost({ ...NOTHING, input: 5, output: 5 }, price({}))).toBe('no-rate');
  });

  it('costs nothing where the table says that it is free', () => {
    const free = price({ input_mtok: 0, output_mtok: 0 });
    expect(computeCost({ ...NOTHING, input: 5, output: 5 }, free)).toMatchObject({ usd: 0 });
  });
});
