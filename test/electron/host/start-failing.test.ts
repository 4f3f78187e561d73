/** A host that cannot finish its start leaves nothing behind: no port, no lock. */
import { mkdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startHost } from '../../../electron/host/host.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';

it('closes its ports and lets the next owner in when host.json cannot be written', async () => {
  const directory = await makeTemporaryDirectory();
  const dataDirectory = join(directory, 'data');
  const start = (): ReturnType<typeof startHost> =>
    startHost({ dataDirectory, ingestPort: 0, uiPort: 0, rendererDirectory: directory });
  const listening = (): number =>
    process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length;
  const before = listening();
  await mkdir(join(dataDirectory, 'host.json'), { recursive: true });
  await expect(start()).rejects.toMatchObject({ code: 'EISDIR' });
  expect(listening()).toBe(before);
  await rmdir(join(dataDirectory, 'host.json'));
  const second = await start();
  expect(second.kind).toBe('started');
  if (second.kind === 'started') await second.host.close();
});
