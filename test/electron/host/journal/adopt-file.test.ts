/** A file from elsewhere becomes one of the journal's, from another disk, too. */
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openJournalFiles } from '../../../../electron/host/journal/node-journal-files.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

/** A folder in memory, where the system has one. */
const MEMORY = '/dev/shm';

async function deviceOf(path: string): Promise<number | undefined> {
  return await stat(path).then(
    ({ dev }) => dev,
    () => undefined,
  );
}

describe('taking over a file', () => {
  it('moves it', async () => {
    const [here, there] = [await makeTemporaryDirectory(), await makeTemporaryDirectory()];
    await writeFile(join(there, 'a'), 'whole');
    await (await openJournalFiles(here, true)).adopt(join(there, 'a'), '000001.jsonl');
    expect(await readFile(join(here, '000001.jsonl'), 'utf8')).toBe('whole');
    expect(await readdir(there)).toEqual([]);
  });

  it('copies it from another disk, and leaves nothing of it there', async (context) => {
    const here = await makeTemporaryDirectory();
    const device = await deviceOf(MEMORY);
    if (device === undefined || device === (await deviceOf(here))) context.skip('there is no other disk');
    const there = await mkdtemp(join(MEMORY, 'tracebench-test-'));
    onTestFinished(() => rm(there, { recursive: true, force: true }));
    await writeFile(join(there, 'a'), 'whole');
    await (await openJournalFiles(here, true)).adopt(join(there, 'a'), '000001.jsonl');
    expect(await readFile(join(here, '000001.jsonl'), 'utf8')).toBe('whole');
    expect([await readdir(there), await readdir(here)]).toEqual([[], ['000001.jsonl']]);
  });

  it('says what the system says where there is none', async () => {
    const here = await makeTemporaryDirectory();
    const files = await openJournalFiles(here, true);
    await expect(files.adopt(join(here, 'nothing'), '000001.jsonl')).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });
});
