/**
 * Opens the page in the user's browser through a private redirect file: an address on a command line would
 * show its token to every user of the machine.
 */
import { spawn } from 'node:child_process';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findProcessStart } from '../electron/host/owner/process-identity.ts';
import { say } from './output.ts';

/** Returns how to remove the file again. A browser that does not start is said, and no failure. */
export async function openBrowser(dataDirectory: string, url: string): Promise<() => Promise<void>> {
  const path = join(dataDirectory, `open-${String(process.pid)}.html`);
  const attribute = url.replace(/&/g, '&amp;').replace(/"/g, '&quot;');
  const html = `<!doctype html><meta charset="utf-8"><title>Tracebench</title><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0; url=${attribute}">\n`;
  await writeFile(path, html, { mode: 0o600 });
  const [command, ...words] = openerFor(pathToFileURL(path).href);
  const child = spawn(command, words, { stdio: 'ignore', detached: true });
  child.once('error', () => {
    say(`No browser could be started; open this address yourself: ${url}`);
  });
  child.unref();
  return () => rm(path, { force: true });
}

/** Removes the files of processes that have ended: one that was killed left its own behind, token and all. */
export async function removeStaleRedirects(dataDirectory: string): Promise<void> {
  const stale = (await readdir(dataDirectory)).filter((name) => {
    const pid = REDIRECT.exec(name)?.[1];
    return pid !== undefined && findProcessStart(Number(pid)) === undefined;
  });
  await Promise.all(stale.map((name) => rm(join(dataDirectory, name), { force: true })));
}

const REDIRECT = /^open-(\d+)\.html$/;

function openerFor(url: string): readonly [string, ...string[]] {
  switch (process.platform) {
    case 'darwin':
      return ['open', url];
    case 'win32':
      return ['rundll32', 'url.dll,FileProtocolHandler', url];
    default:
      return ['xdg-open', url];
  }
}
