/** Large files: their segments are written beside the stage and taken over whole, with the same library as ever. */
import { appendFile, readdir, rename, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Importer } from '../../../../electron/host/import/importer.ts';
import { readHere, type Reading } from '../../../../electron/host/import/reading.ts';
import { resumeImports } from '../../../../electron/host/import/resume-imports.ts';
import type { StageLimits } from '../../../../electron/host/import/stage-file.ts';
import type { TraceStore } from '../../../../electron/host/trace-store.ts';
import { generateLines } from '../../../generate/generate.ts';
import { makeBatch, makeSpan, NOW_US, openTestStore, type StoreFixture } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

const clock = (): number => NOW_US;
const SPANS = 1200;
const TEXT = [...generateLines({ seed: 11, spans: SPANS })].map((line) => `${line}\n`).join('');
/** Some five segments, each of a few batches. */
const LARGE: StageLimits = { batchBytes: 100_000, segmentBytes: 300_000 };

interface Fixture extends StoreFixture {
  readonly directory: string;
  readonly stageDirectory: string;
  readonly path: string;
  readonly importer: Importer;
}

async function openFixture(stageLimits: StageLimits = LARGE, reading: Reading = readHere): Promise<Fixture> {
  const directory = await makeTemporaryDirectory();
  const fixture = await openTestStore(directory);
  const stageDirectory = join(directory, 'imports');
  const path = join(directory, 'traces.jsonl');
  await writeFile(path, TEXT);
  const importer = new Importer({ store: fixture.store, clock, stageDirectory, stageLimits, reading });
  return { ...fixture, directory, stageDirectory, path, importer };
}

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

/** All that a library can be asked: summaries, and the record of every span. */
function contentOf(store: TraceStore): unknown {
  return store.library
    .summaries()
    .toSorted(byId)
    .map((summary) => {
      const spans = store.library.findTrace(summary.id)?.spans;
      const ids = Array.from({ length: spans?.length ?? 0 }, (_, row) => spans?.spanId(row) ?? '').sort();
      return { summary, details: store.readSpans(summary.id, ids) };
    });
}

const spansOf = (store: TraceStore): number =>
  store.library.summaries().reduce((sum, { spans }) => sum + spans, 0);

async function segmentsIn(directory: string): Promise<number> {
  return (await readdir(join(directory, 'journal'))).filter((name) => name.endsWith('.jsonl')).length;
}

/** Reads, and keeps the stage with its segments as they stood when the host was killed. */
async function killAfterReading(fixture: Fixture): Promise<string> {
  const kept = join(fixture.stageDirectory, 'kept.stage');
  const reading: Reading = {
    read: async (input, task, parts) => {
      await readHere.read(input, task, parts);
      await rename(task.stagePath, kept);
      await rename(`${task.stagePath}.segments`, `${kept}.segments`);
      return undefined;
    },
    close: () => Promise.resolve(),
  };
  const { store, stageDirectory, path } = fixture;
  const importer = new Importer({ store, clock, stageDirectory, stageLimits: LARGE, reading });
  await importer.importPaths('i', [path]);
  return kept;
}

describe('a large file', () => {
  it('gives the library that batches give, now and after a restart', async () => {
    const small = await openFixture({ batchBytes: Infinity });
    const large = await openFixture();
    const [asBatches] = await small.importer.importPaths('i', [small.path]);
    const [asSegments] = await large.importer.importPaths('i', [large.path]);
    expect({ ...asSegments, path: '' }).toEqual({ ...asBatches, path: '' });
    expect(await segmentsIn(small.directory)).toBe(1);
    expect(await segmentsIn(large.directory)).toBeGreaterThan(3);
    const content = contentOf(small.store);
    expect(contentOf(large.store)).toEqual(content);
    await large.store.close();
    const again = await openTestStore(large.directory);
    expect(again.store.notices).toEqual([]);
    expect(contentOf(again.store)).toEqual(content);
    expect(await readdir(large.stageDirectory)).toEqual([]);
    expect(large.bugs).toEqual([]);
  });

  it('gives it without its sidecars, too', async () => {
    const { importer, store, directory, path } = await openFixture();
    await importer.importPaths('i', [path]);
    const content = contentOf(store);
    await store.close();
    const journal = join(directory, 'journal');
    for (const name of await readdir(journal)) {
      if (name.endsWith('.columns')) await truncate(join(journal, name), 10);
    }
    const again = await openTestStore(directory);
    expect(again.store.notices).toEqual([]);
    expect(contentOf(again.store)).toEqual(content);
  });

  it('stands behind what came before, and what comes after joins it', async () => {
    const { importer, store, directory, path } = await openFixture();
    await store.append(makeBatch([makeSpan('before', 'a')]), true);
    await importer.importPaths('i', [path]);
    await store.append(makeBatch([makeSpan('before', 'b'), makeSpan('after', 'c')]), true);
    const segments = await segmentsIn(directory);
    expect(store.library.findSummary('before')?.spans).toBe(2);
    expect(store.library.segmentsOf('before')).toEqual([1, segments]);
    await store.close();
    const again = await openTestStore(directory);
    expect(again.store.library.findSummary('before')?.spans).toBe(2);
    expect(spansOf(again.store)).toBe(SPANS + 3);
  });

  it('counts once, however often it is imported, two at a time among them', async () => {
    const { importer, store, path } = await openFixture();
    await Promise.all([importer.importPaths('a', [path]), importer.importPaths('b', [path])]);
    await importer.importPaths('c', [path]);
    expect(spansOf(store)).toBe(SPANS);
  });

  it('leaves out the traces that are to stay away, and brings them back where that is asked', async () => {
    const { importer, store, path, directory } = await openFixture();
    await importer.importPaths('i', [path]);
    const all = store.library.summaries().toSorted(byId);
    const [gone, ...others] = all;
    await store.delete([gone?.id ?? ''], true, 'user');
    const [report] = await importer.importPaths('i', [path]);
    expect(report?.skipped).toBeGreaterThan(0);
    expect(store.library.summaries().toSorted(byId)).toEqual(others);
    await importer.importPaths('i', [path], true);
    expect(store.library.summaries().toSorted(byId)).toEqual(all);
    await store.close();
    expect((await openTestStore(directory)).store.library.summaries().toSorted(byId)).toEqual(all);
  });

  it('that is cancelled leaves the library and the disk as they were', async () => {
    const { importer, store, path, stageDirectory } = await openFixture();
    await appendFile(path, TEXT.repeat(8));
    const before = await store.bytesOnDisk();
    const done = importer.importPaths('i', [path]);
    setImmediate(() => {
      importer.cancel('i');
    });
    expect((await done)[0]?.cancelled).toBe(true);
    expect(await store.bytesOnDisk()).toBe(before);
    expect(await readdir(stageDirectory)).toEqual([]);
  });
});

describe('a large file whose import a crash broke off', () => {
  it('goes on at the next start', async () => {
    const fixture = await openFixture();
    const stage = await killAfterReading(fixture);
    const names = await readdir(`${stage}.segments`);
    expect(names.length).toBeGreaterThan(3);
    expect(spansOf(fixture.store)).toBe(0);
    expect(await resumeImports(fixture.store, fixture.stageDirectory)).toEqual([
      'The import of traces.jsonl was broken off and has been finished.',
    ]);
    expect(spansOf(fixture.store)).toBe(SPANS);
    expect(await readdir(fixture.stageDirectory)).toEqual([]);
  });

  it.each([1, 2, 3])('does not take a segment twice, after %i of them', async (taken) => {
    const fixture = await openFixture();
    await killAfterReading(fixture);
    const { directory, store, files, stageDirectory } = fixture;
    let adopted = 0;
    const adopt = files.adopt;
    Object.assign(files, {
      adopt: async (path: string, name: string) => {
        if (adopted++ === taken) throw Object.assign(new Error('killed'), { code: 'EIO' });
        await adopt(path, name);
      },
    });
    const [notice] = await resumeImports(store, stageDirectory);
    expect(notice).toMatch(/waits for the next start/);
    Object.assign(files, { adopt });
    await store.close();
    const again = await openTestStore(directory);
    expect(await resumeImports(again.store, stageDirectory)).toEqual([
      'The import of traces.jsonl was broken off and has been finished.',
    ]);
    expect(spansOf(again.store)).toBe(SPANS);
    const bytes = await again.store.fileSizes();
    const lines = [...bytes]
      .filter(([name]) => name.endsWith('.jsonl'))
      .reduce((sum, [, size]) => sum + size, 0);
    // Headers and contexts are a tenth at most: nothing stands there twice.
    expect(lines).toBeLessThan(TEXT.length * 1.3);
    expect(await readdir(stageDirectory)).toEqual([]);
  });

  it('is told as broken where a segment of it is not whole', async () => {
    const fixture = await openFixture();
    const stage = await killAfterReading(fixture);
    await truncate(join(`${stage}.segments`, '000002.jsonl'), 1000);
    expect(await resumeImports(fixture.store, fixture.stageDirectory)).toEqual([
      'The import of traces.jsonl was broken off and could not be finished; import it again.',
    ]);
    expect(await readdir(fixture.stageDirectory)).toEqual([]);
    await fixture.importer.importPaths('i', [fixture.path]);
    expect(spansOf(fixture.store)).toBe(SPANS);
  });

  it('leaves no segments behind whose stage is gone', async () => {
    const fixture = await openFixture();
    const stage = await killAfterReading(fixture);
    await rename(stage, join(dirname(stage), 'elsewhere'));
    expect(await resumeImports(fixture.store, fixture.stageDirectory)).toEqual([]);
    expect(await readdir(fixture.stageDirectory)).toEqual(['elsewhere']);
  });
});
