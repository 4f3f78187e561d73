/** Installs a plugin while no host runs over the data directory; the next one finds it switched on. */
import { basename } from 'node:path';
import type { Clock } from '../../../../core/model/time.ts';
import { openAuditAlone } from '../../audit/audited-store.ts';
import { acquireOwnerLock } from '../../owner/owner-lock.ts';
import { VERSION } from '../../version.ts';
import { copyPlugin } from '../install-plugin.ts';
import { loadPlugin } from '../load-plugin.ts';
import { PluginFault } from '../plugin-fault.ts';
import { PluginsFile } from '../plugins-file.ts';

/** `bundleHash`: what was agreed to. Rejects with a `PluginFault`. */
export async function installWithoutHost(
  dataDirectory: string,
  path: string,
  bundleHash: string,
  clock: Clock,
): Promise<void> {
  const locked = await acquireOwnerLock(dataDirectory, VERSION);
  if (locked.kind === 'held') {
    throw new PluginFault('Another process is writing to this data directory; try again when it is done.');
  }
  try {
    const audit = await openAuditAlone(dataDirectory, clock);
    try {
      const { id } = (await loadPlugin(path)).manifest;
      await audit.record({ action: 'plugin-installed', objects: [id], bundle: bundleHash });
    } finally {
      await audit.close();
    }
    const id = basename(await copyPlugin(path, dataDirectory, bundleHash));
    const file = await PluginsFile.open(dataDirectory);
    await file.change(id, { enabled: true, consent: bundleHash, folder: undefined });
  } finally {
    await locked.lock.release();
  }
}
