/** One owner per data directory, taken over at once from the dead. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findHost } from '../../../../electron/host/owner/find-host.ts';
import { readHostFile, writeHostFile } from '../../../../electron/host/owner/host-file.ts';
import { acquireOwnerLock, findLockHolder } from '../../../../electron/host/owner/owner-lock.ts';
import { findProcessStart } from '../../../../electron/host/owner/process-identity.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

async function writeLock(directory: string, content: object): Promise<void> {
  await writeFile(join(directory, 'owner-000004.lock'), JSON.stringify(content));
}

describe('the owner lock', () => {
  it('fault 10: is held by one at a time and names its holder', async () => {
    const directory = await makeTemporaryDirectory();
    const first = await acquireOwnerLock(directory, '1.2.3');
    expect(first.kind).toBe('owned');
    expect(await acquireOwnerLock(directory, '1.2.3')).toMatchObject({
      kind: 'held',
      by: { pid: process.pid, version: '1.2.3' },
    });
    if (first.kind === 'owned') await first.lock.release();
    expect((await acquireOwnerLock(directory, '2.0.0')).kind).toBe('owned');
  });

  it('is taken over at once from a process that is dead', async () => {
    const directory = await makeTemporaryDirectory();
    await writeLock(directory, { pid: await deadPid(), version: '1', processStart: 'x', released: false });
    expect((await acquireOwnerLock(directory, '1')).kind).toBe('owned');
  });

  it('is taken over from a stranger who got the number of a dead host', async () => {
    const directory = await makeTemporaryDirectory();
    const stranger = { pid: process.pid, version: '1', processStart: 'long ago', released: false };
    await writeLock(directory, stranger);
    expect((await acquireOwnerLock(directory, '1')).kind).toBe('owned');
  });

  it('is respected where the start of the process is the one it names', async () => {
    const directory = await makeTemporaryDirectory();
    const processStart = findProcessStart(process.pid);
    await writeLock(directory, { pid: process.pid, version: '9', processStart, released: false });
    expect(await acquireOwnerLock(directory, '1')).toMatchObject({ kind: 'held', by: { version: '9' } });
  });

  it('is nobody’s where the file is cut short', async () => {
    const directory = await makeTemporaryDirectory();
    await writeFile(join(directory, 'owner-000001.lock'), '{"pid":');
    expect((await acquireOwnerLock(directory, '1')).kind).toBe('owned');
  });

  it('goes to exactly one of many that race for a dead one’s place', async () => {
    const directory = await makeTemporaryDirectory();
    await writeLock(directory, { pid: await deadPid(), version: '1', processStart: 'x', released: false });
    const results = await Promise.all(Array.from({ length: 20 }, () => acquireOwnerLock(directory, '1')));
    expect(results.filter(({ kind }) => kind === 'owned')).toHaveLength(1);
    expect(await readdir(directory)).toEqual(['owner-000005.lock']);
  });
});

describe('host.json', () => {
  const host = {
    pid: process.pid,
    startedAt: '2026-06-01T00:00:00.000000Z',
    version: '1',
    ui: 'http://127.0.0.1:1',
    ingest: 'http://127.0.0.1:2',
    token: 'secret',
  };

  it('reads back, and is for the user’s eyes only', async () => {
    const directory = await makeTemporaryDirectory();
    await writeHostFile(directory, host);
    expect(await readHostFile(directory)).toEqual(host);
    if (process.platform !== 'win32') {
      expect((await stat(join(directory, 'host.json'))).mode & 0o777).toBe(0o600);
    }
  });

  it('is believed only while the holder of the lock wrote it', async () => {
    const directory = await makeTemporaryDirectory();
    await writeHostFile(directory, host);
    expect(await findHost(directory, 0)).toEqual({ kind: 'none' });
    const result = await acquireOwnerLock(directory, '1');
    expect(await findHost(directory, 0)).toEqual({ kind: 'running', host });
    await writeHostFile(directory, { ...host, pid: host.pid + 1 });
    expect(await findHost(directory, 0)).toMatchObject({ kind: 'busy', holder: { pid: process.pid } });
    if (result.kind === 'owned') await result.lock.release();
    expect(await findLockHolder(directory)).toBeUndefined();
  });

  it('holds the token nowhere but in itself', async () => {
    const directory = await makeTemporaryDirectory();
    await acquireOwnerLock(directory, '1');
    await writeHostFile(directory, host);
    for (const name of await readdir(directory)) {
      const text = await readFile(join(directory, name), 'utf8');
      expect(text.includes('secret')).toBe(name === 'host.json');
    }
  });
});
