import { expect, test } from 'vitest';
import { WhatIfTally, type WhatIfRule } from '../../../../core/analysis/cost/what-if.ts';
import { computeSpanCosts } from '../../../../core/analysis/cost/span-costs.ts';
import { linkSpans } from '../../../../core/analysis/span-tree.ts';
import { foldTraceText } from '../../../build/read-trace-text.ts';
import { snapshotBook } from './snapshot.ts';

const book = snapshotBook();

function reckon(rule: Partial<WhatIfRule>, ...drawings: readonly string[]): WhatIfTally {
  const tally = new WhatIfTally({ models: [], cacheHitRate: undefined, ...rule }, book);
  for (const drawing of drawings) {
    const table = foldTraceText(drawing);
    tally.add(table, linkSpans(table));
  }
  return tally;
}

const to = (model: string, from?: string): WhatIfRule['models'][number] => ({
  from,
  to: model,
  provider: undefined,
});

test('another model is paid by its own prices, for the same tokens', () => {
  // gpt-5: 1.25 in and 10 out a million; gpt-5-mini: 0.25 and 2.
  const { sums, traces } = reckon(
    { models: [to('gpt-5-mini')] },
    'gpt-5 generation 0-9 in=1000 out=200',
    'gpt-5 generation 0-9 in=3000 out=100',
  );
  expect(traces).toBe(2);
  expect(sums).toEqual([
    {
      ...{ model: 'gpt-5', becomes: 'gpt-5-mini', calls: 2 },
      ...{ inputTokens: 4000, cachedTokens: 0, cachedTokensAfter: 0, outputTokens: 300 },
      oldUsd: expect.closeTo(0.008, 12) as number,
      newUsd: expect.closeTo(0.0016, 12) as number,
    },
  ]);
});

test('only the models that are named change, by the first change that names them, in any case', () => {
  const { sums } = reckon(
    { models: [to('gpt-5-mini', 'GPT-5'), to('gpt-5-nano', 'gpt-5')] },
    `
      a  agent       0--------40
        gpt-5    generation  0-9    in=1000 out=200
        gpt-4.1  generation  10-19  in=1000 out=200
    `,
  );
  expect(sums.map(({ model, becomes }) => [model, becomes])).toEqual([
    ['gpt-4.1', 'gpt-4.1'],
    ['gpt-5', 'gpt-5-mini'],
  ]);
  expect(sums[0]?.newUsd).toBe(sums[0]?.oldUsd);
});

test('another share of the cache moves tokens from one price to the other and none away', () => {
  // 10,000 in at 1.25, of which the cache answers half at 0.125, and 100 out at 10.
  const { sums } = reckon({ cacheHitRate: 0.5 }, 'gpt-5 generation 0-9 in=10000 out=100');
  expect(sums[0]).toMatchObject({ inputTokens: 10_000, cachedTokens: 0, cachedTokensAfter: 5000 });
  expect(sums[0]?.oldUsd).toBeCloseTo(0.0135, 12);
  expect(sums[0]?.newUsd).toBeCloseTo(0.007_875, 12);
});

test('the cache of an input that stands beside it counts as input, and what was written is written still', () => {
  // Beside 500: 9,000 read × 0.3, 500 written × 3.75, 500 × 3, 100 out × 15; then 8,000 read, 500 written, 1,500 anew.
  const { sums } = reckon(
    { cacheHitRate: 0.8 },
    'claude-sonnet-4-5 generation 0-9 in=500 cached=9000 written=500 out=100',
  );
  expect(sums[0]).toMatchObject({ inputTokens: 10_000, cachedTokens: 9000, cachedTokensAfter: 8000 });
  expect(sums[0]?.oldUsd).toBeCloseTo((9000 * 0.3 + 500 * 3.75 + 500 * 3 + 100 * 15) / 1e6, 12);
  expect(sums[0]?.newUsd).toBeCloseTo((8000 * 0.3 + 500 * 3.75 + 1500 * 3 + 100 * 15) / 1e6, 12);
});

test('what has no price on one side is in neither sum, and listed with that side', () => {
  const { sums, leftOut } = reckon(
    { models: [to('gpt-5-mini', 'my-model'), to('nobody-sells-this', 'gpt-4.1')] },
    `
      a  agent       0--------60
        my-model  generation  0-9    in=1000 out=200
        my-model  generation  10-19  in=1000 out=200
        gpt-4.1   generation  20-29  in=1000 out=200
        -         response    30-39  in=10 out=1
        gpt-5     generation  40-49
    `,
  );
  expect(sums).toEqual([]);
  expect(leftOut).toEqual([
    { model: 'my-model', becomes: 'gpt-5-mini', side: 'before', reason: 'unknown-model', calls: 2 },
    { model: 'gpt-4.1', becomes: 'nobody-sells-this', side: 'after', reason: 'unknown-model', calls: 1 },
    { model: undefined, becomes: '', side: 'before', reason: 'no-model', calls: 1 },
    { model: 'gpt-5', becomes: 'gpt-5', side: 'before', reason: 'unknown-tokens', calls: 1 },
  ]);
});

test('without a change it comes to what the traces cost', () => {
  const drawing = `
    a  agent       0--------60
      gpt-5             generation  0-9    in=1000 cached=400 out=200
      claude-sonnet-4-5 generation  10-19  in=500 cached=9000 written=500 out=100
      gemini-2.5-pro    generation  20-29  in=300000 out=100
  `;
  const table = foldTraceText(drawing);
  const { sum } = computeSpanCosts(table, linkSpans(table), book);
  const { sums } = reckon({}, drawing);
  const [old, now] = [
    sums.reduce((n, { oldUsd }) => n + oldUsd, 0),
    sums.reduce((n, { newUsd }) => n + newUsd, 0),
  ];
  expect(old).toBeCloseTo(sum.usd ?? 0, 12);
  expect(now).toBeCloseTo(sum.usd ?? 0, 12);
});
