/** Folders that hold traces for a while: gone when they were used, and after a kill with the next start. */
import { access, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { removeStaleFolders, withTemporaryFolder } from '../../../electron/host/temporary-folder.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';

/** No system gives a process such a number. */
const ENDED = 999_999_999;

it('are the user’s alone, and go however their use ends', async () => {
  let made = '';
  const failing = withTemporaryFolder(async (folder) => {
    made = folder;
    await writeFile(join(folder, 'traces'), 'x');
    throw new Error('it failed');
  });
  await expect(failing).rejects.toThrow('it failed');
  expect(made).toContain(`tracebench-${String(process.pid)}-`);
  await expect(access(made)).rejects.toThrow('ENOENT');
});

it('go with the next start where their process was killed; nothing else does', async () => {
  const parent = await makeTemporaryDirectory();
  const kept = ['other', `tracebench-${String(process.pid)}-abcdef`, `tracebench-${String(ENDED)}-toolong1`];
  for (const name of [...kept, `tracebench-${String(ENDED)}-abcdef`]) {
    await mkdir(join(parent, name, 'journal'), { recursive: true });
  }
  // A link is none of ours, whatever it is called.
  const link = `tracebench-${String(ENDED)}-link00`;
  await symlink(join(parent, 'other'), join(parent, link));
  await removeStaleFolders(parent);
  expect(await readdir(parent)).toEqual([...kept, link].sort());
  await removeStaleFolders(join(parent, 'nowhere'));
});
