/** Plugins from folders over files, in the built thread and through the command line. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { isJsonObject, ownAt, type Json, type JsonObject } from '../../../../core/model/json.ts';
import { loadPlugin } from '../../../../electron/host/plugins/load-plugin.ts';
import { PluginRunner } from '../../../../electron/host/plugins/plugin-runner.ts';
import { findFaults } from '../../../contract/schemas.ts';
import { ROOT } from '../../../rules/source-tree.ts';
import { runCli } from '../../../running-host/running-host.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

const SAMPLE = join(ROOT, 'resources', 'sample', 'sample.jsonl');
const SLOW_TOOLS = join(ROOT, 'plugins', 'examples', 'slow-tools');
const THREAD = join(ROOT, 'out', 'main', 'plugin-thread.js');

beforeAll(async () => {
  await promisify(execFile)(process.execPath, [join(ROOT, 'scripts', 'prepare.mjs')]);
}, 120_000);

async function writePlugin(code: string, more: JsonObject = {}): Promise<string> {
  const folder = await makeTemporaryDirectory();
  const manifest = {
    id: 'local.test',
    version: '1.0.0',
    name: 'Test',
    apiVersion: 1,
    main: 'test.ts',
    reads: ['timing'],
  };
  await writeFile(join(folder, 'plugin.json'), JSON.stringify({ ...manifest, ...more }, undefined, 2));
  await writeFile(join(folder, 'test.ts'), code);
  return folder;
}

const mapping = (body: string): string => `import { definePlugin } from 'tracebench/plugin';
export const plugin = definePlugin<{ all: number }>({
  analyses: { all: { map: (trace): number => { ${body} }, reduce: (parts) => ({ kind: 'markdown', text: String(parts.length) }) } },
});
`;

function pluginsOf(stdout: string): readonly Json[] {
  const value = JSON.parse(stdout) as Json;
  expect(findFaults('analyze', value)).toEqual([]);
  const plugins = isJsonObject(value) ? ownAt(value, 'plugins') : undefined;
  return Array.isArray(plugins) ? (plugins as readonly Json[]) : [];
}

const analyze = (...words: readonly string[]): ReturnType<typeof runCli> =>
  runCli(['analyze', SAMPLE, ...words]);

describe('analyze --plugin', () => {
  it('runs the example, with its settings, and its alerts are findings that can fail a build', async () => {
    const settings = join(await makeTemporaryDirectory(), 'settings.json');
    await writeFile(settings, '{"example.slow-tools":{"limitMs":300}}');
    const plain = await analyze('--plugin', SLOW_TOOLS, '--json');
    expect(plain.code).toBe(0);
    expect(pluginsOf(plain.stdout)).toMatchObject([
      { id: 'example.slow-tools', status: 'completed', results: [{ analysis: 'times', kind: 'table' }] },
    ]);
    const rule = ['--settings', settings, '--fail-on', 'example.slow-tools:warning'];
    const strict = await analyze('--plugin', SLOW_TOOLS, '--json', ...rule);
    expect(strict.code).toBe(1);
    expect(strict.stdout).toContain('"by":"example.slow-tools","code":"slow-tool"');
    const junit = await analyze('--plugin', SLOW_TOOLS, '--format', 'junit', ...rule);
    expect(junit.stdout).toContain('<failure type="example.slow-tools/slow-tool"');
    const markdown = await analyze('--plugin', SLOW_TOOLS, '--format', 'markdown');
    expect(markdown.stdout).toContain('## example.slow-tools 1.0.0');
    expect((await analyze('--fail-on', 'grave')).code).toBe(2);
  }, 60_000);

  it('a first fault ends the plugin, is named on stderr and makes 1; others are unaffected', async () => {
    const broken = await writePlugin(mapping('throw new Error("no");'));
    const { code, stdout, stderr } = await analyze('--plugin', broken, SLOW_TOOLS, '--json');
    expect(code).toBe(1);
    expect(stderr).toMatch(/local\.test: no\n\s+at .*\(test\.ts:3:\d+\)/);
    expect(pluginsOf(stdout)).toMatchObject([
      { id: 'local.test', status: 'failed', results: [] },
      { id: 'example.slow-tools', status: 'completed' },
    ]);
  }, 60_000);

  it('names plugin, field and line where something undeclared is read', async () => {
    const curious = await writePlugin(mapping('return trace.spans[0].name.length;'));
    const { stderr } = await analyze('--plugin', curious);
    expect(stderr).toContain('local.test read span.name, but "reads" in plugin.json (line 7) lists timing.');
  }, 30_000);

  it('fault 71: a source that is not the one plugin.json promises is not loaded', async () => {
    const changed = await writePlugin(mapping('return 1;'), { integrity: `sha256-${'0'.repeat(64)}` });
    const { code, stdout, stderr } = await analyze('--plugin', changed, '--json');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('test.ts is another file than plugin.json promises');
  }, 30_000);

  it('fault 72: a plugin for a newer API, or with a permission that is not known, is refused with the reason', async () => {
    const newer = await analyze('--plugin', await writePlugin(mapping('return 1;'), { apiVersion: 2 }));
    expect(newer.code).toBe(1);
    expect(newer.stderr).toContain('asks for version 2 of the plugin API');
    const greedy = await analyze('--plugin', await writePlugin(mapping('return 1;'), { reads: ['keys'] }));
    expect(greedy.stderr).toContain('"reads" asks for "keys"');
  }, 30_000);
});

describe('the thread of a plugin', () => {
  it('fault 59: is ended from outside where its own deadline does not help', async () => {
    const deaf = join(await makeTemporaryDirectory(), 'deaf.mjs');
    const ready = `parentPort.postMessage({ kind: 'ready' });`;
    await writeFile(
      deaf,
      `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => { for (;;); }); ${ready}`,
    );
    const plugin = await loadPlugin(SLOW_TOOLS);
    await expect(PluginRunner.start(plugin, () => undefined, { path: deaf })).rejects.toThrow(
      'was ended from outside',
    );
  });

  it('answers thousands of calls in the memory of one', async () => {
    const plugin = await loadPlugin(
      await writePlugin(mapping('return trace.spans.length;'), { limits: { memoryMb: 24 } }),
    );
    const { runner, analyses } = await PluginRunner.start(plugin, () => undefined, { path: THREAD });
    expect(analyses).toEqual(['all']);
    const input = `{"id":"t","spans":[${Array(100).fill('{"id":"s"}').join(',')}]}`;
    for (let i = 0; i < 5000; i++) expect(await runner.call('all', 'map', input, '{}')).toBe('100');
    await runner.close();
  });
});
