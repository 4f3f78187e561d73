/** One preparer at a time, over real processes: whoever comes second waits, and a dead holder holds nobody up. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withLock } from '../../scripts/lock.mjs';

const HOLDER = fileURLToPath(new URL('hold-lock.mjs', import.meta.url));
let folder: string;
let lock: string;
let notes: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tracebench-lock-'));
  lock = join(folder, 'deep', 'prepare.lock');
  notes = join(folder, 'notes');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function hold(mode = 'end'): Promise<unknown> {
  const child = spawn(process.execPath, [HOLDER, lock, notes, mode], { stdio: 'inherit' });
  return new Promise((resolve) => child.once('exit', resolve));
}

it('lets five processes in one after another', async () => {
  await Promise.all(Array.from({ length: 5 }, () => hold()));
  expect(readFileSync(notes, 'utf8')).toBe('in\nout\n'.repeat(5));
  expect(existsSync(lock)).toBe(false);
});

it('takes over at once from a holder that was killed', async () => {
  await hold('die');
  expect(existsSync(lock)).toBe(true);
  let waited = false;
  const answer = await withLock(
    lock,
    () => (waited = true),
    () => Promise.resolve(42),
  );
  expect([answer, waited, existsSync(lock)]).toEqual([42, false, false]);
});

it('takes over from a holder whose heartbeat stopped, though its pid is in use', async () => {
  await hold();
  writeFileSync(lock, `${process.pid}\nanother-machine\n`);
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(lock, longAgo, longAgo);
  const answer = await withLock(
    lock,
    () => undefined,
    () => Promise.resolve('mine'),
  );
  expect(answer).toBe('mine');
});

it('gives the lock back when the work fails', async () => {
  await expect(
    withLock(
      lock,
      () => undefined,
      () => Promise.reject(new Error('no')),
    ),
  ).rejects.toThrow('no');
  expect(existsSync(lock)).toBe(false);
});
