/** The page's library in a real Chromium: the same whatever happens to the browser while it is fed. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { libraryName } from '../../core/store/open-library.ts';
import { Prng } from '../generate/prng.ts';
import { bringCorpus } from './bring-corpus.ts';
import { CountingProxy } from './counting-proxy.ts';
import { expectEqual, expectListed } from './expect-library.ts';
import { pullCursor, pullTruth } from './feed-truth.ts';
import { expect, startHost, test as base } from './harness.ts';
import { startChromium } from './killable-chromium.ts';
import { databaseNames, readCursor, readStored } from './stored-library.ts';

const test = base.extend<{ wire: CountingProxy; profile: string }>({
  // eslint-disable-next-line no-empty-pattern
  wire: async ({}, provide) => {
    const wire = await CountingProxy.start();
    await provide(wire);
    await wire.stop();
  },
  // eslint-disable-next-line no-empty-pattern
  profile: async ({}, provide) => {
    const profile = await mkdtemp(join(tmpdir(), 'tracebench-profile-'));
    await provide(profile);
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  },
});

const KILLS = 10;
const CHUNK_SPANS = 1500;
const FIRST_SPANS = 6000;

test('Chromium killed in mid-feed at ten points goes on from its cursor, and equals one rebuilt from zero', async ({
  host,
  wire,
  profile,
}) => {
  test.setTimeout(240_000);
  const address = wire.leadTo(host.ui);
  const prng = new Prng(7);
  await bringCorpus(host, 100, FIRST_SPANS);
  for (let kill = 0; kill < KILLS; kill++) {
    const chromium = await startChromium(profile);
    await chromium.page.goto(address);
    // What was there before is in: the kill meets the feed of what comes now.
    const { journalId, cursor } = await pullCursor(host.ui);
    await expect.poll(() => readCursor(chromium.page, libraryName(journalId))).toEqual(cursor);
    const killAt = wire.bytes + prng.int(5_000, 100_000);
    const killed = new Promise<void>((resolve) => {
      wire.onBytes = () => {
        if (wire.bytes < killAt) return;
        wire.onBytes = () => undefined;
        resolve(chromium.kill());
      };
    });
    await bringCorpus(host, kill, CHUNK_SPANS);
    await killed;
  }
  const before = wire.bytes;
  const chromium = await startChromium(profile);
  await chromium.page.goto(address);
  const truth = await pullTruth(host.ui);
  await expectEqual(chromium.page, truth);
  const resumed = wire.bytes - before;
  await chromium.close();

  const fresh = await mkdtemp(join(tmpdir(), 'tracebench-profile-'));
  const zero = wire.bytes;
  const rebuilt = await startChromium(fresh);
  await rebuilt.page.goto(address);
  await expectEqual(rebuilt.page, truth);
  await rebuilt.close();
  await rm(fresh, { recursive: true, force: true, maxRetries: 5 });
  expect(truth.rows.length).toBe(FIRST_SPANS + KILLS * CHUNK_SPANS);
  expect(resumed).toBeLessThan((wire.bytes - zero) / 2);
});

test('a library that was deleted by hand is made again, in the open page and after a reload', async ({
  page,
  host,
}) => {
  await bringCorpus(host, 1, CHUNK_SPANS);
  await page.goto(host.ui);
  const truth = await pullTruth(host.ui);
  await expectEqual(page, truth);
  await deleteLibraries(page);
  await expectEqual(page, truth);
  await page.goto('about:blank');
  await page.goto(host.ui);
  await deleteLibraries(page);
  await page.reload();
  await expectEqual(page, truth);
  await expect(page.locator('[data-trace-id]').first()).toBeVisible();
});

test('two tabs through a storm of reloads: both are right at the end', async ({ context, host }) => {
  const tabs = [await context.newPage(), await context.newPage()];
  for (const tab of tabs) await tab.goto(host.ui);
  const storm = (async () => {
    for (let i = 0; i < 12; i++) await tabs[i % 2]?.reload({ waitUntil: 'commit' });
  })();
  await Promise.all([storm, bringCorpus(host, 1, CHUNK_SPANS), bringCorpus(host, 2, CHUNK_SPANS)]);
  const truth = await pullTruth(host.ui);
  for (const tab of tabs) {
    // The lock passes on as the tab that had it is loaded anew.
    await expect.poll(() => tab.evaluate(async () => (await navigator.locks.query()).held?.length)).toBe(1);
    await expectListed(tab, truth);
  }
  const [first] = tabs;
  if (first === undefined) throw new Error('a tab was opened');
  await expectEqual(first, await pullTruth(host.ui));
});

test('two data directories on one origin are two libraries', async ({ page, host, wire }) => {
  const other = await startHost();
  try {
    await bringCorpus(host, 1, 300);
    await bringCorpus(other, 2, 400);
    await page.goto(wire.leadTo(host.ui));
    const first = await pullTruth(host.ui);
    await expect.poll(() => readCursor(page, libraryName(first.journalId))).toEqual(first.cursor);
    await page.goto('about:blank');
    await page.goto(wire.leadTo(other.ui));
    const second = await pullTruth(other.ui);
    await expect.poll(() => readCursor(page, libraryName(second.journalId))).toEqual(second.cursor);
    const names = [first, second].map(({ journalId }) => libraryName(journalId)).sort();
    expect(await databaseNames(page)).toEqual(names);
    const stored = await readStored(page, libraryName(first.journalId));
    expect(stored?.rows).toEqual(first.rows);
    const own = new Set(second.summaries.map(({ id }) => id));
    const shown = await page
      .locator('[data-trace-id]')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-trace-id') ?? ''));
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.filter((id) => !own.has(id))).toEqual([]);
  } finally {
    await other.stop();
    await rm(other.data, { recursive: true, force: true });
  }
});

test('after a reload the list is painted from the library, before the host has said a word', async ({
  page,
  host,
  wire,
}) => {
  await bringCorpus(host, 1, 500);
  await page.goto(wire.leadTo(host.ui));
  const truth = await pullTruth(host.ui);
  await expect.poll(() => readCursor(page, libraryName(truth.journalId))).toEqual(truth.cursor);
  // What was asked for by the page as it was is told to its end.
  let last = -1;
  const isQuiet = (): boolean => last === (last = wire.bytes);
  await expect.poll(isQuiet, { intervals: [400] }).toBe(true);
  wire.hold(true);
  const before = wire.bytes;
  await page.reload();
  await expect(page.locator('[data-trace-id]').first()).toBeVisible();
  await expectListed(page, truth);
  await expect(page.getByTestId('listening')).not.toContainText('Listening on');
  // What the host has said is the answer to the upgrade, and it is still held.
  expect(wire.bytes - before).toBeLessThan(2000);
  wire.hold(false);
  await expect(page.getByTestId('listening')).toContainText('Listening on');
});

async function deleteLibraries(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const { name = '' } of await indexedDB.databases()) {
      await new Promise((resolve) => {
        indexedDB.deleteDatabase(name).onsuccess = resolve;
      });
    }
  });
}
