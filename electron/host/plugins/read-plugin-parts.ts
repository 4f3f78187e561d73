/** Reads what a plugin is made of from its folder, or from the one file that `plugin pack` makes of it. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemErrorCode } from '../system-error.ts';
import { describeBytes } from './describe-bytes.ts';
import { unpackPlugin } from './packed-plugin.ts';
import { PluginFault } from './plugin-fault.ts';
import type { PluginParts } from './load-plugin.ts';

export const PACKED_NAME = /\.tbplugin$/;

const MAX_FILE_BYTES = 4 * 1024 * 1024;

export async function readPluginParts(path: string): Promise<PluginParts> {
  if (PACKED_NAME.test(path)) return unpackPlugin(await readPart(path), path);
  const readText = async (name: string): Promise<string> =>
    new TextDecoder().decode(await readPart(join(path, name)));
  return { from: path, manifest: await readText('plugin.json'), readMain: readText };
}

async function readPart(path: string): Promise<Uint8Array> {
  try {
    const found = await stat(path);
    const { size } = found;
    // A link to a device would be read for ever.
    if (!found.isFile() && !found.isDirectory()) throw new PluginFault(`${path} is no file.`);
    if (size > MAX_FILE_BYTES) {
      throw new PluginFault(
        `${path} has ${describeBytes(size)}, and ${describeBytes(MAX_FILE_BYTES)} are allowed.`,
      );
    }
    return await readFile(path);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    throw new PluginFault(
      `${path} cannot be read (${code}). A plugin is a folder with a plugin.json, or a .tbplugin file.`,
      error,
    );
  }
}
