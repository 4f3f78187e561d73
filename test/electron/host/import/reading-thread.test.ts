/** The built thread that reads files: the same stages as here, the door open meanwhile, and what its death costs. */
import { execFile } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Importer } from '../../../../electron/host/import/importer.ts';
import { ReadingThread } from '../../../../electron/host/import/reading-thread.ts';
import { generateLines } from '../../../generate/generate.ts';
import { NOW_US, openTestStore, type StoreFixture } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

const inProject = (path: string): string => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));
const clock = (): number => NOW_US;

beforeAll(async () => {
  await promisify(execFile)(process.execPath, [inProject('scripts/prepare.mjs')]);
}, 120_000);

interface Fixture extends StoreFixture {
  readonly directory: string;
  readonly importer: Importer;
}

async function openFixture(thread = inProject('out/main/import-thread.js')): Promise<Fixture> {
  const directory = await makeTemporaryDirectory();
  const fixture = await openTestStore(directory);
  const reading = new ReadingThread(thread);
  onTestFinished(() => reading.close());
  const stageDirectory = join(directory, 'imports');
  const importer = new Importer({ store: fixture.store, clock, stageDirectory, reading });
  return { ...fixture, directory, importer };
}

const spansOf = (store: StoreFixture['store']): number =>
  store.library.summaries().reduce((sum, { spans }) => sum + spans, 0);

const generate = (spans: number): string =>
  [...generateLines({ seed: 5, spans })].map((line) => `${line}\n`).join('');

async function writeTraces({ directory }: Fixture, spans: number): Promise<string> {
  const path = join(directory, 'traces.jsonl');
  await writeFile(path, generate(spans));
  return path;
}

describe('reading in a thread', () => {
  it('gives the library that reading here gives', async () => {
    const there = await openFixture();
    const path = await writeTraces(there, 2000);
    const [report] = await there.importer.importPaths('i', [path]);
    const { store } = await openTestStore(await makeTemporaryDirectory());
    const stageDirectory = join(there.directory, 'here');
    const [same] = await new Importer({ store, clock, stageDirectory }).importPaths('i', [path]);
    expect(report).toEqual(same);
    const strip = (summaries: readonly object[]): unknown => summaries.map((each) => ({ ...each }));
    expect(strip(there.store.library.summaries())).toEqual(strip(store.library.summaries()));
  });

  it('takes a stream part by part', async () => {
    const { importer, store } = await openFixture();
    const parts = generate(1000).match(/[^]{1,50000}/g) ?? [];
    const body = Readable.from(parts.map((part) => Buffer.from(part)));
    const report = await importer.importStream(body, { importId: 'i', name: 'stream', bytes: 0 });
    expect(report).toMatchObject({ path: 'stream', spans: 1000, skipped: 0 });
    expect(spansOf(store)).toBe(1000);
  });

  it('undoes a stream that is cancelled while nothing more of it comes', async () => {
    const { importer, store, directory } = await openFixture();
    const body = new Readable({ read: () => undefined });
    body.push(generate(200));
    const done = importer.importStream(body, { importId: 'i', name: 'stream', bytes: 0 });
    importer.cancel('i');
    expect((await done).cancelled).toBe(true);
    expect(store.library.traceCount).toBe(0);
    expect(await readdir(join(directory, 'imports'))).toEqual([]);
  });

  it('undoes a stream that is cancelled in the middle, and leaves its rest to flow for whoever sent it', async () => {
    const { importer, store } = await openFixture();
    const part = Buffer.from(generate(500));
    let left = 40;
    const body = new Readable({
      read() {
        if (left === 30) importer.cancel('i');
        this.push(left-- > 0 ? part : null);
      },
    });
    const report = await importer.importStream(body, { importId: 'i', name: 'stream', bytes: 0 });
    expect(report.cancelled).toBe(true);
    expect(store.library.traceCount).toBe(0);
    await new Promise((resolve) => body.on('end', resolve).resume());
    expect(left).toBeLessThan(0);
  });

  it('ends at once where a stream is cancelled that has stopped in the middle', async () => {
    const { importer } = await openFixture();
    const body = new Readable({ read: () => undefined });
    body.push(generate(3000));
    const done = importer.importStream(body, { importId: 'i', name: 'stream', bytes: 0 });
    // The first part is taken; the second is asked for, and never comes.
    await vi.waitFor(() => expect(body.readableLength).toBe(0));
    importer.cancel('i');
    expect((await done).cancelled).toBe(true);
  });

  it('tells a file that cannot be opened from one that can', async () => {
    const fixture = await openFixture();
    const path = await writeTraces(fixture, 10);
    const reports = await fixture.importer.importPaths('i', [join(fixture.directory, 'none'), path]);
    expect(reports.map(({ spans, diagnostics }) => [spans, diagnostics.length])).toEqual([
      [0, 1],
      [10, 0],
    ]);
  });

  it('answers others while a large file is read', async () => {
    const fixture = await openFixture();
    const path = await writeTraces(fixture, 30_000);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const [report] = await fixture.importer.importPaths('i', [path]);
    delay.disable();
    expect(report?.spans).toBe(30_000);
    // Read here it stands still for as long as a chunk takes, again and again; the bound leaves room for a busy machine.
    expect(delay.max / 1_000_000).toBeLessThan(500);
    expect(delay.percentile(90) / 1_000_000).toBeLessThan(50);
  });
});

describe('a thread that dies', () => {
  const dying = (when: string): string =>
    `import { parentPort } from 'node:worker_threads';
     parentPort.postMessage({ kind: 'ready' });
     parentPort.on('message', () => { ${when} });`;

  it.each([
    ['with an error', "throw new Error('a bug');"],
    ['silently', 'process.exit(0);'],
  ])('%s fails its import alone: the library is as it was', async (_, when) => {
    const thread = join(await makeTemporaryDirectory(), 'thread.mjs');
    await writeFile(thread, dying(when));
    const fixture = await openFixture(thread);
    const path = await writeTraces(fixture, 10);
    await expect(fixture.importer.importPaths('i', [path])).rejects.toThrow(
      'The reader of the file broke down',
    );
    expect(fixture.store.library.traceCount).toBe(0);
  });

  it('before it came up leaves the reading to the host itself', async () => {
    const thread = join(await makeTemporaryDirectory(), 'thread.mjs');
    await writeFile(thread, "throw new Error('no threads here');");
    const fixture = await openFixture(thread);
    const [report] = await fixture.importer.importPaths('i', [await writeTraces(fixture, 10)]);
    expect(report?.spans).toBe(10);
  });
});
