/** The desktop package, built by electron-builder around a stand-in for Electron: what is in it, what is fused. */
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { listPackage, extractFile } from '@electron/asar';
import { FuseState } from '@electron/fuses/dist/constants.js';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT, runTool } from './run-tool.ts';
import { writeStandInElectron } from './stand-in-electron.ts';

const ELECTRON_BUILDER = join(ROOT, 'node_modules', 'electron-builder', 'cli.js');
/** The first run of a session may have to build. */
const WITH_BUILD_MS = 120_000;
const MOST_BYTES = 6_000_000;

describe.runIf(process.platform === 'linux')('the desktop package', () => {
  let archive: string;
  let binary: string;

  beforeAll(async () => {
    await runTool(process.execPath, [join(ROOT, 'scripts', 'prepare.mjs')]);
    const folder = await mkdtemp(join(tmpdir(), 'tracebench-test-'));
    const dist = join(folder, 'electron');
    await writeStandInElectron(dist);
    const output = join(folder, 'dist');
    const words = ['--linux', '--dir', `-c.electronDist=${dist}`, `-c.directories.output=${output}`];
    // It checks the configuration against its own schema before anything else.
    await runTool(process.execPath, [ELECTRON_BUILDER, ...words]);
    archive = join(output, 'linux-unpacked', 'resources', 'app.asar');
    binary = join(output, 'linux-unpacked', 'tracebench');
    return () => rm(folder, { recursive: true, force: true });
  }, WITH_BUILD_MS);

  it('holds exactly the build and the icons it shows, in less than 6 MB', async () => {
    const inArchive = listPackage(archive, { isPack: false }).map((path) =>
      path.slice(1).replaceAll('\\', '/'),
    );
    const isFolder = (path: string): boolean => inArchive.some((other) => other.startsWith(`${path}/`));
    const built = await filesUnder(join(ROOT, 'out'));
    const expected = [
      'LICENSE',
      'package.json',
      'out/main/main.js',
      'out/main/host-process.js',
      'out/main/import-thread.js',
      'out/main/plugin-thread.js',
      'out/main/search-thread.js',
      'out/preload/preload.cjs',
      ...built.filter((path) => /^out\/(renderer|plugins|main\/chunks)\//.test(path)),
      ...['512x512', 'tray', 'tray@2x', 'trayTemplate', 'trayTemplate@2x'].map(
        (name) => `resources/icons/${name}.png`,
      ),
    ];
    expect(inArchive.filter((path) => !isFolder(path)).toSorted()).toEqual(expected.toSorted());
    expect((await stat(archive)).size).toBeLessThan(MOST_BYTES);
  });

  it('says of itself what main needs, and names no packages', () => {
    const manifest = JSON.parse(extractFile(archive, 'package.json').toString()) as object;
    expect(manifest).toMatchObject({ name: 'tracebench', type: 'module', main: './out/main/main.js' });
    expect(manifest).not.toHaveProperty('dependencies');
    expect(manifest).not.toHaveProperty('devDependencies');
  });

  it('has every fuse set that keeps others from running their own code in it', async () => {
    const wire = await getCurrentFuseWire(binary);
    const off = [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
      FuseV1Options.GrantFileProtocolExtraPrivileges,
    ];
    const on = [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, FuseV1Options.OnlyLoadAppFromAsar];
    for (const fuse of off) expect(wire[fuse]).toBe(FuseState.DISABLE);
    for (const fuse of on) expect(wire[fuse]).toBe(FuseState.ENABLE);
  });
});

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}
