/** The plugins of a data directory while no host runs over it: read from the disk, and nothing of them is run. */
import type { PluginRights, PluginState } from '../../../../core/rpc/plugins.ts';
import { rightsOf } from '../bundle-hash.ts';
import { findPlugins } from '../find-plugins.ts';
import { loadPlugin } from '../load-plugin.ts';
import { PluginFault } from '../plugin-fault.ts';
import { PluginsFile } from '../plugins-file.ts';

export type ListedPlugin = PluginRights &
  Pick<PluginState, 'id' | 'version' | 'name' | 'description' | 'origin' | 'enabled' | 'status' | 'fault'>;

export async function readPluginList(
  dataDirectory: string,
): Promise<{ readonly plugins: readonly ListedPlugin[]; readonly problems: readonly string[] }> {
  const file = await PluginsFile.open(dataDirectory);
  const plugins: ListedPlugin[] = [];
  for (const { id, origin, folder } of await findPlugins(dataDirectory, file)) {
    const { enabled } = file.get(id);
    try {
      const { manifest } = await loadPlugin(folder, { isBuiltIn: origin === 'built-in' });
      const { version, name, description = '' } = manifest;
      const status = enabled ? 'idle' : 'disabled';
      plugins.push({ id, version, name, description, origin, enabled, status, ...rightsOf(manifest) });
    } catch (error) {
      if (!(error instanceof PluginFault)) throw error;
      const none = { reads: [], writes: [], uses: [], network: null, isHighRisk: false };
      const known = { id, version: '', name: id, description: '', origin, enabled, ...none };
      plugins.push({ ...known, status: 'failed', fault: error.message });
    }
  }
  return { plugins, problems: file.problems };
}
