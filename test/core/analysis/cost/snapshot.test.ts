/** The snapshot beside the package it was made from: for every model both must reckon the same. */
import { calcPrice, waitForUpdate } from '@pydantic/genai-prices';
import { describe, expect, it } from 'vitest';
import { computeCost } from '../../../../core/analysis/cost/compute-cost.ts';
import { readSnapshot, snapshotBook } from './snapshot.ts';

const CALLS = [
  { input: 1000, cacheRead: 0, cacheWrite: 0, output: 100 },
  { input: 90_000, cacheRead: 70_000, cacheWrite: 12_345, output: 4_321 },
  // Over every tier of context.
  { input: 1_300_000, cacheRead: 700_001, cacheWrite: 1, output: 64_000 },
];
const TIMES = ['2025-01-01T12:00:00Z', '2026-08-20T02:30:00Z', '2026-09-30T20:00:00Z'];

describe('the price snapshot', () => {
  it('is read without a problem', () => {
    const { table, problems } = readSnapshot();
    expect(problems).toEqual([]);
    expect(table.date).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(table.providers.length).toBeGreaterThan(30);
  });

  it('gives each model that its package prices by tokens the same cost at any time and size', async () => {
    const book = snapshotBook();
    const different: string[] = [];
    let compared = 0;
    for (const provider of (await waitForUpdate()) ?? []) {
      for (const { id: model } of provider.models) {
        for (const { input, cacheRead, cacheWrite, output } of CALLS) {
          for (const time of TIMES) {
            const usage = {
              ...{ input_tokens: input, output_tokens: output },
              ...{ cache_read_tokens: cacheRead, cache_write_tokens: cacheWrite },
            };
            const peer = calcPrice(usage, model, { providerId: provider.id, timestamp: new Date(time) });
            const chosen = book.choose(model, provider.id, Date.parse(time) * 1000);
            if ((peer === null) !== (chosen === undefined)) different.push(`${provider.id} ${model}`);
            if (peer === null || chosen === undefined) continue;
            const tokens = { input, output, total: undefined, cacheRead, cacheWrite, reasoning: 0 };
            const ours = computeCost(tokens, chosen);
            // Without a price of one side we say that we do not know, and the package that it is free.
            if (typeof ours === 'string') continue;
            compared++;
            if (Math.abs(ours.usd - peer.total_price) > 1e-9)
              different.push(`${provider.id} ${model} ${time}`);
          }
        }
      }
    }
    expect(different).toEqual([]);
    expect(compared).toBeGreaterThan(10_000);
  });
});
