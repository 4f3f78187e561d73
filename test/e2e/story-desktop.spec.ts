/** The same story in the desktop window, where Electron's binary is; REQUIRE_ELECTRON=1 makes its lack a failure. */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, expect, test } from '@playwright/test';
import { findHost } from '../../electron/host/owner/find-host.ts';
import { findElectron } from '../../scripts/electron-binary.mjs';
import { makeDataDirectory, runCli } from './harness.ts';
import { importFile, lookAtTrace, seeThatItStays, seeTraceComeIn } from './story.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const FOUND_WITHIN_MS = 10_000;

const hindrance = findHindrance();

test('on the desktop: spans come in, are looked at, files are imported, and all of it stays', async () => {
  if (hindrance !== undefined) {
    expect(process.env['REQUIRE_ELECTRON'], `REQUIRE_ELECTRON is set, but ${hindrance}`).not.toBe('1');
    process.stdout.write(`\nNot run on the desktop: ${hindrance}.\n`);
    test.skip(true, hindrance);
  }
  // Makes the build that the window shows.
  expect((await runCli(['--version'])).code).toBe(0);
  const data = await makeDataDirectory();
  const desktop = await _electron.launch({
    executablePath: findElectron() ?? '',
    args: [ROOT],
    env: {
      ...definedIn(process.env),
      TRACEBENCH_DATA: data,
      TRACEBENCH_INGEST_PORT: '0',
      TRACEBENCH_PORT: '0',
    },
  });
  try {
    const page = await desktop.firstWindow();
    const found = await findHost(data, FOUND_WITHIN_MS);
    if (found.kind !== 'running') throw new Error('the host of the window does not run');
    const stage = { page, ingest: found.host.ingest, data };
    expect(page.url()).toMatch(/^app:\/\/workbench\//);
    await seeTraceComeIn(stage);
    await lookAtTrace(stage);
    await importFile(stage);
    await seeThatItStays(stage);
  } finally {
    await desktop.close();
  }
  expect(existsSync(join(data, 'host.json'))).toBe(false);
  await rm(data, { recursive: true, force: true });
});

function findHindrance(): string | undefined {
  if (findElectron() === undefined) return 'Electron is not installed on this machine';
  if (process.platform !== 'linux') return undefined;
  if (process.getuid?.() === 0) return 'Electron does not run as root';
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return DISPLAY || WAYLAND_DISPLAY ? undefined : 'there is no display';
}

function definedIn(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
