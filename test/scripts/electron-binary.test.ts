/** The one attempt to fetch Electron's binary, from mirrors on loopback: one that is silent, poor, or false. */
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { listenOn } from '../../electron/host/listen.ts';
import { fetchElectron, findElectron, readFailure } from '../../scripts/electron-binary.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PACKAGE = join(ROOT, 'node_modules', 'electron');

interface Trial {
  readonly folder: string;
  readonly file: string;
  readonly said: string[];
  readonly asked: string[];
  /** Tries to fetch from the mirror. */
  fetch(): Promise<string | undefined>;
}

/** A copy of Electron's package beside the real one's dependencies, and a mirror. */
async function openTrial(answer: RequestListener, connectMs = 10_000): Promise<Trial> {
  await mkdir(join(ROOT, '.cache'), { recursive: true });
  const folder = await mkdtemp(join(ROOT, '.cache', 'electron-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const name of ['package.json', 'install.js', 'checksums.json']) {
    await copyFile(join(PACKAGE, name), join(folder, name));
  }
  const asked: string[] = [];
  const mirror = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  const port = await listenOn(mirror, 0);
  onTestFinished(() => {
    mirror.closeAllConnections();
    mirror.close();
  });
  const said: string[] = [];
  const file = join(folder, 'failure.json');
  const env = {
    ...process.env,
    ELECTRON_MIRROR: `http://127.0.0.1:${String(port)}/`,
    electron_config_cache: join(folder, 'cache'),
  };
  const say = (words: string): void => void said.push(words);
  return {
    folder,
    file,
    said,
    asked,
    fetch: () => fetchElectron({ say, folder, file, env, connectMs }),
  };
}

it('gives up where nobody answers, and remembers that for this version', async () => {
  const { fetch, file, folder, asked } = await openTrial(() => undefined, 1_500);
  expect(await fetch()).toBeUndefined();
  expect(asked.length).toBeLessThanOrEqual(1);
  expect(readFailure(file, folder)).toMatchObject({ reason: 'no connection within 10 s' });
  const other = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as object;
  await writeFile(join(folder, 'package.json'), JSON.stringify({ ...other, version: '0.0.1' }));
  expect(readFailure(file, folder)).toBeUndefined();
});

it('says what a mirror answered that has no such file', async () => {
  const { fetch, file, folder } = await openTrial((_, response) => {
    response.writeHead(404).end();
  });
  expect(await fetch()).toBeUndefined();
  expect(readFailure(file, folder)?.reason).toContain('404');
});

it('shows progress, and takes nothing whose sum is not that of the package', async () => {
  const { fetch, file, folder, said } = await openTrial((_, response) => {
    response.writeHead(200, { 'content-length': 9 }).end('no binary');
  });
  expect(await fetch()).toBeUndefined();
  expect(said.at(-1)).toBe('Downloading Electron: 100 %');
  expect(readFailure(file, folder)?.reason).toMatch(/checksum/i);
  expect(findElectron(folder, {})).toBeUndefined();
});

it('finds a binary by path.txt, and only where it lies', async () => {
  const { folder } = await openTrial(() => undefined);
  await writeFile(join(folder, 'path.txt'), 'electron');
  expect(findElectron(folder, {})).toBeUndefined();
  await mkdir(join(folder, 'dist'));
  await writeFile(join(folder, 'dist', 'electron'), '');
  expect(findElectron(folder, {})).toBe(join(folder, 'dist', 'electron'));
  expect(findElectron(folder, { ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'none') })).toBeUndefined();
});
