/** What stored traces cost, as the host tells it: by the prices of now, and told anew when these change. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { WhatIfWish } from '../../../../core/rpc/costs.ts';
import { BadQueryError, CancelledError } from '../../../../electron/host/corpus/corpus-desk.ts';
import { CostDesk } from '../../../../electron/host/prices/cost-desk.ts';
import { PRICES_FILE, readPrices } from '../../../../electron/host/prices/read-prices.ts';
import { plantCorpus } from '../../../generate/plant-corpus.ts';
import { NOW_US, makeBatch, openTestStore } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

async function openDesk() {
  const directory = await makeTemporaryDirectory();
  const { store } = await openTestStore(directory);
  await store.append(makeBatch(plantCorpus({ seed: 3, traces: 20, planted: true }).records), false);
  const desk = new CostDesk({
    library: store.library,
    clock: () => NOW_US,
    readPrices: () => readPrices(directory),
  });
  onTestFinished(() => {
    desk.stop();
  });
  const ids = store.library.summaries().map(({ id }) => id);
  const setPrice = (dollars: number): Promise<void> =>
    writeFile(join(directory, PRICES_FILE), JSON.stringify(ownTable(dollars)));
  return { desk, store, ids, setPrice };
}

/** Every model at the same price. */
function ownTable(dollars: number): object {
  const prices = { input_mtok: dollars, output_mtok: dollars, cache_read_mtok: dollars };
  return { providers: [{ id: 'mine', models: [{ id: 'all', match: { regex: '.' }, prices }] }] };
}

const WISH: WhatIfWish = { models: [{ from: null, to: 'gpt-5-mini', provider: null }], cacheHitRate: null };

test('costs come in the order of the ids, and null for a trace that is not there', async () => {
  const { desk, ids } = await openDesk();
  const [first = '', second = ''] = ids;
  const { prices, costs } = await desk.list([second, 'nobody', first]);
  expect(prices).toMatch(/genai-prices/);
  expect(costs[1]).toBeNull();
  expect(costs[0]?.prices).toBe(prices);
  const { costs: alone } = await desk.list([first]);
  expect(alone).toEqual([costs[2]]);
  expect((costs[0]?.usd ?? 0) > 0).toBe(true);
});

test('other prices are told to who listens, and make other figures', async () => {
  const { desk, ids, setPrice } = await openDesk();
  const before = await desk.list(ids);
  const told: string[] = [];
  desk.onPrices((prices) => told.push(prices));
  await setPrice(1000);
  const after = await desk.list(ids);
  expect(told).toEqual([after.prices]);
  expect(after.prices).not.toBe(before.prices);
  const sum = (costs: typeof before.costs): number => costs.reduce((all, each) => all + (each?.usd ?? 0), 0);
  expect(sum(after.costs)).toBeGreaterThan(sum(before.costs) * 10);
  await desk.list(ids);
  expect(told).toHaveLength(1);
});

test('what if is asked of the traces of a query, and comes to what they cost where nothing changes', async () => {
  const { desk, ids } = await openDesk();
  const { costs } = await desk.list(ids);
  const cost = costs.reduce((all, each) => all + (each?.usd ?? 0), 0);
  const same = await desk.whatIf('r1', '', { models: [], cacheHitRate: null }, () => undefined);
  expect(same.traces).toBe(ids.length);
  expect(same.oldUsd).toBeCloseTo(cost, 9);
  expect(same.newUsd).toBeCloseTo(cost, 9);
  const other = await desk.whatIf('r1', `id:${ids[0] ?? ''}`, WISH, () => undefined);
  expect(other.traces).toBe(1);
  expect(other.oldUsd).toBeCloseTo(costs[0]?.usd ?? 0, 9);
  expect(other.rows.every(({ becomes }) => becomes === 'gpt-5-mini')).toBe(true);
});

test('a query that cannot be read is refused, and a run can be stopped', async () => {
  const { desk } = await openDesk();
  await expect(desk.whatIf('r1', 'cost>', WISH, () => undefined)).rejects.toThrow(BadQueryError);
  const run = desk.whatIf('r1', '', WISH, () => undefined);
  desk.cancel('r1');
  await expect(run).rejects.toThrow(CancelledError);
});
