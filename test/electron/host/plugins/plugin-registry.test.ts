import { appendFile, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { PluginState } from '../../../../core/rpc/plugins.ts';
import { PluginFault } from '../../../../electron/host/plugins/plugin-fault.ts';
import { PluginRegistry } from '../../../../electron/host/plugins/plugin-registry.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';
import { FakeClock, settle } from './fake-clock.ts';
import { DEADLINE, startFake, writePlugin, type FakePlugins } from './fake-plugins.ts';

async function openRegistry(dataDirectory: string, plugins: FakePlugins): Promise<PluginRegistry> {
  const clock = new FakeClock();
  const registry = await PluginRegistry.open({ dataDirectory, clock, start: startFake(plugins) });
  onTestFinished(() => registry.close());
  return registry;
}

async function install(registry: PluginRegistry, folder: string, asFolder = false): Promise<PluginState> {
  const { bundleHash } = await registry.inspect(folder);
  return (await registry.install(folder, bundleHash, asFolder)).state();
}

const ownOf = (registry: PluginRegistry): readonly PluginState[] =>
  registry.list().filter(({ origin }) => origin !== 'built-in');

const FINE: FakePlugins = { 'local.a': { hooks: { processTrace: () => null }, analyses: {} } };

it('lists what comes with the product, switched off', async () => {
  const registry = await openRegistry(await makeTemporaryDirectory(), {});
  const watch = registry.list().find(({ id }) => id === 'watch');
  expect(watch).toMatchObject({ origin: 'built-in', enabled: false, status: 'disabled', crashes: 0 });
  expect(watch).not.toHaveProperty('path');
  expect(registry.list().filter(({ status }) => status !== 'disabled')).toEqual([]);
  await expect(registry.remove('watch', false)).rejects.toThrow('comes with the workbench');
});

it('shows what a plugin may do before anything of it runs', async () => {
  const registry = await openRegistry(await makeTemporaryDirectory(), {});
  const network = { allow: ['https://api.example.org'], reason: 'to ask' };
  const more = { reads: ['content'], writes: ['annotations'], network };
  const folder = await writePlugin(
    await makeTemporaryDirectory(),
    'local.a',
    more,
    'throw new Error("ran");',
  );
  expect(await registry.inspect(folder)).toMatchObject({
    id: 'local.a',
    ...more,
    uses: [],
    isHighRisk: true,
  });
  expect(ownOf(registry)).toEqual([]);
});

it('installs a copy of manifest and source, switched on, and knows it after a restart', async () => {
  const data = await makeTemporaryDirectory();
  const folder = await writePlugin(await makeTemporaryDirectory(), 'local.a');
  await writeFile(join(folder, 'beside.txt'), 'no part of it');
  const registry = await openRegistry(data, FINE);
  expect(await install(registry, folder)).toMatchObject({ status: 'idle', hooks: ['processTrace'] });
  const copy = join(data, 'plugins', 'local.a');
  expect(await readFile(join(copy, 'plugin.ts'), 'utf8')).toBe('1;');
  await expect(readFile(join(copy, 'beside.txt'))).rejects.toThrow('ENOENT');
  await registry.close();
  const again = await openRegistry(data, FINE);
  expect(ownOf(again)).toMatchObject([{ id: 'local.a', origin: 'installed', status: 'idle', path: copy }]);
  expect(again.active('processTrace').map(({ id }) => id)).toEqual(['local.a']);
});

it('does not install what has changed since it was looked at', async () => {
  const registry = await openRegistry(await makeTemporaryDirectory(), FINE);
  const folder = await writePlugin(await makeTemporaryDirectory(), 'local.a');
  const { bundleHash } = await registry.inspect(folder);
  await appendFile(join(folder, 'plugin.ts'), '2;');
  await expect(registry.install(folder, bundleHash, false)).rejects.toThrow('Look at it again');
  expect(ownOf(registry)).toEqual([]);
});

it('fault 71: what was changed on the disk is not loaded until somebody agrees to it', async () => {
  const data = await makeTemporaryDirectory();
  const registry = await openRegistry(data, FINE);
  await install(registry, await writePlugin(await makeTemporaryDirectory(), 'local.a'));
  await registry.close();
  await appendFile(join(data, 'plugins', 'local.a', 'plugin.ts'), 'steal();');
  const again = await openRegistry(data, FINE);
  const [changed] = ownOf(again);
  expect(changed).toMatchObject({ status: 'changed-on-disk', enabled: true });
  expect(changed?.fault).toContain('is another file on the disk than the one that was installed');
  // Still in its place: a redactor that went missing must not be passed by.
  const [active] = again.active('processTrace');
  await expect(active?.call('processTrace', '{}')).rejects.toThrow(PluginFault);
  await expect(again.enable('local.a', true, 'sha256-of-another')).rejects.toThrow('Look at it again');
  await again.enable('local.a', true, changed?.bundleHash);
  expect(ownOf(again)).toMatchObject([{ status: 'idle' }]);
  expect(await active?.call('processTrace', '{}')).toBe('null');
});

it('an author may save as often as he likes, and is asked again where it wants to read more', async () => {
  const registry = await openRegistry(await makeTemporaryDirectory(), FINE);
  const parent = await makeTemporaryDirectory();
  const folder = await writePlugin(parent, 'local.a');
  await install(registry, folder, true);
  const plugin = registry.find('local.a');
  await writePlugin(parent, 'local.a', {}, '2;');
  await plugin?.load();
  expect(ownOf(registry)).toMatchObject([{ origin: 'folder', path: folder, status: 'idle' }]);
  await writePlugin(parent, 'local.a', { reads: ['timing', 'metadata'] });
  await plugin?.load();
  expect(ownOf(registry)).toMatchObject([{ status: 'changed-on-disk' }]);
});

it('gives plugins by stage, the order of the user, and id', async () => {
  const hooks = { processTrace: () => null };
  const ids = ['local.a', 'local.b', 'local.c', 'local.d'];
  const registry = await openRegistry(
    await makeTemporaryDirectory(),
    Object.fromEntries(ids.map((id) => [id, { hooks }])),
  );
  const parent = await makeTemporaryDirectory();
  for (const id of ids) {
    await install(registry, await writePlugin(parent, id, id === 'local.d' ? { order: 'pre' } : {}));
  }
  await registry.change('local.c', undefined, -1);
  const order = (): readonly string[] => registry.active('processTrace').map(({ id }) => id);
  expect(order()).toEqual(['local.d', 'local.c', 'local.a', 'local.b']);
  await registry.enable('local.c', false, undefined);
  expect(order()).toEqual(['local.d', 'local.a', 'local.b']);
  expect(registry.active('redact')).toEqual([]);
});

it('gives settings over their defaults, refuses what does not fit, and keeps them', async () => {
  const data = await makeTemporaryDirectory();
  const seen: unknown[] = [];
  const hooks = { processTrace: (_: unknown, settings: unknown) => void seen.push(settings) };
  const registry = await openRegistry(data, { 'local.a': { hooks } });
  const settings = { limitMs: { type: 'number', default: 5 }, words: { type: 'texts', default: ['a'] } };
  await install(registry, await writePlugin(await makeTemporaryDirectory(), 'local.a', { settings }));
  await registry.change('local.a', { limitMs: 7 }, undefined);
  await expect(registry.change('local.a', { limitMs: 'seven' }, undefined)).rejects.toThrow('"limitMs"');
  await expect(registry.change('local.a', { other: 1 }, undefined)).rejects.toThrow('other');
  await registry.active('processTrace')[0]?.call('processTrace', '{}');
  expect(seen).toEqual([{ limitMs: 7, words: ['a'] }]);
  await registry.close();
  expect(ownOf(await openRegistry(data, {}))).toMatchObject([{ settings: { limitMs: 7, words: ['a'] } }]);
});

it('a damaged plugins.json is told and set aside, and everything is off', async () => {
  const data = await makeTemporaryDirectory();
  await writeFile(join(data, 'plugins.json'), '{"plugins": {"watch": {"enab');
  const registry = await openRegistry(data, {});
  expect(registry.problems).toEqual([
    'plugins.json was damaged: every plugin is off. The file was kept as plugins.json.damaged.',
  ]);
  expect(registry.list().filter(({ enabled }) => enabled)).toEqual([]);
  expect(await readFile(join(data, 'plugins.json.damaged'), 'utf8')).toContain('enab');
});

it('fault 68: one that broke down three times is off with a sentence, and the others go on', async () => {
  const clock = new FakeClock();
  const bad = {
    processTrace: () => {
      throw new PluginFault(DEADLINE);
    },
  };
  const plugins = { 'local.bad': { hooks: bad }, 'local.good': { hooks: { processTrace: () => 1 } } };
  const dataDirectory = await makeTemporaryDirectory();
  const registry = await PluginRegistry.open({ dataDirectory, clock, start: startFake(plugins) });
  onTestFinished(() => registry.close());
  const parent = await makeTemporaryDirectory();
  for (const id of Object.keys(plugins)) await install(registry, await writePlugin(parent, id));
  for (const waitMs of [0, 1000, 5000]) {
    const call = registry.active('processTrace')[0]?.call('processTrace', '{}');
    void call?.catch(() => undefined);
    await clock.advance(waitMs);
    await expect(call).rejects.toThrow(DEADLINE);
  }
  await settle();
  expect(ownOf(registry)).toMatchObject([
    {
      id: 'local.bad',
      status: 'failed',
      crashes: 3,
      fault: expect.stringContaining('three times') as string,
    },
    { id: 'local.good', status: 'idle', crashes: 0 },
  ]);
  expect(await registry.active('processTrace')[1]?.call('processTrace', '{}')).toBe('1');
  // Who switches it on again gives it another chance.
  await registry.enable('local.bad', true, undefined);
  expect(ownOf(registry)[0]).toMatchObject({ status: 'idle', crashes: 0 });
});

it('keeps one whose folder is gone, so that ingest notices a guard that is missing', async () => {
  const dataDirectory = await makeTemporaryDirectory();
  const plugins: FakePlugins = { 'local.a': { hooks: { redact: () => [] }, analyses: {} } };
  const registry = await openRegistry(dataDirectory, plugins);
  const more = { reads: ['content'], writes: ['content'] };
  await install(registry, await writePlugin(await makeTemporaryDirectory(), 'local.a', more));
  await rm(join(dataDirectory, 'plugins', 'local.a'), { recursive: true });
  const next = await openRegistry(dataDirectory, plugins);
  expect(ownOf(next)).toMatchObject([
    { id: 'local.a', enabled: true, status: 'failed', fault: expect.stringContaining('ENOENT') as string },
  ]);
  const [guard] = next.active('redact');
  await expect(guard?.call('redact', '[]')).rejects.toThrow('cannot be read');
  await next.remove('local.a', true);
  expect(ownOf(await openRegistry(dataDirectory, plugins))).toEqual([]);
});

it('reads no device that a plugin links to, and no manifest that is nested without end', async () => {
  const registry = await openRegistry(await makeTemporaryDirectory(), FINE);
  const folder = await writePlugin(await makeTemporaryDirectory(), 'local.a');
  await rm(join(folder, 'plugin.ts'));
  await symlink('/dev/zero', join(folder, 'plugin.ts'));
  await expect(registry.inspect(folder)).rejects.toThrow('is no file');
  const depth = 100_000;
  await writeFile(
    join(folder, 'plugin.json'),
    `{"id":"local.a","reads":[${'['.repeat(depth)}${']'.repeat(depth)}]}`,
  );
  await expect(registry.inspect(folder)).rejects.toThrow(PluginFault);
});
