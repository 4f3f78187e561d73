/**
 * Files of other tools, each with what its reading must come to and why. Every file is also read under a
 * name that says nothing, cut short, and with bytes flipped. Skips where the shared fixtures are absent.
 */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { TraceSummary } from '../../../../core/model/trace-summary.ts';
import { foldFiles, type FoldedFiles } from '../../../../electron/host/import/fold-files.ts';
import { FileReader } from '../../../../electron/host/import/read-file.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';
import { FOREIGN_FILES } from './foreign-expectations.ts';

const ROOT = join(import.meta.dirname, '../../../../../shared/fixtures/foreign');
const FLIPS = 200;

const fold = (path: string): Promise<FoldedFiles> => foldFiles([path], () => 1_800_000_000_000_000);

/** Without the file's name, which is all that may differ. */
function nameless({ summaries }: FoldedFiles): TraceSummary[] {
  return summaries.map((summary) => ({ ...summary, origins: [] }));
}

/** Seeded, so that a failure can be had again. */
function* placesIn(length: number, seed: number): Generator<number> {
  let state = seed;
  for (let i = 0; i < FLIPS; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state % length;
  }
}

describe.skipIf(!existsSync(ROOT))('files of other tools (skipped where ../shared is absent)', () => {
  describe.each(FOREIGN_FILES)('$file', ({ file, format, traces, spans, kinds, check }) => {
    const path = join(ROOT, file);

    it('has the right counts', async () => {
      const folded = await fold(path);
      expect(folded.files).toMatchObject([{ format, traces, spans }]);
      const counted: Record<string, number> = {};
      for (const { spansByKind } of folded.summaries) {
        for (const [kind, count] of Object.entries(spansByKind)) {
          counted[kind] = (counted[kind] ?? 0) + count;
        }
      }
      expect(counted).toEqual(kinds);
      check?.(folded);
    });

    it('reads the same under a name that says nothing', async () => {
      const directory = await makeTemporaryDirectory();
      const other = join(directory, 'x');
      await writeFile(other, await readFile(path));
      expect(nameless(await fold(other))).toEqual(nameless(await fold(path)));
    });

    it.each([0.1, 0.5, 0.9])('cut at %d gives what stands before, and says so', async (part) => {
      const directory = await makeTemporaryDirectory();
      const bytes = await readFile(path);
      const cut = join(directory, 'cut');
      await writeFile(cut, bytes.subarray(0, Math.floor(bytes.length * part) - 7));
      const { files } = await fold(cut);
      const [report] = files;
      expect(report?.diagnostics.length).toBeGreaterThan(0);
      expect(report?.spans).toBeLessThanOrEqual(spans);
      if (part === 0.9 && spans > 4) expect(report?.spans).toBeGreaterThan(spans / 2);
    });

    it('never throws or hangs on flipped bytes', async () => {
      const bytes = await readFile(path);
      for (const place of placesIn(bytes.length, 1)) {
        const copy = Buffer.from(bytes);
        copy[place] = (copy[place] ?? 0) ^ (1 << (place % 8));
        const reader = new FileReader('flipped', () => 0);
        reader.push(copy);
        reader.end();
        // Damage may split a sampled frame or an id, but never makes many of few.
        expect(reader.report('flipped').spans).toBeLessThanOrEqual(2 * spans + 2);
      }
    }, 60_000);
  });
});

const SPAN = { traceId: 't1', spanId: 's1', name: 'x', startTimeUnixNano: '1751474840301046016' };
const otlpOf = (spans: readonly object[]): Uint8Array =>
  strToU8(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }));

describe('a zip', () => {
  const zip = zipSync({
    'traces/a.json': otlpOf([SPAN]),
    'deep/er/b.json': otlpOf([{ ...SPAN, spanId: 's2' }]),
    'own.jsonl': strToU8(
      '{"object":"trace.span","id":"s3","trace_id":"t1","span_data":{"type":"agent","name":"A"}}',
    ),
    'read.me': strToU8('nothing of ours'),
    '__MACOSX/._a': strToU8('x'),
  });

  it('is read as the files in it, each with a report', async () => {
    const path = join(await makeTemporaryDirectory(), 'x');
    await writeFile(path, zip);
    const { files, summaries } = await fold(path);
    expect(files[0]).toMatchObject({ format: 'zip', spans: 3, traces: 3 });
    expect(
      files[0]?.entries?.map(({ path: entry, format, spans }) => [entry.slice(path.length), format, spans]),
    ).toEqual([
      ['/traces/a.json', 'otlp', 1],
      ['/deep/er/b.json', 'otlp', 1],
      ['/own.jsonl', 'openai-agents', 1],
      ['/read.me', '', 0],
    ]);
    expect(summaries).toMatchObject([
      { id: 't1', spans: 3, origins: ['x/deep/er/b.json', 'x/own.jsonl', 'x/traces/a.json'] },
    ]);
  });

  it('that is cut gives the files before the cut', async () => {
    const path = join(await makeTemporaryDirectory(), 'x');
    await writeFile(path, zip.subarray(0, 300));
    const { files } = await fold(path);
    expect(files[0]?.diagnostics.map(({ code }) => code)).toContain('bad-zip');
    // The names and bytes of two files stand before byte 300; the third has lost its end.
    expect(files[0]?.spans).toBe(2);
  });

  it('never throws on flipped bytes', async () => {
    const path = join(await makeTemporaryDirectory(), 'x');
    for (const place of placesIn(zip.length, 2)) {
      const copy = Buffer.from(zip);
      copy[place] = (copy[place] ?? 0) ^ (1 << (place % 8));
      await writeFile(path, copy);
      expect((await fold(path)).files).toHaveLength(1);
    }
  });
});

it('what no format is sure of is said with all that were tried', async () => {
  const path = join(await makeTemporaryDirectory(), 'x');
  await writeFile(path, '{"something":[{"else":1}]}');
  const [report] = (await fold(path)).files;
  expect(report?.diagnostics.at(-1)?.message).toMatch(/tried: OpenAI Agents, OTLP JSON, OTLP protobuf/);
});
