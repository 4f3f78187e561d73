/** Compressed segments that a disk damaged, and files that only look like them: nothing that is whole may be lost. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { readMemberSizes } from '../../../../core/journal/gzip-member.ts';
import { makeBatch, makeSpan, openTestStore, spanIdsOf } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

const LIMITS = { bytes: 1_000_000 };
const MINUTES_20 = 1_200_000_000;
const INCOMPRESSIBLE = Array.from({ length: 20_000 }, (_, i) => ((i * i) % 9973).toString(36)).join('');

/** A journal whose first segment holds ten traces of one long span each, in several members where it is compressed. */
async function makeJournal({ compress }: { compress: boolean }) {
  const directory = await makeTemporaryDirectory();
  const { store } = await openTestStore(directory, { limits: LIMITS });
  for (let i = 0; i < 10; i++) {
    const span_data = { type: 'function', name: 'f', input: INCOMPRESSIBLE, output: String(i) };
    await store.append(makeBatch([makeSpan(`trace_${String(i)}`, 's', { span_data })]), true);
  }
  await store.close();
  if (compress) {
    const again = await openTestStore(directory, { limits: { bytes: 1 } });
    again.advance(MINUTES_20);
    await again.store.append(makeBatch([makeSpan('later', 's')]), true);
    await again.store.compactor?.run();
    await again.store.close();
  }
  return { directory, plain: join(directory, 'journal', '000001.jsonl') };
}

it('loses one member to a damaged header, and none behind it to the compaction that follows', async () => {
  const { directory, plain } = await makeJournal({ compress: true });
  const bytes = await readFile(`${plain}.gz`);
  const second = readMemberSizes(bytes)?.memberBytes ?? 0;
  expect(readMemberSizes(bytes.subarray(second))).toBeDefined();
  bytes.fill(0, second, second + 64);
  await writeFile(`${plain}.gz`, bytes);
  const damaged = await openTestStore(directory);
  const left = Object.keys(spanIdsOf(damaged.store));
  expect(left).toContain('trace_9');
  expect(left.length).toBeGreaterThan(6);
  await damaged.store.delete(['trace_9'], false, 'user');
  await damaged.store.compactor?.run();
  await damaged.store.close();
  const { store } = await openTestStore(directory);
  expect(Object.keys(spanIdsOf(store))).toEqual(left.filter((id) => id !== 'trace_9'));
  expect(damaged.bugs).toEqual([]);
});

it.each([
  ['a whole copy', (bytes: Buffer) => gzipSync(bytes)],
  ['a copy that was broken off', (bytes: Buffer) => gzipSync(bytes).subarray(0, 500)],
  ['an empty file', () => Buffer.alloc(0)],
])('keeps the segment where somebody else left %s beside it', async (_, copy) => {
  const { directory, plain } = await makeJournal({ compress: false });
  const bytes = await readFile(plain);
  await writeFile(`${plain}.gz`, copy(bytes));
  const { store } = await openTestStore(directory);
  expect(Object.keys(spanIdsOf(store))).toHaveLength(10);
  expect(await readFile(plain)).toEqual(bytes);
});

it('says of a segment that somebody else compressed that it was passed over', async () => {
  const { directory, plain } = await makeJournal({ compress: true });
  await writeFile(`${plain}.gz`, gzipSync(gunzipSync(await readFile(`${plain}.gz`))));
  const { store } = await openTestStore(directory);
  expect(store.notices.join(' ')).toContain('000001.jsonl');
  expect(Object.keys(spanIdsOf(store))).toEqual(['later']);
});
