import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

import type { FileReport, KeptReport } from '../../../../core/rpc/contract.ts';
import { REPORTS_FILE, ReportShelf } from '../../../../electron/host/reports/report-shelf.ts';

let directory: string;
const path = (): string => join(directory, REPORTS_FILE);

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tb-reports-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

function report(name: string, file: Partial<FileReport> = {}): KeptReport {
  const counts = { format: 'jaeger', traces: 1, spans: 2, skipped: 0, diagnostics: [] };
  return { at: '2026-01-01T00:00:00.000000Z', cancelled: false, file: { path: name, ...counts, ...file } };
}

const namesOf = (shelf: ReportShelf): string[] => shelf.list().map(({ file }) => file.path);

test('reports are kept across restarts, the newest first, for their owner alone', async () => {
  const shelf = await ReportShelf.open(directory);
  await shelf.add(report('a.json'));
  await shelf.add(report('b.json'));
  const again = await ReportShelf.open(directory);
  expect(namesOf(again)).toEqual(['b.json', 'a.json']);
  expect(again.list(1)).toEqual([report('b.json')]);
  if (process.platform !== 'win32') expect((await stat(path())).mode & 0o777).toBe(0o600);
});

test('a line that a crash cut, and one that is no report, cost only themselves', async () => {
  const shelf = await ReportShelf.open(directory);
  await shelf.add(report('a.json'));
  await appendFile(path(), '{"at":"2026-01-01T00:00:00Z","cancelled":false}\n{"at":"20');
  expect(namesOf(await ReportShelf.open(directory))).toEqual(['a.json']);
});

test('a report behind a cut line stands on a line of its own', async () => {
  await writeFile(path(), '{"at":"20');
  await (await ReportShelf.open(directory)).add(report('a.json'));
  expect(namesOf(await ReportShelf.open(directory))).toEqual(['a.json']);
});

test('the file is bounded, and the newest stay', async () => {
  const shelf = await ReportShelf.open(directory);
  const adding = Array.from({ length: 1000 }, (_, i) => shelf.add(report(`${String(i)}.json`)));
  await Promise.all(adding);
  const lines = (await readFile(path(), 'utf8')).trim().split('\n');
  expect(lines.length).toBeLessThanOrEqual(600);
  const again = await ReportShelf.open(directory);
  expect(again.list()).toHaveLength(300);
  expect(namesOf(again)[0]).toBe('999.json');
});

test('long lists are cut, counts are not', async () => {
  const shelf = await ReportShelf.open(directory);
  const diagnostics = Array.from({ length: 1000 }, (_, line) => ({
    code: 'bad-json',
    severity: 'error' as const,
    message: 'This record is not valid JSON and was left out.',
    line,
  }));
  const entries = Array.from({ length: 500 }, (_, i) => report(`z.zip/${String(i)}`, { diagnostics }).file);
  await shelf.add(report('z.zip', { skipped: 5000, diagnostics, entries }));
  const [kept] = (await ReportShelf.open(directory)).list();
  expect(kept?.file).toMatchObject({ skipped: 5000 });
  expect(kept?.file.diagnostics).toHaveLength(100);
  expect(kept?.file.entries).toHaveLength(50);
  expect((await stat(path())).size).toBeLessThan(200_000);
});

test('who listens is told of each report', async () => {
  const shelf = await ReportShelf.open(directory);
  let told = 0;
  const stop = shelf.onChange(() => told++);
  await shelf.add(report('a.json'));
  stop();
  await shelf.add(report('b.json'));
  expect(told).toBe(1);
});
