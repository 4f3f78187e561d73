/** A plugin from its parts: the manifest checked, the source compared with what the manifest promises, then compiled. */
import { createHash } from 'node:crypto';
import {
  checkManifest,
  type CheckedManifest,
  type ManifestReader,
} from '../../../core/plugin-api/check-manifest.ts';
import { HOOK_RULES } from '../../../core/plugin-api/hooks.ts';
import { LIMITS, type PluginManifest, type Read } from '../../../core/plugin-api/manifest.ts';
import { SPAN_FIELDS, TRACE_FIELDS, TRACE_HEAD_FIELDS } from '../../../core/plugin-api/views.ts';
import type { Json } from '../../../core/model/json.ts';
import { VERSION } from '../version.ts';
import { readApiModules } from './api-source.ts';
import { compilePlugin } from './compile-plugin.ts';
import { PluginFault } from './plugin-fault.ts';
import { readPluginParts } from './read-plugin-parts.ts';
import type { GuestConfig, GuestSource } from './thread-words.ts';

export interface LoadedPlugin {
  readonly manifest: PluginManifest;
  readonly source: GuestSource;
  /** `sha256-` and the digest of the source in hex: results of another one are others. */
  readonly bundleHash: string;
  readonly deadlineMs: number;
  readonly memoryMb: number;
}

/** A plugin as texts, wherever they came from. */
export interface PluginParts {
  /** How it is called in a fault. */
  readonly from: string;
  /** The text of plugin.json. */
  readonly manifest: string;
  /** The text of the file that `main` names; rejects where there is none. */
  readonly readMain: (name: string) => Promise<string>;
}

/** From a folder or from a `.tbplugin` file. Throws a `PluginFault` with all that is wrong. */
export async function loadPlugin(path: string, reader: ManifestReader = {}): Promise<LoadedPlugin> {
  return preparePlugin(await readPluginParts(path), reader);
}

/** Throws a `PluginFault` with all that is wrong. */
export async function preparePlugin(parts: PluginParts, reader: ManifestReader = {}): Promise<LoadedPlugin> {
  const manifest = readManifest(parts, reader);
  const code = await parts.readMain(manifest.main);
  const bundleHash = hashSource(code);
  if (manifest.integrity !== undefined && manifest.integrity !== bundleHash) {
    throw new PluginFault(
      `${manifest.id} was not loaded: ${manifest.main} is another file than plugin.json promises (it has ${bundleHash}).`,
    );
  }
  const config = JSON.stringify(configOf(manifest, parts.manifest));
  return {
    manifest,
    source: {
      fileName: manifest.main,
      code: compilePlugin(code, manifest.main),
      config,
      api: readApiModules(),
    },
    bundleHash,
    deadlineMs: manifest.limits?.deadlineMs ?? LIMITS.deadlineMs.usual,
    memoryMb: manifest.limits?.memoryMb ?? LIMITS.memoryMb.usual,
  };
}

/** What plugin.json says, checked; nothing of the source is looked at. */
export function readManifest(parts: PluginParts, reader: ManifestReader = {}): PluginManifest {
  const checked = check(parse(parts.manifest), { workbench: VERSION, ...reader });
  if (checked.kind === 'manifest') return checked.manifest;
  throw new PluginFault(`plugin.json of ${parts.from} is not right: ${checked.faults.join(' ')}`);
}

/** As `integrity` has it. */
export function hashSource(code: string): string {
  return `sha256-${createHash('sha256').update(code).digest('hex')}`;
}

function check(value: Json, reader: ManifestReader): CheckedManifest {
  try {
    return checkManifest(value, reader);
  } catch (error) {
    if (error instanceof RangeError) throw new PluginFault('plugin.json is nested too deeply.', error);
    throw error;
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
    hiddenHeadFields: hidden(TRACE_HEAD_FIELDS),
    hooks: HOOK_RULES,
  };
}
