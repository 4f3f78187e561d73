/** Where plugins lie: with the product, installed in the data directory, and where an author works on one. */
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { PluginOrigin } from '../../../core/rpc/plugins.ts';
import { isMissing } from '../system-error.ts';
import { listBuiltinFolders } from './builtin-folder.ts';
import type { PluginsFile } from './plugins-file.ts';

export const INSTALLED_FOLDER = 'plugins';
/** The file is a person's to edit, and an id becomes a path. */
const ID = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)*$/;

export interface FoundPlugin {
  readonly id: string;
  readonly origin: PluginOrigin;
  readonly folder: string;
}

/** One for each id: an author's folder stands before what was installed, and nothing before what is built in. */
export async function findPlugins(dataDirectory: string, file: PluginsFile): Promise<readonly FoundPlugin[]> {
  const found = new Map<string, FoundPlugin>();
  // One whose folder is gone is a fault to be told, above all where it guarded what is stored: not one that never was.
  for (const id of file.installed().filter((each) => ID.test(each))) {
    found.set(id, { id, origin: 'installed', folder: join(dataDirectory, INSTALLED_FOLDER, id) });
  }
  for (const folder of await listInstalled(join(dataDirectory, INSTALLED_FOLDER))) {
    found.set(basename(folder), { id: basename(folder), origin: 'installed', folder });
  }
  for (const [id, folder] of file.folders()) found.set(id, { id, origin: 'folder', folder });
  for (const folder of await listBuiltinFolders()) {
    found.set(basename(folder), { id: basename(folder), origin: 'built-in', folder });
  }
  return [...found.values()];
}

async function listInstalled(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    // Names with a dot in front are what an installation left half-way.
    const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
    return names.map(({ name }) => join(folder, name));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
