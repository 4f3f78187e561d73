import { expect, it, onTestFinished } from 'vitest';
import { PluginRegistry } from '../../../electron/host/plugins/plugin-registry.ts';
import { FakeClock } from '../../electron/host/plugins/fake-clock.ts';
import { startGuest } from '../../electron/host/plugins/start-guest.ts';
import { makeTemporaryDirectory } from '../../electron/host/temporary-directory.ts';

it('every plugin that is built in runs when it is switched on, also one whose work is the host’s own', async () => {
  const dataDirectory = await makeTemporaryDirectory();
  const registry = await PluginRegistry.open({ dataDirectory, clock: new FakeClock(), start: startGuest });
  onTestFinished(() => registry.close());
  const ids = registry.list().map(({ id }) => id);
  expect(ids).toContain('audit');
  for (const id of ids) await registry.enable(id, true, undefined);
  const faults = registry.list().map(({ id, enabled, fault }) => [id, enabled, fault]);
  expect(faults).toEqual(ids.map((id) => [id, true, undefined]));
});
