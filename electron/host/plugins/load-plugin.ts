/** A plugin from its folder: the manifest checked, the source compared with what the manifest promises, then compiled. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { checkManifest } from '../../../core/plugin-api/check-manifest.ts';
import { LIMITS, type PluginManifest, type Read } from '../../../core/plugin-api/manifest.ts';
import { SPAN_FIELDS, TRACE_FIELDS } from '../../../core/plugin-api/views.ts';
import type { Json } from '../../../core/model/json.ts';
import { systemErrorCode } from '../system-error.ts';
import { compilePlugin } from './compile-plugin.ts';
import { describeBytes } from './describe-bytes.ts';
import { PluginFault } from './plugin-fault.ts';
import type { GuestConfig, GuestSource } from './thread-words.ts';

export interface LoadedPlugin {
  readonly manifest: PluginManifest;
  readonly source: GuestSource;
  readonly deadlineMs: number;
  readonly memoryMb: number;
}

const MAX_FILE_BYTES = 4 * 1024 * 1024;

/** Throws a `PluginFault` with all that is wrong. */
export async function loadPlugin(folder: string): Promise<LoadedPlugin> {
  const text = await readPart(folder, 'plugin.json');
  const checked = checkManifest(parse(text));
  if (checked.kind === 'faults') {
    throw new PluginFault(`plugin.json of ${folder} is not right: ${checked.faults.join(' ')}`);
  }
  const { manifest } = checked;
  const code = await readPart(folder, manifest.main);
  const hash = `sha256-${createHash('sha256').update(code).digest('hex')}`;
  if (manifest.integrity !== undefined && manifest.integrity !== hash) {
    throw new PluginFault(
      `${manifest.id} was not loaded: ${manifest.main} is another file than plugin.json promises (it has ${hash}).`,
    );
  }
  const config = JSON.stringify(configOf(manifest, text));
  return {
    manifest,
    source: { fileName: manifest.main, code: compilePlugin(code, manifest.main), config },
    deadlineMs: manifest.limits?.deadlineMs ?? LIMITS.deadlineMs.usual,
    memoryMb: manifest.limits?.memoryMb ?? LIMITS.memoryMb.usual,
  };
}

async function readPart(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  try {
    const { size } = await stat(path);
    if (size > MAX_FILE_BYTES) {
      throw new PluginFault(
        `${path} has ${describeBytes(size)}, and ${describeBytes(MAX_FILE_BYTES)} are allowed.`,
      );
    }
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    throw new PluginFault(
      `${path} cannot be read (${code}). A plugin is a folder with a plugin.json.`,
      error,
    );
  }
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new PluginFault(`plugin.json is no JSON: ${error instanceof Error ? error.message : ''}`, error);
  }
}

function configOf(manifest: PluginManifest, text: string): GuestConfig {
  const { id, reads, uses = [] } = manifest;
  const hidden = (fields: Readonly<Record<string, Read>>): Record<string, string> =>
    Object.fromEntries(Object.entries(fields).filter(([, read]) => !reads.includes(read)));
  const readsLine = text.split('\n').findIndex((line) => line.includes('"reads"')) + 1;
  return {
    id,
    readsLine,
    reads,
    uses,
    hiddenSpanFields: hidden(SPAN_FIELDS),
    hiddenTraceFields: hidden(TRACE_FIELDS),
  };
}
