/** Bundles that are damaged, or meant to do harm: each is refused with what is wrong, and nothing of it is imported. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { FileReport } from '../../../../core/rpc/contract.ts';
import { foldFiles } from '../../../../electron/host/import/fold-files.ts';
import { makeStreamSource } from '../../../../electron/host/import/file-source.ts';
import { convert, laidDown } from '../export/convert.ts';
import { buildZip, DATA, manifestOf, MARK, wholeBundle, type BuiltEntry } from './bundle-builder.ts';

const SAMPLE = join(import.meta.dirname, '../../../../resources/sample/sample.jsonl');

async function read(bytes: Uint8Array): Promise<FileReport | undefined> {
  const { files, summaries } = await foldFiles([await laidDown(bytes)], () => 0);
  expect(summaries).toHaveLength(files[0]?.traces ?? 0);
  return files[0];
}

async function expectRefused(bytes: Uint8Array, code: string, named?: string): Promise<void> {
  const report = await read(bytes);
  expect(report).toMatchObject({ format: 'tracebundle', traces: 0, spans: 0 });
  expect(report?.diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
  if (named !== undefined) expect(report?.diagnostics[0]?.message).toContain(named);
}

const withExtra = (extra: BuiltEntry): Buffer => buildZip([MARK, DATA, extra, manifestOf([DATA, extra])]);

it('reads a bundle that another program wrote', async () => {
  expect(await read(wholeBundle())).toMatchObject({
    format: 'tracebundle',
    traces: 1,
    spans: 1,
    diagnostics: [],
  });
});

it('reads the bundle of version 1 that is kept as a fixture', async () => {
  const fixture = await readFile(join(import.meta.dirname, '../../../fixtures/bundle-v1.tracebundle'));
  expect(await read(fixture)).toMatchObject({ format: 'tracebundle', traces: 1, spans: 1, diagnostics: [] });
});

it('reads one that comes as a stream', async () => {
  const source = makeStreamSource(Readable.from([wholeBundle()]), 0);
  const parts: Buffer[] = [];
  for await (const chunk of source.chunks()) parts.push(Buffer.from(chunk));
  expect(Buffer.concat(parts).toString()).toBe(DATA.text);
  expect(source.isBundle).toBe(true);
});

it('passes over what a later program of this version may add', async () => {
  expect(await read(withExtra({ name: 'extra/thoughts.jsonl', text: '{}\n' }))).toMatchObject({
    spans: 1,
    diagnostics: [],
  });
});

it.each([
  '../escape.jsonl',
  'data/../../escape.jsonl',
  '/etc/passwd',
  'C:\\windows\\x',
  'data\\x.jsonl',
  'data//x',
  'data/NUL.jsonl',
  'com1',
  'data/x\u0000.jsonl',
  'data/x. ',
])('fault 40: refuses an entry named %j', async (name) => {
  await expectRefused(withExtra({ name, text: 'x' }), 'bundle-bad-name');
});

it('fault 40: refuses a link', async () => {
  await expectRefused(
    withExtra({ name: 'data/link.jsonl', text: '/etc/passwd', mode: 0o120777 }),
    'bundle-bad-entry',
  );
});

describe('fault 41', () => {
  it('stops a bomb before it is unpacked', async () => {
    const bomb = { name: 'data/traces-000002.jsonl', text: Buffer.alloc(64 * 1024 * 1024) };
    await expectRefused(withExtra(bomb), 'bundle-too-dense');
  });

  it('stops an entry that unpacks to more than it says', async () => {
    const liar = { name: 'data/traces-000002.jsonl', text: 'x'.repeat(100_000), bytes: 10 };
    const listed = { ...liar, text: 'x'.repeat(10) };
    await expectRefused(
      buildZip([MARK, DATA, liar, manifestOf([DATA, listed])]),
      'bundle-damaged',
      liar.name,
    );
  });

  it('refuses entries that lie over each other', async () => {
    const same = { ...DATA, offset: 4 + 22 + 4 + MARK.name.length };
    await expectRefused(
      buildZip([MARK, DATA, { ...MARK, name: 'extra/x', offset: 0 }, manifestOf([DATA])]),
      'bundle-damaged',
    );
    await expectRefused(buildZip([MARK, DATA, same, manifestOf([DATA])]), 'bundle-double-name');
    // A whole entry that stands inside the bytes of another.
    const hidden = { name: 'extra/hidden', text: 'x' };
    const outer = { name: 'extra/outer', text: buildZip([hidden]).subarray(0, -22), stored: true };
    const before = buildZip([MARK, DATA]).readUInt32LE(buildZip([MARK, DATA]).length - 6);
    const inner = { ...hidden, offset: before + 4 + 22 + 4 + outer.name.length };
    await expectRefused(
      buildZip([MARK, DATA, outer, inner, manifestOf([DATA, outer, inner])]),
      'bundle-overlap',
    );
    const inside = buildZip([MARK, DATA]).subarray(4 + 22 + 4 + MARK.name.length);
    const nested = { name: 'data/nested.jsonl', text: inside };
    await expectRefused(
      buildZip([MARK, nested, { ...DATA, offset: 0 }, manifestOf([nested, DATA])]),
      'bundle-damaged',
    );
  });
});

describe('fault 42', () => {
  it('names the entry whose bytes were changed, and imports nothing', async () => {
    const { bytes } = await convert([SAMPLE], 'bundle');
    const flipped = Buffer.from(bytes);
    const at = Math.floor(bytes.length / 3);
    flipped[at] = (flipped[at] ?? 0) ^ 1;
    await expectRefused(flipped, 'bundle-damaged', 'data/traces-000001.jsonl');
  });

  it('names the entry whose sum is another, although its checksum fits', async () => {
    const listed = { ...DATA, text: String(DATA.text).replace('Triage', 'Forged') };
    await expectRefused(buildZip([MARK, DATA, manifestOf([listed])]), 'bundle-damaged', DATA.name);
  });

  it('names an entry that is missing', async () => {
    await expectRefused(buildZip([MARK, manifestOf([DATA])]), 'bundle-damaged', DATA.name);
  });

  it.each([0.2, 0.5, 0.9, 0.999])('imports nothing of a bundle cut at %d', async (part) => {
    const { bytes } = await convert([SAMPLE], 'bundle');
    await expectRefused(bytes.subarray(0, Math.floor(bytes.length * part)), 'bundle-not-readable');
  });

  it('never throws or imports a part, whatever byte is flipped', async () => {
    const whole = wholeBundle();
    for (let at = 40; at < whole.length; at++) {
      const copy = Buffer.from(whole);
      copy[at] = (copy[at] ?? 0) ^ (1 << (at % 8));
      const report = await read(copy);
      const isRefused = report?.diagnostics.some(({ severity }) => severity === 'error') ?? false;
      expect([0, 1]).toContain(report?.spans);
      if (isRefused) expect(report?.spans).toBe(0);
    }
  });
});

it.each([
  [DATA.name, 'data/TRACES-000001.jsonl'],
  ['data/\u00e9.jsonl', 'data/e\u0301.jsonl'],
])('fault 43: refuses %j beside %j', async (one, other) => {
  const entries = [one, other].map((name) => ({ ...DATA, name }));
  await expectRefused(wholeBundle(entries), 'bundle-double-name');
});

it('refuses a bundle of a newer version, and one without a manifest', async () => {
  await expectRefused(wholeBundle([DATA], { version: 2 }), 'bundle-newer');
  await expectRefused(buildZip([MARK, DATA]), 'bundle-without-manifest');
});
