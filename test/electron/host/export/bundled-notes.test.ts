/** Notes travel with their traces: out in a bundle, and into the library that it is imported into. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { NOTE_LIMITS, type Note } from '../../../../core/model/note.ts';
import { exportFile } from '../../../../electron/host/export/export-file.ts';
import { Importer } from '../../../../electron/host/import/importer.ts';
import { makeBatch, makeSpan, NOW_US, openTestStore, type StoreFixture } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';
import { laidDown } from './convert.ts';

const NOTE: Note = {
  id: 'n1',
  traceId: 't1',
  spanId: null,
  at: '2026-06-01T00:00:00.000Z',
  text: 'Look at this one.',
  labels: ['slow'],
};

async function bundleOf({ store }: StoreFixture, rules: readonly string[]): Promise<string> {
  const exported = exportFile(store, { traceIds: ['t1'], to: 'bundle', rules, views: [] });
  const parts: Uint8Array[] = [];
  for await (const part of exported?.chunks ?? []) parts.push(part);
  return await laidDown(Buffer.concat(parts));
}

async function importInto(path: string): Promise<StoreFixture> {
  const fixture = await openTestStore(await makeTemporaryDirectory());
  const stageDirectory = join(await makeTemporaryDirectory(), 'stages');
  const importer = new Importer({ store: fixture.store, clock: () => NOW_US, stageDirectory });
  const [report] = await importer.importPaths('i', [path]);
  await importer.close();
  expect(report).toMatchObject({ format: 'tracebundle', spans: 1, diagnostics: [] });
  expect(report).not.toHaveProperty('bundledNotes');
  return fixture;
}

it('are there again in the library that a bundle is imported into, unless they were withheld', async () => {
  const own = await openTestStore(await makeTemporaryDirectory());
  await own.store.append(makeBatch([makeSpan('t1', 's1')]), true);
  await own.store.putNotes([NOTE]);
  expect((await importInto(await bundleOf(own, []))).store.notesOf(['t1'])).toEqual([NOTE]);
  const path = await bundleOf(own, ['notes']);
  expect((await importInto(path)).store.notesOf(['t1'])).toEqual([]);
  expect((await readFile(path)).includes('extra/notes.jsonl')).toBe(false);
});

it('are no more of a trace than a person could have written, whatever a bundle holds', async () => {
  const own = await openTestStore(await makeTemporaryDirectory());
  await own.store.append(makeBatch([makeSpan('t1', 's1')]), true);
  const many = Array.from({ length: NOTE_LIMITS.notes + 500 }, (_, i) => ({ ...NOTE, id: `n${String(i)}` }));
  await own.store.putNotes(many);
  const { store } = await importInto(await bundleOf(own, []));
  expect(store.notesOf(['t1'])).toHaveLength(NOTE_LIMITS.notes);
});
