// Finds the Chromium that browser tests run in: CHROMIUM, the usual paths, Playwright's own; else installs one.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ROOT } from './paths.mjs';
import { run, runNode } from './run.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const USUAL = {
  linux: ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome'].flatMap((folder) =>
    NAMES.map((name) => join(folder, name)),
  ),
  darwin: ['/Applications', join(homedir(), 'Applications')].flatMap((folder) => [
    join(folder, 'Chromium.app/Contents/MacOS/Chromium'),
    join(folder, 'Google Chrome.app/Contents/MacOS/Google Chrome'),
  ]),
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
    const folder = process.env[name];
    return folder === undefined ? [] : [join(folder, 'Google\\Chrome\\Application\\chrome.exe')];
  }),
};

/** Path of a Chromium on this machine, or undefined. Installs nothing. */
export function findChromium() {
  const named = process.env.CHROMIUM;
  if (named !== undefined && named !== '') return existsSync(named) ? named : undefined;
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => (process.platform === 'win32' ? [] : NAMES.map((name) => join(folder, name))));
  return [...(USUAL[process.platform] ?? []), ...onPath, ...playwrightsOwn()].find((path) =>
    existsSync(path),
  );
}

/** A Chromium for the tests, installed where there was none. Throws one plain sentence where that fails. */
export async function ensureChromium() {
  const named = process.env.CHROMIUM;
  if (named !== undefined && named !== '' && !existsSync(named)) {
    throw new Error(`CHROMIUM names ${named}, which does not exist.`);
  }
  const there = findChromium();
  if (there !== undefined) return there;
  process.stderr.write('No Chromium found: installing one through Playwright.\n');
  const playwright = join(ROOT, 'node_modules', '@playwright', 'test', 'cli.js');
  await runNode([playwright, 'install', 'chromium'], { output: 'stderr' });
  if (findChromium() === undefined && canUseApt()) {
    process.stderr.write('Playwright could not; trying apt-get install chromium.\n');
    await run('apt-get', ['update', '-q'], { output: 'stderr' });
    const args = ['install', '-y', '-q', '--no-install-recommends', 'chromium'];
    await run('apt-get', args, { output: 'stderr', env: { DEBIAN_FRONTEND: 'noninteractive' } });
  }
  const installed = findChromium();
  if (installed !== undefined) return installed;
  throw new Error(
    'Browser tests need a Chromium: install one, or set CHROMIUM to its path, and run npm test again.',
  );
}

function playwrightsOwn() {
  try {
    const require = createRequire(join(ROOT, 'package.json'));
    return [require('@playwright/test').chromium.executablePath()];
  } catch (error) {
    if (error.code === 'MODULE_NOT_FOUND') return [];
    throw error;
  }
}

function canUseApt() {
  return (
    process.platform === 'linux' &&
    process.getuid?.() === 0 &&
    existsSync('/usr/bin/apt-get') &&
    existsSync('/etc/debian_version')
  );
}
