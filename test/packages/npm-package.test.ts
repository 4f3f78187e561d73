/** The npm package, packed, installed into an empty directory without a network, and started. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { isJsonObject, ownAt, type Json } from '../../core/model/json.ts';
import { npmCommand } from '../../scripts/run.mjs';
import { makeTemporaryDirectory } from '../electron/host/temporary-directory.ts';
import { ROOT, runTool } from './run-tool.ts';

const [npm, ...npmWords] = npmCommand();
/** The first run of a session may have to build. */
const WITH_BUILD_MS = 120_000;

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

describe('the npm package', () => {
  let packed: Packed;
  let folder: string;

  beforeAll(async () => {
    folder = join(ROOT, '.cache', 'test-pack');
    await mkdir(folder, { recursive: true });
    const words = [...npmWords, 'pack', '--json', '--pack-destination', folder];
    // Nothing but npm's own JSON may stand on stdout, however much was built.
    [packed] = JSON.parse(await runTool(npm, words)) as [Packed];
  }, WITH_BUILD_MS);

  it('holds the built command line, page and clients, and no source', () => {
    const kinds = packed.files.map(({ path }) =>
      path
        .replace(/^out\/main\/chunks\/.*\.js$/, 'chunks')
        .replace(/^out\/renderer\/assets\/.*/, 'assets')
        .replace(/^out\/plugins\/builtin\/.*/, 'plugins')
        .replace(/^out\/clients\/(.*\.(cjs|mjs|d\.ts)|types\/package\.json)$/, 'clients'),
    );
    expect([...new Set(kinds)].toSorted()).toEqual([
      'LICENSE',
      'README.md',
      'assets',
      'chunks',
      'clients',
      'out/main/cli.js',
      'out/main/import-thread.js',
      'out/main/plugin-thread.js',
      'out/main/search-thread.js',
      'out/plugins/verify-audit.mjs',
      'out/renderer/index.html',
      'package.json',
      'plugins',
    ]);
    expect(packed.size).toBeLessThan(2_500_000);
  });

  it('has every file that its exports point at', async () => {
    const text = await readFile(join(ROOT, 'package.json'), 'utf8');
    const manifest = JSON.parse(text) as { readonly exports: object };
    const targets = [...JSON.stringify(manifest.exports).matchAll(/":"\.\/([^"]+)"/g)].map(
      (match) => match[1],
    );
    expect(targets.length).toBeGreaterThan(10);
    const paths = packed.files.map(({ path }) => path);
    expect(targets.filter((target) => target === undefined || !paths.includes(target))).toEqual([]);
  });

  it('brings no dependencies, and runs nothing when it is installed', async () => {
    const manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as Json;
    if (!isJsonObject(manifest)) throw new Error('no manifest');
    for (const name of ['dependencies', 'optionalDependencies', 'peerDependencies', 'bundleDependencies']) {
      expect(ownAt(manifest, name)).toBeUndefined();
    }
    const scripts = ownAt(manifest, 'scripts');
    for (const name of ['preinstall', 'install', 'postinstall', 'prepare']) {
      expect(scripts).not.toHaveProperty(name);
    }
  });

  it('is installed offline, and `npx tracebench serve --json` serves', { timeout: 60_000 }, async () => {
    const place = await makeTemporaryDirectory();
    await writeFile(join(place, 'package.json'), '{"private":true}');
    const tarball = join(folder, packed.filename);
    const quiet = ['--offline', '--no-audit', '--no-fund'];
    await runTool(npm, [...npmWords, 'install', tarball, ...quiet], place);

    const data = join(place, 'data');
    const serve = ['serve', '--json', '--no-open', '--port', '0', '--ingest-port', '0', '--data', data];
    const words = [...npmWords, 'exec', '--offline', '--', 'tracebench', ...serve];
    const child = spawn(npm, words, { cwd: place, stdio: ['ignore', 'pipe', 'ignore'] });
    const [text] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const line = JSON.parse(text) as { ui: string; ingest: string; pid: number };
    onTestFinished(() => {
      if (child.exitCode === null) process.kill(line.pid, 'SIGKILL');
    });
    const page = await fetch(line.ui);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<div id="app">');
    const answer = await fetch(`${line.ingest}/v1/traces/ingest`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"data":[{"object":"trace","id":"t","workflow_name":"Packed"}]}',
    });
    expect(answer.status).toBe(204);
    const listing = [...npmWords, 'exec', '--offline', '--', 'tracebench', 'list', '--json', '--data', data];
    expect(await runTool(npm, listing, place)).toContain('"workflowName":"Packed"');
    const ended = once(child, 'exit');
    process.kill(line.pid, 'SIGTERM');
    await ended;
  });
});
