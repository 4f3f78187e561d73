/** A data directory of an earlier version: its sidecars lack columns, so they are made again from the segments. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeSidecarHead } from '../../../../core/journal/sidecar.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';
import { makeBatch, makeSpan, openTestStore } from '../store-fixture.ts';

/** Writes the head as the version before did; what it says of the parts stays true. */
async function makeOlder(path: string): Promise<void> {
  const bytes = await readFile(path);
  const length = bytes.readUInt32LE(12);
  const head = bytes.subarray(16, 16 + length);
  const older = Buffer.from(head.toString().replace('{"version":5,', '{"version":4,'));
  expect(older.equals(head)).toBe(false);
  older.copy(bytes, 16);
  bytes.writeUInt32LE(crc32(older), 8);
  await writeFile(path, bytes);
}

test('a sidecar of the version before is not believed, and the next close writes one of today', async () => {
  const directory = await makeTemporaryDirectory();
  const sidecar = join(directory, 'journal', '000001.columns');
  const failed = makeSpan('t1', 's1', { error: { message: 'No order 4711', data: null } });
  const first = await openTestStore(directory);
  await first.store.append(makeBatch([failed, makeSpan('t1', 's2')]), true);
  await first.store.close();
  await makeOlder(sidecar);
  expect(decodeSidecarHead(await readFile(sidecar), crc32)).toBeUndefined();
  const second = await openTestStore(directory);
  const spans = second.store.library.findTrace('t1')?.spans;
  expect(spans?.text('errorClass', 0)).toBe('No order <n>');
  expect(spans?.columns.callDigest[0]).toBeGreaterThan(0);
  expect(spans?.columns.callDigest[1]).toBe(spans?.columns.callDigest[0]);
  expect(second.store.library.findSummary('t1')).toMatchObject({ spans: 2, errors: 1 });
  await second.store.close();
  expect(decodeSidecarHead(await readFile(sidecar), crc32)?.rows).toBe(2);
});
