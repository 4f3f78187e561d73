/** Files into the journal: every shape, cut and damaged ones too, and the same truth after a restart. */
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { TraceSummary } from '../../../../core/model/trace-summary.ts';
import { Importer } from '../../../../electron/host/import/importer.ts';
import { foldFiles } from '../../../../electron/host/import/fold-files.ts';
import { RecordReader } from '../../../../electron/host/import/read-records.ts';
import { generateLines, type GenerateOptions } from '../../../generate/generate.ts';
import type { TraceTruth } from '../../../generate/truth.ts';
import { makeSpan, NOW_US, openTestStore, spanIdsOf, type StoreFixture } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

const clock = (): number => NOW_US;

interface ImportFixture extends StoreFixture {
  readonly directory: string;
  readonly importer: Importer;
}

async function openImporter(limits = {}): Promise<ImportFixture> {
  const directory = await makeTemporaryDirectory();
  const fixture = await openTestStore(directory, { limits });
  return {
    ...fixture,
    directory,
    importer: new Importer({ store: fixture.store, clock, stageDirectory: join(directory, 'imports') }),
  };
}

function generate(options: GenerateOptions): { text: string; truths: Map<string, TraceTruth> } {
  const truths = new Map<string, TraceTruth>();
  const lines = generateLines({ ...options, onTrace: (truth) => truths.set(truth.id, truth) });
  return { text: [...lines].map((line) => `${line}\n`).join(''), truths };
}

/** The fields of T that the generator tells of. */
function expectTruth(summaries: readonly TraceSummary[], truths: ReadonlyMap<string, TraceTruth>): void {
  expect(summaries).toHaveLength(truths.size);
  for (const { startedAt, durationMs, sources, origins, ...rest } of summaries) {
    const { startUs, endUs, ...truth } = truths.get(rest.id) ?? {};
    expect(rest).toEqual(truth);
    if (startUs === undefined || endUs === undefined) continue;
    expect(durationMs).toBeCloseTo((endUs - startUs) / 1000, 3);
    expect([startedAt.length, sources.length, origins.length]).toEqual([27, 1, 1]);
  }
}

const items = [{ object: 'trace', id: 't', workflow_name: 'W' }, makeSpan('t', 's1'), makeSpan('t', 's2')];
const lines = items.map((item) => JSON.stringify(item));
const spanLine = (i: number): string => JSON.stringify(makeSpan('t', `s${String(i)}`));
const SHAPES: readonly (readonly [string, string | Buffer])[] = [
  ['a body', JSON.stringify({ data: items })],
  ['an array', JSON.stringify(items)],
  ['JSON lines', `${lines.join('\n')}\n`],
  ['JSON lines without a last line feed', lines.join('\n')],
  ['JSON lines with carriage returns', lines.join('\r\n')],
  ['concatenated JSON', lines.join('')],
  ['pretty-printed JSON', JSON.stringify({ data: items }, undefined, 2)],
  ['live events', lines.map((line) => `{"event":"on_span_end","at":"","item":${line}}`).join('\n')],
  ['gzipped JSON lines', gzipSync(lines.join('\n'))],
  [
    'gzip in two members',
    Buffer.concat([gzipSync(`${lines[0] ?? ''}\n`), gzipSync(lines.slice(1).join('\n'))]),
  ],
];

describe('importing', () => {
  it.each(SHAPES)('reads %s, whatever its name', async (_, bytes) => {
    const { importer, directory, store } = await openImporter();
    const path = join(directory, 'no-extension');
    await writeFile(path, bytes);
    expect(await importer.importPaths('i', [path])).toMatchObject([
      { path, format: 'openai-agents', traces: 1, spans: 2, skipped: 0, diagnostics: [] },
    ]);
    expect(spanIdsOf(store)).toEqual({ t: ['s1', 's2'] });
    expect((await foldFiles([path], clock)).summaries).toEqual(
      store.library.summaries().map((summary) => ({ ...summary, origins: ['no-extension'] })),
    );
  });

  it.each(['items', 'events'] as const)(
    'finds the truth of generated %s, over several segments and a restart',
    async (shape) => {
      const { text, truths } = generate({ seed: 21, spans: 3000, shape });
      const { importer, directory, store, files } = await openImporter({ bytes: 1_000_000 });
      const path = join(directory, 'traces.jsonl');
      await writeFile(path, text);
      const body = Readable.from(text.match(/[^]{1,50000}/g)?.map((part) => Buffer.from(part)) ?? []);
      const report = await importer.importStream(body, { importId: 'i', name: 'traces.jsonl', bytes: 0 });
      expect(report).toMatchObject({ spans: 3000, traces: truths.size, skipped: 0, diagnostics: [] });
      expectTruth(store.library.summaries(), truths);
      expect(store.library.spanCount).toBe(3000);
      await store.close();
      expect((await files.list()).filter((name) => name.endsWith('.columns')).length).toBeGreaterThan(3);
      const { store: again } = await openTestStore(directory);
      expectTruth(again.library.summaries(), truths);
      const { summaries } = await foldFiles([path], clock);
      expectTruth(summaries, truths);
    },
  );

  it('fault 29: a file that is imported again changes no count', async () => {
    const { text, truths } = generate({ seed: 4, spans: 500 });
    const { importer, directory, store } = await openImporter();
    const path = join(directory, 'traces.jsonl');
    await writeFile(path, text);
    await importer.importPaths('i', [path, path]);
    expectTruth(store.library.summaries(), truths);
  });

  it('keeps the good lines of a bad file and names the bad ones', async () => {
    const { importer, directory, store } = await openImporter();
    const path = join(directory, 'mixed.jsonl');
    const deep = `{"object":"trace","id":"d","metadata":${'['.repeat(2000)}${']'.repeat(2000)}}`;
    const reserved = '{"$batch":{},"object":"trace","id":"x"}';
    await writeFile(
      path,
      [lines[1], 'not json', '{"cut', lines[2], deep, reserved, '{"a":1}', '7'].join('\n'),
    );
    const [report] = await importer.importPaths('i', [path]);
    expect(report).toMatchObject({ spans: 2, skipped: 6 });
    expect(report?.diagnostics.map(({ code, line }) => [line, code])).toEqual([
      [2, 'bad-json'],
      [3, 'broken-record'],
      [5, 'too-deep'],
      [6, 'reserved-key'],
      [7, 'unknown-object'],
      [8, 'not-an-object'],
    ]);
    expect(spanIdsOf(store)).toEqual({ t: ['s1', 's2'] });
  });

  it('gives diagnostics, not a throw, for a file that ends anywhere', async () => {
    const body = JSON.stringify({ data: items });
    const zipped = gzipSync(body);
    const { importer, directory } = await openImporter();
    for (const bytes of [Buffer.from(body), zipped]) {
      for (let cut = 0; cut < bytes.length; cut += 7) {
        const path = join(directory, 'cut');
        await writeFile(path, bytes.subarray(0, cut));
        const [report] = await importer.importPaths('i', [path]);
        expect(report?.diagnostics.length, `cut at ${String(cut)}`).toBeGreaterThan(0);
      }
    }
  });

  it('says of a file that no reader knows it, and of an empty one that it is empty', async () => {
    const { importer, directory, store } = await openImporter();
    const path = join(directory, 'x');
    await writeFile(path, '{"something":[]}\n{"other":1}');
    const [unknown] = await importer.importPaths('i', [path]);
    expect(unknown).toMatchObject({ format: '', skipped: 2 });
    expect(unknown?.diagnostics.at(-1)?.code).toBe('unknown-format');
    await writeFile(path, ' \n');
    expect((await importer.importPaths('i', [path]))[0]?.diagnostics).toMatchObject([{ code: 'empty-file' }]);
    expect(store.library.traceCount).toBe(0);
  });

  it('refuses what is no file at once, and goes on with the next', async () => {
    const { importer, directory, store } = await openImporter();
    const path = join(directory, 'good');
    await writeFile(path, lines.join('\n'));
    const pipe = join(directory, 'pipe');
    execFileSync('mkfifo', [pipe]);
    // More pipes than there are threads to wait for a writer.
    const notFiles = [pipe, pipe, pipe, pipe, pipe, directory, '/dev/null'];
    const reports = await importer.importPaths('i', [...notFiles, path]);
    const codes = reports.map(({ diagnostics }) => diagnostics.map(({ code }) => code));
    expect(codes).toEqual([...notFiles.map(() => ['unreadable-file']), []]);
    expect(spanIdsOf(store)).toEqual({ t: ['s1', 's2'] });
    const { files } = await foldFiles([pipe, directory], clock);
    expect(files.map(({ diagnostics }) => diagnostics.map(({ code }) => code))).toEqual(codes.slice(0, 2));
  });

  it('keeps every record of a whole gzip member, and warns of what stands behind it', async () => {
    const { importer, directory } = await openImporter();
    const path = join(directory, 'zipped');
    const whole = gzipSync(Array.from({ length: 2000 }, (_, i) => spanLine(i)).join('\n'));
    for (const [tail, codes] of [
      [Buffer.alloc(16, 0x5a), ['trailing-bytes']],
      [Buffer.alloc(512), []],
      [Buffer.from([0x1f, 0x8b, 8, 0, 1]), ['bad-gzip']],
    ] as const) {
      await writeFile(path, Buffer.concat([whole, tail]));
      const [report] = await importer.importPaths('i', [path]);
      expect(report?.spans).toBe(2000);
      expect(report?.diagnostics.map(({ code }) => code)).toEqual(codes);
    }
  });

  it('keeps nearly all that stands before damage in a gzip member', async () => {
    const { importer, directory } = await openImporter();
    const path = join(directory, 'zipped');
    // Stored, not packed: the place of the damage is that of the record.
    const bytes = gzipSync(Array.from({ length: 2000 }, (_, i) => spanLine(i)).join('\n'), { level: 0 });
    const at = bytes.length >> 1;
    await writeFile(path, Buffer.concat([bytes.subarray(0, at), Buffer.alloc(70_000, 0xff)]));
    const [report] = await importer.importPaths('i', [path]);
    expect(report?.diagnostics.map(({ code }) => code)).toContain('bad-gzip');
    expect(report?.spans).toBeGreaterThan(700);
  });

  it('calls a first line that is no JSON just that', async () => {
    const { importer, directory } = await openImporter();
    const path = join(directory, 'torn');
    await writeFile(path, `{"object":"trace", "id":}\n${spanLine(1)}\n`);
    const [report] = await importer.importPaths('i', [path]);
    expect(report).toMatchObject({ spans: 1, skipped: 1, diagnostics: [{ code: 'bad-json', line: 1 }] });
    await writeFile(path, Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff]), Buffer.from('"}\n')]));
    const [binary] = await importer.importPaths('i', [path]);
    expect(binary?.diagnostics.map(({ code }) => code)).toEqual(['not-utf8', 'unknown-format']);
  });

  it('does not call a bug of our own an unreadable file', async () => {
    const { importer, directory } = await openImporter();
    const path = join(directory, 'good');
    await writeFile(path, `${spanLine(1)}\n`);
    const push = vi.spyOn(RecordReader.prototype, 'push').mockImplementation(() => {
      throw new TypeError('a bug');
    });
    onTestFinished(() => {
      push.mockRestore();
    });
    await expect(importer.importPaths('i', [path])).rejects.toThrow('a bug');
    await expect(foldFiles([path], clock)).rejects.toThrow('a bug');
  });

  it('rejects when the journal cannot take it, and takes it when it can again', async () => {
    const { importer, directory, files, advance, store } = await openImporter();
    const path = join(directory, 'a');
    await writeFile(path, lines.join('\n'));
    files.failOn('datasync', 'ENOSPC');
    await expect(importer.importPaths('i', [path])).rejects.toThrow(/disk is full/);
    files.failOn(undefined);
    advance(10_000_000);
    await importer.importPaths('i', [path]);
    expect(spanIdsOf(store)).toEqual({ t: ['s1', 's2'] });
  });
});
