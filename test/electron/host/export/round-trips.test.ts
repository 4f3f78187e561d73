/** Written and read again: every fixture in every format that is both read and written. Skips where they are absent. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FOREIGN_FILES } from '../import/foreign-expectations.ts';
import { convert, laidDown, tracesIn } from './convert.ts';

const SHARED = join(import.meta.dirname, '../../../../../shared/fixtures');
const SAMPLE = join(import.meta.dirname, '../../../../resources/sample/sample.jsonl');
const SDK = ['js', 'python'].flatMap((language) => {
  const folder = join(SHARED, 'agents-sdk', language);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => ['events.ndjson', 'req-001.body.json'].map((file) => join(folder, name, file)))
    .filter((path) => existsSync(path));
});
const FOREIGN = FOREIGN_FILES.map(({ file }) => join(SHARED, 'foreign', file)).filter((path) =>
  existsSync(path),
);
const ALL = [SAMPLE, ...SDK, ...FOREIGN].map((path) => ({ path, name: path.slice(SHARED.length + 1) }));

describe.each(ALL)('$name', ({ path }) => {
  it('is the same traces when read back from a bundle, and its second writing has the same bytes', async () => {
    const first = await convert([path], 'bundle');
    const file = await laidDown(first.bytes);
    const [after, before] = await Promise.all([tracesIn([file]), tracesIn([path])]);
    expect(after).toEqual(before);
    const second = await convert([file], 'bundle');
    expect(second.reports).toMatchObject([{ format: 'tracebundle', skipped: 0, diagnostics: [] }]);
    expect(second.bytes.equals(first.bytes), 'fault 45: byte-identical').toBe(true);
  });

  it('is the same traces when read back from JSONL, and its second writing has the same bytes', async () => {
    const first = await convert([path], 'openai-agents');
    const file = await laidDown(first.bytes);
    expect(await tracesIn([file])).toEqual(await tracesIn([path]));
    expect((await convert([file], 'openai-agents')).bytes.equals(first.bytes)).toBe(true);
  });

  it('settles as OTLP: what was read back is written with the same bytes', async () => {
    const first = await convert([path], 'otlp');
    const file = await laidDown(first.bytes);
    const second = await convert([file], 'otlp');
    const third = await convert([await laidDown(second.bytes)], 'otlp');
    expect(third.bytes.equals(second.bytes)).toBe(true);
    expect(second.state.spans).toBe(first.state.spans);
  });

  it('settles as trace events: what was read back is written with the same bytes', async () => {
    const first = await convert([path], 'chrome');
    const second = await convert([await laidDown(first.bytes)], 'chrome');
    const third = await convert([await laidDown(second.bytes)], 'chrome');
    expect(third.bytes.equals(second.bytes)).toBe(true);
    const untimed = first.state.losses.find(({ code }) => code === 'untimed')?.count ?? 0;
    expect(second.state.spans).toBe(first.state.spans - untimed);
  });
});

const OTLP = FOREIGN.filter((path) => path.includes('otlp'));

it.each(OTLP)('%s is the same traces when written as OTLP and read back', async (path) => {
  const { bytes } = await convert([path], 'otlp');
  expect(await tracesIn([await laidDown(bytes)])).toEqual(await tracesIn([path]));
});
