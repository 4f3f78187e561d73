/**
 * A plugin as one file, `NAME-VERSION.tbplugin`: a zip of plugin.json with its integrity, and the source. The same
 * plugin gives the same bytes, so that two who pack it can compare what they have.
 */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describeBytes } from './describe-bytes.ts';
import type { PluginParts } from './load-plugin.ts';
import { PluginFault } from './plugin-fault.ts';

const MAX_UNPACKED_BYTES = 4 * 1024 * 1024;
/** The first day that a zip can name; whoever packs is not told by it. */
const NO_TIME = '1980-01-01T00:00:00';

export function packPlugin(files: Readonly<Record<string, string>>): Uint8Array {
  const names = Object.keys(files).sort();
  const entries = Object.fromEntries(names.map((name) => [name, strToU8(files[name] ?? '')]));
  return zipSync(entries, { level: 9, mtime: NO_TIME, os: 0 });
}

/** Throws a `PluginFault` where it is no such file. Nothing but files at its top is looked at. */
export function unpackPlugin(bytes: Uint8Array, from: string): PluginParts {
  const files = unzip(bytes, from);
  const read = (name: string): string => {
    const text = files[name];
    if (text === undefined) throw new PluginFault(`${from} holds no ${name}.`);
    return strFromU8(text);
  };
  return {
    from,
    manifest: read('plugin.json'),
    readMain: (name) => Promise.resolve().then(() => read(name)),
  };
}

function unzip(bytes: Uint8Array, from: string): Readonly<Record<string, Uint8Array>> {
  let total = 0;
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        total += originalSize;
        if (total > MAX_UNPACKED_BYTES) {
          throw new PluginFault(
            `${from} unpacks to more than ${describeBytes(MAX_UNPACKED_BYTES)}, which are allowed.`,
          );
        }
        return !name.includes('/');
      },
    });
  } catch (error) {
    if (error instanceof PluginFault) throw error;
    throw new PluginFault(`${from} is no packed plugin: it is not a zip that can be read.`, error);
  }
}
