/** The plugin that a word of the command line means: the id of one that is built in or installed, or a path. */
import { basename } from 'node:path';
import { hashBundle } from './bundle-hash.ts';
import { findPlugins } from './find-plugins.ts';
import { loadPlugin, type LoadedPlugin } from './load-plugin.ts';
import { PluginFault } from './plugin-fault.ts';
import { PluginsFile } from './plugins-file.ts';

/** Ids are words with dots; whatever else a path holds, it says with a `./` in front that it is one. */
const ID = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)*$/;

/** Rejects with a `PluginFault`, also where an installed one is another file than was agreed to. */
export async function loadNamedPlugin(word: string, dataDirectory: string): Promise<LoadedPlugin> {
  if (!ID.test(word)) return await loadPlugin(word);
  const file = await PluginsFile.read(dataDirectory);
  const found = await findPlugins(dataDirectory, file);
  const named = found.find(({ id }) => id === word);
  if (named === undefined)
    return await loadUnnamed(
      word,
      found.map(({ id }) => id),
    );
  const loaded = await loadPlugin(named.folder, { isBuiltIn: named.origin === 'built-in' });
  if (named.origin === 'installed' && file.get(word).consent !== hashBundle(loaded)) {
    throw new PluginFault(
      `${word} is another file on the disk than the one that was installed, and is not run.`,
    );
  }
  return loaded;
}

/** A folder may be called like an id, too. */
async function loadUnnamed(word: string, ids: readonly string[]): Promise<LoadedPlugin> {
  try {
    return await loadPlugin(word);
  } catch (error) {
    if (!(error instanceof PluginFault) || !error.message.includes('cannot be read')) throw error;
    const there = ids.length === 0 ? 'there is none' : `there is ${ids.toSorted().join(', ')}`;
    throw new PluginFault(`No plugin is called ${basename(word)}, and no folder; ${there}.`, error);
  }
}
