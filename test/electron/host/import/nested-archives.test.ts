/** Gzip and zip inside a zip: opened to a depth, told where they are damaged or unpack to too much. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import type { FileReport } from '../../../../core/rpc/contract.ts';
import { foldFiles } from '../../../../electron/host/import/fold-files.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

async function read(bytes: Uint8Array): Promise<FileReport> {
  const path = join(await makeTemporaryDirectory(), 'x');
  await writeFile(path, bytes);
  const { files } = await foldFiles([path], () => 0);
  const [report] = files;
  if (report === undefined) throw new Error('no report');
  return report;
}

function spanOf(id: string): Uint8Array {
  return strToU8(
    `{"object":"trace.span","id":"${id}","trace_id":"t1","span_data":{"type":"agent","name":"A"}}\n`,
  );
}

const codes = ({ diagnostics }: FileReport): string[] => diagnostics.map(({ code }) => code);

it('Gzip in a zip is read as what it holds, also of several members', async () => {
  const members = Buffer.concat([gzipSync(spanOf('s1')), gzipSync(spanOf('s2'))]);
  const report = await read(zipSync({ 'a.jsonl.gz': [members, { level: 0 }], 'b.jsonl': spanOf('s3') }));
  expect(report).toMatchObject({ format: 'zip', spans: 3, diagnostics: [] });
  expect(report.entries?.map(({ format, spans }) => [format, spans])).toEqual([
    ['openai-agents', 2],
    ['openai-agents', 1],
  ]);
});

it('A zip in a zip is read as the files in it', async () => {
  const inner = zipSync({ 'deep/a.jsonl': spanOf('s1'), 'b.jsonl': spanOf('s2') });
  const report = await read(zipSync({ 'inner.zip': inner, 'c.jsonl': spanOf('s3') }));
  expect(report).toMatchObject({ format: 'zip', spans: 3, diagnostics: [] });
  expect(report.entries?.map(({ format, entries }) => [format, entries?.length])).toEqual([
    ['zip', 2],
    ['openai-agents', undefined],
  ]);
});

it('Deeper than three, an archive stays closed', async () => {
  let bytes = spanOf('s1');
  for (const depth of [1, 2, 3]) bytes = zipSync({ [`${String(depth)}.zip`]: bytes });
  expect((await read(bytes)).spans).toBe(1);
  const deeper = await read(zipSync({ '4.zip': bytes }));
  expect(deeper.spans).toBe(0);
  expect(codes(deeper)).toContain('unknown-format');
});

it('Damaged or cut gzip in a zip gives what stands before, and says so', async () => {
  const lines = Buffer.concat(Array.from({ length: 5000 }, (_, i) => spanOf(`s${String(i)}`)));
  const packed = gzipSync(lines);
  const cut = await read(zipSync({ 'a.gz': packed.subarray(0, packed.length / 2) }));
  expect(codes(cut)).toContain('bad-gzip');
  expect(cut.spans).toBeGreaterThan(1000);
  packed[Math.floor(packed.length / 2)] = 0xff;
  packed.fill(0xff, packed.length - 1000);
  expect(codes(await read(zipSync({ 'a.gz': packed })))).toContain('bad-gzip');
});

it('What unpacks to far more than traces do is given up, however it is packed', async () => {
  const zeros = new Uint8Array(48 * 1024 * 1024);
  const inner = zipSync({ a: gzipSync(zeros), b: gzipSync(zeros), c: gzipSync(zeros) });
  const report = await read(zipSync({ 'inner.zip': inner, 'z.jsonl': spanOf('s1') }));
  expect(codes(report)).toContain('zip-too-dense');
});
