import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findDoor } from '../../../clients/workbench/find-door.ts';
import { makeTemporaryDirectory } from '../../electron/host/temporary-directory.ts';

const PAGE = 'http://127.0.0.1:9/#t=secret';
let data: string;

/** A workbench that lives, if its pid does, and says that it listens there. */
async function writeHostFile(ingest: string, pid = process.pid): Promise<void> {
  await writeFile(join(data, 'host.json'), JSON.stringify({ ingest, pid }));
}

beforeEach(async () => {
  data = await makeTemporaryDirectory();
  vi.stubEnv('TRACEBENCH_DATA', data);
  vi.stubEnv('TRACEBENCH_URL', '');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('findDoor', () => {
  it('takes what the program says, then TRACEBENCH_URL, then the running workbench, then the usual port', async () => {
    expect(await findDoor(undefined)).toBe('http://127.0.0.1:4318');
    await writeHostFile('http://127.0.0.1:41000');
    expect(await findDoor(undefined)).toBe('http://127.0.0.1:41000');
    vi.stubEnv('TRACEBENCH_URL', 'http://127.0.0.1:42000/v1/traces/ingest');
    expect(await findDoor(undefined)).toBe('http://127.0.0.1:42000');
    expect(await findDoor('http://127.0.0.1:43000/')).toBe('http://127.0.0.1:43000');
  });

  it("takes the page's address with its token for no door, but looks where the workbench listens", async () => {
    await writeHostFile('http://127.0.0.1:41000');
    vi.stubEnv('TRACEBENCH_URL', PAGE);
    expect(await findDoor(undefined)).toBe('http://127.0.0.1:41000');
    expect(await findDoor(PAGE)).toBe('http://127.0.0.1:41000');
  });

  it('believes no file of a workbench that ended, nor one that points away from this machine', async () => {
    await writeHostFile('http://127.0.0.1:41000', 2 ** 30);
    expect(await findDoor(undefined)).toBe('http://127.0.0.1:4318');
    await writeHostFile('http://192.0.2.1:41000');
    expect(await findDoor(undefined)).toBe('http://127.0.0.1:4318');
  });
});
