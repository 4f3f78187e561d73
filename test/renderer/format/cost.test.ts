import { describe, expect, it } from 'vitest';
import { computeSpanCosts, estimateSpan } from '../../../core/analysis/cost/span-costs.ts';
import { linkSpans } from '../../../core/analysis/span-tree.ts';
import { describeCost, explainCost, formatExactUsd, formatUsd } from '../../../renderer/format/cost.ts';
import { foldTraceText } from '../../build/read-trace-text.ts';
import { snapshotBook } from '../../core/analysis/cost/snapshot.ts';

const book = snapshotBook();

describe('dollars in words', () => {
  it.each([
    [0, '$0'],
    [0.000_000_4, '< $0.000001'],
    [0.000_096_5, '$0.000097'],
    [0.0072, '$0.0072'],
    [0.5, '$0.50'],
    [0.999, '$1.00'],
    [12.345, '$12.35'],
    [1204.5, '$1,204.50'],
  ])('%d is %s', (usd, words) => {
    expect(formatUsd(usd)).toBe(words);
  });

  it('are exact to a billionth where one asks', () => {
    expect(formatExactUsd(0.007_417_5)).toBe('$0.0074175');
  });
});

describe('a figure', () => {
  it('explains itself: tokens by price, whose price, how the cache was counted', () => {
    const table = foldTraceText('gpt-5 generation 0-9 in=3118 cached=2560 out=640 total=3758');
    const estimate = estimateSpan(table, 0, book);
    if (typeof estimate === 'string') throw new Error(estimate);
    expect(explainCost(estimate, book)).toEqual([
      '558 in × $1.25 a million + 2,560 cached × $0.125 a million + 640 out × $10 a million = $0.0074175',
      `OpenAI’s price of gpt-5, by prices of ${book.date}`,
      'The cache is part of the input: the total is input and output',
    ]);
  });

  it('of a trace says what is not in it', () => {
    const table = foldTraceText(`
      gpt-5     generation  0-9    in=1000 out=200
      my-model  generation  10-19  in=1000 out=200
    `);
    const { sum } = computeSpanCosts(table, linkSpans(table), book);
    expect(describeCost(sum, book).split('\n')).toEqual([
      'An estimate of 1 call, $0.00325',
      'Not in it: 1 call of my-model, no price is known',
      `By prices of ${book.date} (${book.id})`,
    ]);
  });
});
