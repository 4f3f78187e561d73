/** Puts a new plugin on the disk, and packs one: both refuse to write over what is there. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { JsonObject } from '../../../../core/model/json.ts';
import { isMissing } from '../../system-error.ts';
import { hashSource, preparePlugin, type LoadedPlugin } from '../load-plugin.ts';
import { packPlugin } from '../packed-plugin.ts';
import { PluginFault } from '../plugin-fault.ts';
import { readPluginParts } from '../read-plugin-parts.ts';
import { makePlugin, readPluginName } from './new-plugin.ts';

export interface WrittenPlugin {
  readonly id: string;
  readonly folder: string;
  /** Names of files in the folder. */
  readonly files: readonly string[];
}

const TYPES = join('clients', 'types', 'core', 'plugin-api', 'index.d.ts');

/** Rejects with a `PluginFault` where no name can be made of the path, or something stands there. */
export async function writeNewPlugin(path: string): Promise<WrittenPlugin> {
  const folder = resolve(path);
  const name = readPluginName(basename(folder));
  if (name === undefined) {
    throw new PluginFault(`"${basename(folder)}" is no name for a plugin: take letters, digits and hyphens.`);
  }
  if ((await listFiles(folder)).length > 0)
    throw new PluginFault(`${folder} is not empty. Nothing was written.`);
  const { id, files } = makePlugin(name, findTypes(folder));
  await mkdir(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text, { flag: 'wx' });
  return { id, folder, files: Object.keys(files) };
}

export interface PackedPlugin {
  readonly id: string;
  readonly version: string;
  readonly file: string;
  readonly bytes: number;
  readonly integrity: string;
}

/** One file in `into`; an older one of the same version is replaced. */
export async function writePackedPlugin(folder: string, into: string): Promise<PackedPlugin> {
  const parts = await readPluginParts(folder);
  const { manifest }: LoadedPlugin = await preparePlugin(parts);
  const { id, version, main } = manifest;
  const code = await parts.readMain(main);
  const integrity = hashSource(code);
  const sealed = { ...(JSON.parse(parts.manifest) as JsonObject), integrity };
  const bytes = packPlugin({ 'plugin.json': `${JSON.stringify(sealed, undefined, 2)}\n`, [main]: code });
  const file = join(resolve(into), `${id}-${version}.tbplugin`);
  await mkdir(resolve(into), { recursive: true });
  await writeFile(file, bytes);
  return { id, version, file, bytes: bytes.length, integrity };
}

/** Where the editor is to look, where it does not find the package by itself. */
function findTypes(folder: string): string | undefined {
  try {
    createRequire(join(folder, 'plugin.json')).resolve('tracebench/plugin');
    return undefined;
  } catch {
    const types = findBuiltTypes(dirname(fileURLToPath(import.meta.url)));
    if (types === undefined) return undefined;
    const near = relative(folder, types);
    return near.startsWith(join('..', '..', '..', '..')) ? types : near.replaceAll('\\', '/');
  }
}

/** At or above the running code, in the package or in the build. */
function findBuiltTypes(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    for (const candidate of [join(folder, TYPES), join(folder, 'out', TYPES)]) {
      if (existsSync(candidate)) return candidate;
    }
    if (dirname(folder) === folder) return undefined;
  }
}

async function listFiles(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
