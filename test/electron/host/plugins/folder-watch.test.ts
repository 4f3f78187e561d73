import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { watchFolder } from '../../../../electron/host/plugins/folder-watch.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

it('tells of a file that was saved, and stops when it is told to', async () => {
  const folder = await makeTemporaryDirectory();
  const saved = new Promise<string>((resolve) => {
    // The time in which an editor is done passes at once.
    const clock = {
      nowMs: () => 0,
      after: (_ms: number, work: () => void) => {
        work();
        return () => undefined;
      },
    };
    onTestFinished(watchFolder(folder, clock, () => resolve('saved')));
  });
  await writeFile(join(folder, 'plugin.ts'), '1;');
  expect(await saved).toBe('saved');
});

it('a folder that is not there is not watched, and that is no error', () => {
  const clock = { nowMs: () => 0, after: () => () => undefined };
  expect(() => {
    watchFolder('/no/such/folder', clock, () => undefined)();
  }).not.toThrow();
});
