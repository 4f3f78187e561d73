import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadNamedPlugin } from '../../../../electron/host/plugins/load-named-plugin.ts';
import { PluginRegistry } from '../../../../electron/host/plugins/plugin-registry.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';
import { FakeClock } from './fake-clock.ts';
import { startFake, writePlugin } from './fake-plugins.ts';

async function installIn(dataDirectory: string, id: string): Promise<void> {
  const start = startFake({ [id]: {} });
  const registry = await PluginRegistry.open({ dataDirectory, clock: new FakeClock(), start });
  const folder = await writePlugin(await makeTemporaryDirectory(), id);
  await registry.install(folder, (await registry.inspect(folder)).bundleHash, false);
  await registry.close();
}

it('takes the id of a plugin that comes with the product, and a path with or without a dot in front', async () => {
  const data = await makeTemporaryDirectory();
  expect((await loadNamedPlugin('watch', data)).manifest.name).toBe('Watch');
  const folder = await writePlugin(await makeTemporaryDirectory(), 'local.a');
  expect((await loadNamedPlugin(folder, data)).manifest.id).toBe('local.a');
});

it('takes the id of an installed one, and says which there are where there is no such', async () => {
  const data = await makeTemporaryDirectory();
  await installIn(data, 'local.a');
  expect((await loadNamedPlugin('local.a', data)).manifest.id).toBe('local.a');
  await expect(loadNamedPlugin('local.b', data)).rejects.toThrow(
    /No plugin is called local\.b.*local\.a, .*watch/,
  );
});

it('fault 71: does not run an installed one that was changed on the disk', async () => {
  const data = await makeTemporaryDirectory();
  await installIn(data, 'local.a');
  await appendFile(join(data, 'plugins', 'local.a', 'plugin.ts'), 'steal();');
  await expect(loadNamedPlugin('local.a', data)).rejects.toThrow('is another file on the disk');
});
