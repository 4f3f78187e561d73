/** Imports that do not come to their end: what they leave behind, in the library and on disk. */
import { access, mkdir, readdir, readFile, rename, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { FileReport } from '../../../../core/rpc/contract.ts';
import { exportFile } from '../../../../electron/host/export/export-file.ts';
import { Importer } from '../../../../electron/host/import/importer.ts';
import { readHere, type Reading } from '../../../../electron/host/import/reading.ts';
import { resumeImports } from '../../../../electron/host/import/resume-imports.ts';
import { lookAtStage } from '../../../../electron/host/import/read-stage.ts';
import { generateLines } from '../../../generate/generate.ts';
import { NOW_US, openTestStore, type StoreFixture } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

const AT = '2026-06-01T00:00:00.000Z';
const clock = (): number => NOW_US;

interface Fixture extends StoreFixture {
  readonly stageDirectory: string;
  readonly path: string;
  open(reading?: Reading): Importer;
}

const TEXT = [...generateLines({ seed: 9, spans: 400 })].map((line) => `${line}\n`).join('');

async function openFixture(): Promise<Fixture> {
  const directory = await makeTemporaryDirectory();
  const fixture = await openTestStore(directory);
  const stageDirectory = join(directory, 'imports');
  const path = join(directory, 'traces.jsonl');
  await writeFile(path, TEXT);
  return {
    ...fixture,
    stageDirectory,
    path,
    open: (reading = readHere) => new Importer({ store: fixture.store, clock, stageDirectory, reading }),
  };
}

/** A body that calls back before its part with that number. */
function bodyOf(text: string, at: number, then: () => void): Readable {
  const parts = text.match(/.{1,20000}/gs) ?? [];
  return Readable.from(
    (function* () {
      for (const [i, part] of parts.entries()) {
        if (i === at) then();
        yield Buffer.from(part);
      }
    })(),
  );
}

const spansOf = (store: StoreFixture['store']): number =>
  store.library.summaries().reduce((sum, { spans }) => sum + spans, 0);

const filesIn = (directory: string): Promise<readonly string[]> => readdir(directory);

describe('fault 46: an import that is cancelled', () => {
  it('leaves the library and the disk as they were', async () => {
    const { store, stageDirectory, open } = await openFixture();
    const bytesBefore = await store.bytesOnDisk();
    const importer = open();
    const body = bodyOf(TEXT, 3, () => {
      importer.cancel('i');
    });
    const report = await importer.importStream(body, { importId: 'i', name: 'stream', bytes: 0 });
    expect(report).toEqual({
      ...{ path: 'stream', format: '', traces: 0, spans: 0, skipped: 0, diagnostics: [] },
      cancelled: true,
    });
    expect(store.library.traceCount).toBe(0);
    expect(await store.bytesOnDisk()).toBe(bytesBefore);
    expect(await filesIn(stageDirectory)).toEqual([]);
  });

  it('can be begun anew', async () => {
    const { store, path, open } = await openFixture();
    const importer = open();
    const body = bodyOf(TEXT, 1, () => {
      importer.cancel('i');
    });
    await importer.importStream(body, { importId: 'i', name: 'stream', bytes: 0 });
    expect((await importer.importPaths('i', [path]))[0]?.spans).toBe(400);
    expect(spansOf(store)).toBe(400);
  });
});

describe('fault 44: an import that a crash broke off', () => {
  /** Reads, and keeps the stage as it stood when the host was killed. */
  async function killAfterReading({ open, path, stageDirectory }: Fixture): Promise<string> {
    const kept = join(stageDirectory, 'kept.stage');
    const reading: Reading = {
      read: async (input, task, parts) => {
        await readHere.read(input, task, parts);
        await rename(task.stagePath, kept);
        return undefined;
      },
      close: () => Promise.resolve(),
    };
    await open(reading).importPaths('i', [path]);
    return kept;
  }

  it('goes on at the next start where the file had been read to its end', async () => {
    const fixture = await openFixture();
    const stage = await killAfterReading(fixture);
    expect(spansOf(fixture.store)).toBe(0);
    const notices = await resumeImports(fixture.store, fixture.stageDirectory);
    expect(notices).toEqual(['The import of traces.jsonl was broken off and has been finished.']);
    expect(spansOf(fixture.store)).toBe(400);
    await expect(access(stage)).rejects.toThrow('ENOENT');
    expect(await resumeImports(fixture.store, fixture.stageDirectory)).toEqual([]);
  });

  it('counts what had come through once, however often it is added', async () => {
    const fixture = await openFixture();
    await fixture.open().importPaths('i', [fixture.path]);
    const before = fixture.store.library.summaries();
    await killAfterReading(fixture);
    await resumeImports(fixture.store, fixture.stageDirectory);
    expect(fixture.store.library.summaries()).toEqual(before);
  });

  it('tells what became of the file, and keeps the notes of a bundle', async () => {
    const own = await openFixture();
    await own.open().importPaths('i', [own.path]);
    const [trace] = own.store.library.summaries();
    const note = { id: 'n', traceId: trace?.id ?? '', spanId: null, at: AT, text: 'Look.', labels: [] };
    await own.store.putNotes([note]);
    const traceIds = own.store.library.summaries().map(({ id }) => id);
    const exported = exportFile(own.store, { traceIds, to: 'bundle', rules: [], views: [] });
    const parts: Uint8Array[] = [];
    for await (const part of exported?.chunks ?? []) parts.push(part);
    const fixture = await openFixture();
    await writeFile(fixture.path, Buffer.concat(parts));
    await killAfterReading(fixture);
    const kept: FileReport[] = [];
    await resumeImports(fixture.store, fixture.stageDirectory, (report) => {
      kept.push(report);
      return Promise.resolve();
    });
    expect(fixture.store.notesOf([note.traceId])).toEqual([note]);
    expect(kept).toMatchObject([{ path: fixture.path, format: 'tracebundle', spans: 400 }]);
    expect(kept[0]).not.toHaveProperty('bundledNotes');
  });

  it('never keeps the host from starting, although its stage is damaged', async () => {
    const fixture = await openFixture();
    const stage = await killAfterReading(fixture);
    const bytes = await readFile(stage);
    bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 1;
    await writeFile(stage, bytes);
    await mkdir(join(fixture.stageDirectory, 'folder.stage'));
    expect(await resumeImports(fixture.store, fixture.stageDirectory)).toEqual([
      'The import of a file was broken off and could not be finished; import it again.',
      'The import of traces.jsonl was broken off and could not be finished; import it again.',
    ]);
    expect(await filesIn(fixture.stageDirectory)).toEqual([]);
  });

  it('waits for the next start where the disk is full', async () => {
    const fixture = await openFixture();
    await killAfterReading(fixture);
    fixture.files.failOn('write', 'ENOSPC');
    const [notice] = await resumeImports(fixture.store, fixture.stageDirectory);
    expect(notice).toMatch(
      /^The import of traces\.jsonl was broken off, and waits for the next start: The disk/,
    );
    fixture.files.failOn(undefined);
    await fixture.store.close();
    const { store } = await openTestStore(dirname(fixture.stageDirectory));
    expect(await resumeImports(store, fixture.stageDirectory)).toEqual([
      'The import of traces.jsonl was broken off and has been finished.',
    ]);
    expect(spansOf(store)).toBe(400);
  });

  it.each([0, 1, 13, 5000])(
    'is rolled back where only the first %i bytes of it were written',
    async (bytes) => {
      const fixture = await openFixture();
      const stage = await killAfterReading(fixture);
      await truncate(stage, bytes);
      expect((await lookAtStage(stage)).plan).toBeUndefined();
      expect(await resumeImports(fixture.store, fixture.stageDirectory)).toEqual([
        'An import was broken off while its file was read; nothing of it was kept.',
      ]);
      expect(fixture.store.library.traceCount).toBe(0);
      expect(await filesIn(fixture.stageDirectory)).toEqual([]);
    },
  );
});

describe('an import whose reader breaks down', () => {
  it('rejects, and leaves neither spans nor a stage', async () => {
    const { store, path, stageDirectory, open } = await openFixture();
    const reading: Reading = {
      read: async (input, task, parts): Promise<FileReport | undefined> => {
        await readHere.read(input, task, parts);
        throw new Error('the reader broke down');
      },
      close: () => Promise.resolve(),
    };
    await expect(open(reading).importPaths('i', [path])).rejects.toThrow('the reader broke down');
    expect(store.library.traceCount).toBe(0);
    expect(await filesIn(stageDirectory)).toEqual([]);
    expect((await open().importPaths('i', [path]))[0]?.spans).toBe(400);
  });
});

describe('a host that ends while it imports', () => {
  it('finishes what it was adding at the next start, and forgets what it was reading', async () => {
    const { store, path, stageDirectory, open } = await openFixture();
    const importer = open();
    importer.onProgress(() => undefined);
    const done = importer.importPaths('i', [path]);
    await importer.close();
    // Whichever half it was in, the end is told and nothing is half done.
    await done.catch((error: unknown) => {
      expect(String(error)).toMatch(/next start/);
    });
    await resumeImports(store, stageDirectory);
    expect([0, 400]).toContain(spansOf(store));
    expect(await filesIn(stageDirectory)).toEqual([]);
  });
});
