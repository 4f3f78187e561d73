/**
 * kill -9 of a real host at seeded random points of an import: while it reads into its stage, and while what was
 * read is added. After the next start all of the file is in the library or nothing, and what was acknowledged
 * before is there. Half of TRACEBENCH_KILL_POINTS says how many points.
 */
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectToHost, type HostClient } from '../../electron/host/client/host-client.ts';
import { readHostUrl } from '../../electron/host/client/read-host-url.ts';
import { writeCorpus, type CorpusFile } from '../bench/corpus-file.ts';
import { Prng } from '../generate/prng.ts';
import { makeDataDirectory, startHost, type RunningHost } from '../running-host/running-host.ts';
import { Producer, spanBatch } from './producer.ts';

/** Each takes some seconds. */
const POINTS = Math.ceil(Number(process.env['TRACEBENCH_KILL_POINTS'] ?? '10') / 2);
const SEED = Number(process.env['TRACEBENCH_KILL_SEED'] ?? '20261122');
/** One that is staged as batches, and one of two segments. */
const SPANS = [2000, 56_000];
const LIVE_TRACES = 3;

describe('kill -9 while a file is imported', () => {
  let folder = '';
  const files: CorpusFile[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tracebench-test-'));
    for (const spans of SPANS) files.push(await writeCorpus(join(folder, `${String(spans)}.jsonl`), spans));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it(`faults 44 and 46: at ${String(POINTS)} seeded random points all of it is there, or nothing`, async () => {
    const prng = new Prng(SEED);
    const seen = { nothing: 0, all: 0 };
    for (let point = 0; point < POINTS; point++) {
      const file = files[point % 3 === 0 ? 0 : 1];
      if (file === undefined) throw new Error('no file was written');
      const when = `point ${String(point)} of seed ${String(SEED)}`;
      const data = await makeDataDirectory();
      try {
        const live = await importUntilKilled(data, file, prng);
        const again = await startHost({ data });
        const client = await connect(again);
        const found = (await countSpans(client)) - live;
        expect([0, file.spans], when).toContain(found);
        seen[found === 0 ? 'nothing' : 'all']++;
        await client.importPaths([file.path]);
        expect(await countSpans(client), `the import anew after ${when}`).toBe(file.spans + live);
        expect(await leftIn(join(data, 'imports')), when).toEqual([]);
        await client.close();
        await again.stop();
      } finally {
        await rm(data, { recursive: true, force: true });
      }
    }
    // A suite that only ever killed on one side of the border would prove little.
    if (POINTS >= 10) expect(Math.min(seen.nothing, seen.all)).toBeGreaterThan(0);
  });

  it('two imports of one file at once are one', async () => {
    const file = files[1];
    const data = await makeDataDirectory();
    try {
      const host = await startHost({ data });
      const clients = [await connect(host), await connect(host)];
      await Promise.all(clients.map((client) => client.importPaths([file?.path ?? ''])));
      for (const client of clients) {
        expect(await countSpans(client)).toBe(file?.spans);
        await client.close();
      }
      await host.stop();
    } finally {
      await rm(data, { recursive: true, force: true });
    }
  });
});

/** Returns how many live spans were acknowledged before. */
async function importUntilKilled(data: string, file: CorpusFile, prng: Prng): Promise<number> {
  const host = await startHost({ data });
  const producer = new Producer(host.ingest);
  const batch = spanBatch(prng, LIVE_TRACES);
  expect(await producer.post(batch)).toBe(204);
  producer.close();
  const client = await connect(host);
  const over = new AbortController();
  const end = (): void => {
    over.abort();
  };
  // A host that is killed answers nobody: that is the point.
  const importing = client.importPaths([file.path]).then(end, end);
  const reached = prng.chance(0.5) ? staged(data, file.bytes * prng.next()) : added(data, prng.int(0, 2));
  while (!over.signal.aborted && !(await reached())) await new Promise(setImmediate);
  const turns = prng.int(0, 60);
  for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
  await host.kill();
  await importing;
  await client.close();
  return batch.spanIds.length;
}

/** True once so many bytes of the file are staged. */
function staged(data: string, bytes: number): () => Promise<boolean> {
  return async () => (await bytesIn(join(data, 'imports'))) >= bytes;
}

/** True once the journal has so many segments more than the one that is written to. */
function added(data: string, segments: number): () => Promise<boolean> {
  return async () => {
    const names = await leftIn(join(data, 'journal'));
    return names.filter((name) => name.endsWith('.jsonl')).length > segments;
  };
}

async function bytesIn(folder: string): Promise<number> {
  let sum = 0;
  for (const name of await leftIn(folder)) {
    const path = join(folder, name);
    const stats = await stat(path).catch(() => undefined);
    if (stats !== undefined) sum += stats.isDirectory() ? await bytesIn(path) : stats.size;
  }
  return sum;
}

/** Nothing where there is no such folder, or where it has just gone. */
async function leftIn(folder: string): Promise<readonly string[]> {
  return await readdir(folder).catch(() => []);
}

async function connect(host: RunningHost): Promise<HostClient> {
  const address = readHostUrl(host.ui);
  if (address === undefined) throw new Error('serve printed no address');
  return await connectToHost(address);
}

async function countSpans(client: HostClient): Promise<number> {
  return (await client.list(undefined)).reduce((sum, { spans }) => sum + spans, 0);
}
