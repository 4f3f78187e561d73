/** Takes a plugin in: what stands at a path is shown before anything of it runs, and what was agreed to is copied. */
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PluginOffer } from '../../../core/rpc/plugins.ts';
import { hashBundle, rightsOf } from './bundle-hash.ts';
import { INSTALLED_FOLDER } from './find-plugins.ts';
import { loadPlugin, type LoadedPlugin } from './load-plugin.ts';
import { PluginFault } from './plugin-fault.ts';
import { readPluginParts } from './read-plugin-parts.ts';

/** What was found, as it is shown. */
export function describeOffer(loaded: LoadedPlugin, replaces: string | undefined): PluginOffer {
  const { id, version, name, description = '', author = '', license = '' } = loaded.manifest;
  return {
    ...rightsOf(loaded.manifest),
    ...{ id, version, name, description, author, license },
    bundleHash: hashBundle(loaded),
    ...(replaces !== undefined && { replaces }),
  };
}

/**
 * Copies manifest and source out of a folder or a packed file, and nothing else that lies beside them. Answers the new
 * folder. Rejects with a `PluginFault`, and then nothing has changed.
 */
export async function copyPlugin(path: string, dataDirectory: string, agreedHash: string): Promise<string> {
  const parent = join(dataDirectory, INSTALLED_FOLDER);
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const half = await mkdtemp(join(parent, '.new-'));
  try {
    const parts = await readPluginParts(path);
    const { manifest } = await loadPlugin(path);
    await writeFile(join(half, 'plugin.json'), parts.manifest, { mode: 0o600 });
    await writeFile(join(half, manifest.main), await parts.readMain(manifest.main), { mode: 0o600 });
    // The copy is judged, not the original: nobody can exchange it in between.
    refuseOther(await loadPlugin(half), agreedHash);
    const folder = join(parent, manifest.id);
    await rm(folder, { recursive: true, force: true });
    await rename(half, folder);
    return folder;
  } finally {
    await rm(half, { recursive: true, force: true });
  }
}

/** Throws a `PluginFault` where it is not what the user looked at. */
export function refuseOther(loaded: LoadedPlugin, agreedHash: string): void {
  if (hashBundle(loaded) === agreedHash) return;
  throw new PluginFault(`${loaded.manifest.name} has changed since it was looked at. Look at it again.`);
}
