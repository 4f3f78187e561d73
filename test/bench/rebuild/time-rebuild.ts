/** The two that are held against each other: a page that makes its library again, and the bare pull of the bytes. */
import { chromium, type Page } from '@playwright/test';
import type { DurationMs } from '../../../core/model/time.ts';
import { libraryName } from '../../../core/store/open-library.ts';
import { findChromium } from '../../../scripts/chromium.mjs';
import { askHost } from '../../e2e/ask-host.ts';
import { pullAll, pullCursor } from '../../e2e/feed-truth.ts';
import { readCursor } from '../../e2e/stored-library.ts';

/** A page whose library is whole. */
export async function openPage(ui: string): Promise<Page> {
  const executablePath = findChromium();
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--disable-gpu', '--no-first-run', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  const page = await browser.newPage();
  await page.goto(ui);
  await untilWhole(page, ui);
  return page;
}

export async function timePull(ui: string): Promise<{ readonly ms: DurationMs; readonly bytes: number }> {
  return await askHost(ui, async (line) => {
    let pulled = 0;
    const start = performance.now();
    await pullAll(line, ({ bytes }) => {
      pulled += bytes?.length ?? 0;
    });
    return { ms: performance.now() - start, bytes: pulled };
  });
}

/** Deletes the library under the page, which notices and makes it again. */
export async function timeRebuild(page: Page, ui: string): Promise<DurationMs> {
  const start = performance.now();
  await page.evaluate(async () => {
    for (const { name = '' } of await indexedDB.databases()) {
      await new Promise((resolve) => {
        indexedDB.deleteDatabase(name).onsuccess = resolve;
      });
    }
  });
  await untilWhole(page, ui);
  return performance.now() - start;
}

/** Where the host stands was asked before: the polling costs a read of one small record. */
async function untilWhole(page: Page, ui: string): Promise<void> {
  const { journalId, cursor } = await standOf(ui);
  const wanted = JSON.stringify(cursor);
  const name = libraryName(journalId);
  while (JSON.stringify(await readCursor(page, name)) !== wanted) await page.waitForTimeout(10);
}

type Stand = Awaited<ReturnType<typeof pullCursor>>;
const stands = new Map<string, Stand>();

async function standOf(ui: string): Promise<Stand> {
  const known = stands.get(ui) ?? (await pullCursor(ui));
  stands.set(ui, known);
  return known;
}
