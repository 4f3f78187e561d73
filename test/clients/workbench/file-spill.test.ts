import { mkdirSync, readdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FileSpill, SPILL_LIMITS } from '../../../clients/workbench/file-spill.ts';
import { makeTemporaryDirectory } from '../../electron/host/temporary-directory.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] }));
afterEach(() => void vi.useRealTimers());

async function makeSpill(limits: Partial<typeof SPILL_LIMITS> = {}) {
  const data = await makeTemporaryDirectory();
  const folder = join(data, 'spill');
  const spill = new FileSpill(data, { ...SPILL_LIMITS, ...limits });
  const names = (): string[] => readdirSync(folder).sort();
  const text = (): string =>
    names()
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('');
  return { data, folder, spill, names, text };
}

it('keeps whole lines in a file of the user alone, named by the process', async () => {
  const { folder, spill, names, text } = await makeSpill();
  expect(spill.keep(['a', 'ü'])).toBe(true);
  expect(spill.keep(['c'])).toBe(true);
  expect(names()).toEqual([expect.stringMatching(`^${String(process.pid)}-\\d+-1\\.ndjson\\.open$`)]);
  expect(statSync(join(folder, names()[0] ?? '')).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  spill.finish();
  expect(names()).toEqual([expect.stringMatching(/-1\.ndjson$/)]);
  expect(text()).toBe('a\nü\nc\n');
});

it('hands the file over when a workbench runs', async () => {
  const { data, spill, names } = await makeSpill();
  spill.keep(['a']);
  vi.advanceTimersByTime(3000);
  expect(names()).toEqual([expect.stringMatching(/open$/)]);
  writeFileSync(join(data, 'host.json'), '{}');
  vi.advanceTimersByTime(1000);
  expect(names()).toEqual([expect.stringMatching(/ndjson$/)]);
});

it('begins another file when one is long or old, so that none is open for long', async () => {
  const { spill, names, text } = await makeSpill({ fileBytes: 4, fileMs: 5000 });
  spill.keep(['aaaa']);
  spill.keep(['b']);
  vi.advanceTimersByTime(6000);
  spill.keep(['c']);
  expect(names().map((name) => name.replace(/^.*-/, ''))).toEqual(['1.ndjson', '2.ndjson', '3.ndjson.open']);
  expect(text()).toBe('aaaa\nb\nc\n');
});

it('keeps what is oldest where the program, or all programs together, have no room left', async () => {
  const own = await makeSpill({ programBytes: 5 });
  expect([own.spill.keep(['aaa']), own.spill.keep(['bbb']), own.text()]).toEqual([true, false, 'aaa\n']);
  const all = await makeSpill({ allBytes: 100 });
  mkdirSync(all.folder);
  writeFileSync(join(all.folder, '1-1-1.ndjson'), 'x'.repeat(98));
  expect(all.spill.keep(['aaa'])).toBe(false);
  unlinkSync(join(all.folder, '1-1-1.ndjson'));
  all.spill.finish();
  expect(all.spill.keep(['aaa'])).toBe(true);
});

it('goes on in a new file where the workbench took the one it wrote', async () => {
  const { folder, spill, names, text } = await makeSpill();
  spill.keep(['a']);
  unlinkSync(join(folder, names()[0] ?? ''));
  spill.keep(['b']);
  expect(text()).toBe('b\n');
});

it('says that nothing is kept where there is no place to write, and never throws', async () => {
  const data = await makeTemporaryDirectory();
  writeFileSync(join(data, 'spill'), 'a file where the folder should be');
  expect(new FileSpill(data).keep(['a'])).toBe(false);
});
