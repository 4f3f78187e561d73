/** A search over all payloads, with the host's own threads (one and two), beside a pass that looks for the same bytes and nothing else. */
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { JsonObject } from '../../../core/model/json.ts';
import { systemClock } from '../../../electron/host/host.ts';
import { openStore } from '../../../electron/host/open-store.ts';
import { readPrices } from '../../../electron/host/prices/read-prices.ts';
import { ThreadCrew } from '../../../electron/host/search/scan-crew.ts';
import { SearchDesk } from '../../../electron/host/search/search-desk.ts';
import { median } from '../median.ts';

/** In no text of the generator, so that all is read; the other is in most. */
const ABSENT = 'nowhere-to-be-found';
const COMMON = 'invoice';
const RUNS = 5;

/** A child of its own: what was read before is in the system's cache, as it is after an import. */
export async function measureSearch(directory: string): Promise<JsonObject> {
  const store = await openStore(directory, systemClock);
  const journal = join(directory, 'journal');
  const bareMs: number[] = [];
  const firstHitMs: number[] = [];
  /** By how many threads read. */
  const searchMs: Readonly<Record<'1' | '2', number[]>> = { 1: [], 2: [] };
  let bytes = 0;
  for (let run = 0; run < RUNS; run++) {
    const bare = await scanBare(journal);
    bytes = bare.bytes;
    bareMs.push(bare.ms);
    for (const threads of [1, 2] as const) {
      const crew = new ThreadCrew(resolve('out/main/search-thread.js'), threads);
      const desk = new SearchDesk({
        ...{ library: store.library, directory: journal, clock: systemClock, crew },
        readPrices: () => readPrices(directory),
      });
      const started = performance.now();
      const done = await desk.start({ runId: 'bench', words: ABSENT, query: '' }, () => undefined);
      if (done.spans > 0 || done.bytesRead < bytes) throw new Error('a search did not read everything');
      searchMs[threads].push(performance.now() - started);
      let firstMs: number | undefined;
      const again = performance.now();
      await desk.start({ runId: 'bench', words: COMMON, query: '' }, (hits) => {
        if (hits.length > 0) firstMs ??= performance.now() - again;
      });
      if (threads === 2) firstHitMs.push(firstMs ?? Number.NaN);
    }
  }
  await store.close();
  const rate = (times: readonly number[]): number => bytes / 1000 / median(times);
  return {
    ...{ bytes, bareMbPerSecond: rate(bareMs), mbPerSecond: rate(searchMs[2]) },
    ...{ oneThreadMbPerSecond: rate(searchMs[1]), firstHitMs: median(firstHitMs) },
  };
}

/** Reads every segment and looks for the letters as they stand: no capitals, no escapes, no lines. */
async function scanBare(journal: string): Promise<{ readonly bytes: number; readonly ms: number }> {
  const started = performance.now();
  let bytes = 0;
  for (const name of await readdir(journal)) {
    if (!/\.jsonl$/.test(name)) continue;
    const segment = await readFile(join(journal, name));
    if (segment.includes(ABSENT)) throw new Error('the absent words are there');
    bytes += segment.length;
  }
  return { bytes, ms: performance.now() - started };
}
