/** plugin.json: who a plugin is, what it reads, and what it asks for. Names without a use yet are refused, not ignored. */
import type { SettingsSchema } from './settings.ts';

/** The one version of this API. A plugin that asks for a newer one is refused with a reason. */
export const API_VERSION = 1;

/** What a plugin may read of a trace; it receives the fields of what it names, and nothing else. */
export const READS = ['timing', 'structure', 'usage', 'metadata', 'names', 'errors'] as const;
export type Read = (typeof READS)[number];

/** What makes two runs differ; a plugin that needs it says so. */
export const USES = ['date', 'random'] as const;
export type Use = (typeof USES)[number];

/** Checked by `checkManifest`; the schema for editors is docs/schemas/plugin.schema.json. */
export interface PluginManifest {
  /** Words with dots between them, such as `local.hello`. */
  readonly id: string;
  /** Such as `1.2.0`. */
  readonly version: string;
  readonly name: string;
  readonly description?: string;
  readonly author?: string;
  readonly license?: string;
  readonly apiVersion: number;
  /** The source beside plugin.json: a `.ts` file, or a `.js` file. */
  readonly main: string;
  /** `sha256-` and the digest of the file `main` in hex: another file is not loaded. */
  readonly integrity?: string;
  readonly reads: readonly Read[];
  /** Date and Math.random are absent unless they are named here. */
  readonly uses?: readonly Use[];
  readonly settings?: SettingsSchema;
  readonly limits?: PluginLimits;
}

export interface PluginLimits {
  /** For each call, in milliseconds. */
  readonly deadlineMs?: number;
  /** Of the engine with everything in it, in MiB. */
  readonly memoryMb?: number;
}

/** What holds where a manifest names no limits, and what no manifest exceeds. */
export const LIMITS = {
  deadlineMs: { usual: 1000, least: 10, most: 10_000 },
  memoryMb: { usual: 64, least: 24, most: 256 },
} as const;
