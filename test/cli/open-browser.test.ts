/** The browser gets a private file, never the token on a command line. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { removeStaleRedirects } from '../../cli/open-browser.ts';
import { makeDataDirectory } from '../running-host/running-host.ts';

const CLI = fileURLToPath(new URL('../../cli/tracebench.mjs', import.meta.url));

it.runIf(process.platform === 'linux')(
  'opens the page through a 0600 redirect file that goes when the host ends',
  async () => {
    const data = await makeDataDirectory();
    try {
      const opener = join(data, 'xdg-open');
      const calls = join(data, 'calls');
      await writeFile(
        opener,
        `#!/bin/sh\nprintf '%s\\n' "$*" > '${calls}.new' && mv '${calls}.new' '${calls}'\n`,
      );
      await chmod(opener, 0o700);
      const env = { ...process.env, PATH: `${data}:${process.env['PATH'] ?? ''}` };
      const words = [CLI, 'serve', '--port', '0', '--ingest-port', '0', '--data', data, '--json'];
      const child = spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'inherit'] });
      const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
      const { ui } = JSON.parse(line) as { ui: string };
      await expect
        .poll(() => readFile(calls, 'utf8').catch(() => ''), { timeout: 5000 })
        .toContain('file://');
      const opened = (await readFile(calls, 'utf8')).trim();
      expect(opened).not.toContain(new URL(ui).hash.slice(3));
      const file = fileURLToPath(opened);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      expect(await readFile(file, 'utf8')).toContain(`url=${ui}"`);
      child.kill('SIGTERM');
      await once(child, 'exit');
      await expect(stat(file)).rejects.toThrow('ENOENT');
    } finally {
      await rm(data, { recursive: true, force: true });
    }
  },
);

it('removes the redirect files of processes that were killed, and no others', async () => {
  const data = await makeDataDirectory();
  try {
    const child = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
    await once(child, 'exit');
    const own = `open-${String(process.pid)}.html`;
    for (const name of [`open-${String(child.pid)}.html`, own, 'open-me.html']) {
      await writeFile(join(data, name), '');
    }
    await removeStaleRedirects(data);
    expect((await readdir(data)).toSorted()).toEqual([own, 'open-me.html'].toSorted());
  } finally {
    await rm(data, { recursive: true, force: true });
  }
});
