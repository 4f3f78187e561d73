/** `tracebench plugin …` as an author uses it, from nothing to an installed plugin, beside a host and without one. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isJsonObject, ownAt, type Json } from '../../core/model/json.ts';
import { findFaults } from '../contract/schemas.ts';
import { makeTemporaryDirectory } from '../electron/host/temporary-directory.ts';
import { runCli, startHost } from '../running-host/running-host.ts';

const plugin = (...words: readonly string[]): ReturnType<typeof runCli> => runCli(['plugin', ...words]);

async function makeHello(): Promise<{ readonly parent: string; readonly folder: string }> {
  const parent = await makeTemporaryDirectory();
  const folder = join(parent, 'hello');
  const { code } = await plugin('new', folder, '--json');
  expect(code).toBe(0);
  return { parent, folder };
}

function pluginsOf(stdout: string): readonly Json[] {
  const value = JSON.parse(stdout) as Json;
  expect(findFaults('plugin-list', value)).toEqual([]);
  const plugins = isJsonObject(value) ? ownAt(value, 'plugins') : undefined;
  return Array.isArray(plugins) ? (plugins as readonly Json[]) : [];
}

describe('tracebench plugin', () => {
  it('makes a plugin that tests well, runs, packs and installs without a host', async () => {
    const { parent, folder } = await makeHello();
    const sources = (await readdir(folder)).filter((name) => name.endsWith('.ts'));
    expect(sources).toEqual(['hello.ts']);
    const tested = await plugin('test', folder, '--json');
    expect(tested.code).toBe(0);
    expect(findFaults('plugin-test', JSON.parse(tested.stdout) as Json)).toEqual([]);
    const data = join(parent, 'data');
    const ran = await plugin('dev', folder, '--once', '--data', data);
    expect(ran.stdout).toContain('search_orders');
    const packed = await plugin('pack', folder, '-o', parent, '--json');
    const file = join(parent, 'local.hello-0.1.0.tbplugin');
    expect(JSON.parse(packed.stdout)).toMatchObject({ id: 'local.hello', file });
    const refused = await plugin('install', file, '--data', data);
    expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('It has no network, and no files.');
    expect((await plugin('install', file, '--data', data, '--yes', '--json')).code).toBe(0);
    const { stdout } = await plugin('list', '--data', data, '--json');
    const hello = pluginsOf(stdout).find((each) => isJsonObject(each) && each.id === 'local.hello');
    expect(hello).toMatchObject({
      origin: 'installed',
      enabled: true,
      reads: ['structure', 'timing', 'names'],
    });
  }, 90_000);

  it('says what is wrong with a plugin and ends with 1, and with 2 where it is called wrongly', async () => {
    const { folder } = await makeHello();
    const source = join(folder, 'hello.ts');
    await writeFile(source, (await readFile(source, 'utf8')).replace('span.name', 'String(span.model)'));
    const tested = await plugin('test', folder);
    expect(tested.code).toBe(1);
    expect(tested.stdout).toContain('read span.model, but "reads" in plugin.json (line 8)');
    expect((await plugin('test', join(folder, 'none'))).code).toBe(1);
    expect((await plugin('new', folder)).stderr).toContain('is not empty. Nothing was written.');
    expect((await plugin('new')).code).toBe(2);
    const help = await plugin('dev', '--help');
    expect(help.code).toBe(0);
    expect(help.stdout).toContain('folder of the plugin');
  }, 60_000);

  it('loads a folder into the running workbench, and lists what is there', async () => {
    const { folder } = await makeHello();
    const host = await startHost();
    onTestFinished(async () => {
      await host.stop();
    });
    const ran = await plugin('dev', folder, '--once', '--data', host.data);
    expect({ code: ran.code, stderr: ran.stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining('In the workbench now: local.hello 0.1.0') as string,
    });
    const { stdout } = await plugin('list', '--data', host.data, '--json');
    const hello = pluginsOf(stdout).find((each) => isJsonObject(each) && each.id === 'local.hello');
    expect(hello).toMatchObject({ origin: 'folder', enabled: true, analyses: ['tools'] });
  }, 90_000);
});
