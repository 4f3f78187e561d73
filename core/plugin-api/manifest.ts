/** plugin.json: who a plugin is, what it reads, and what it asks for. Names without a use yet are refused, not ignored. */
import type { SettingsSchema } from './settings.ts';

/** The one version of this API. A plugin that asks for a newer one is refused with a reason. */
export const API_VERSION = 1;

/** What a plugin may read of a trace; it receives the fields of what it names, and nothing else. */
export const READS = ['timing', 'structure', 'usage', 'metadata', 'names', 'errors', 'content'] as const;
export type Read = (typeof READS)[number];

/**
 * What a plugin may write, beside the results of its analyses: marks and alerts (`annotations`), the record itself
 * (`content`, redactors), whether a trace is stored (`decision`), or values in a namespace of its own (`attributes:cost`).
 */
export const WRITES = ['annotations', 'content', 'decision'] as const;
export type Write = (typeof WRITES)[number] | `attributes:${string}`;

/** What makes two runs differ; a plugin that needs it says so. */
export const USES = ['date', 'random'] as const;
export type Use = (typeof USES)[number];

/** Where a plugin stands among those with the same hook; among equals the user's order counts, then the id. */
export const ORDERS = ['pre', 'normal', 'post'] as const;
export type Order = (typeof ORDERS)[number];

/** The ids of what comes with the workbench: short, and nobody else's. */
export const BUILT_IN_IDS = ['cost', 'redact', 'audit', 'sample', 'watch', 'access'] as const;
export type BuiltInId = (typeof BUILT_IN_IDS)[number];

/** Parts of the API that may still change: they load only in `plugin dev` and `plugin test`. There are none now. */
export const PROPOSED: readonly string[] = [];

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
  /** Which versions of the workbench it is made for: `{ "workbench": ">=0.1.0 <1.0.0" }`. */
  readonly engines?: { readonly workbench: string };
  readonly proposed?: readonly string[];
  /** The source beside plugin.json: a `.ts` file, or a `.js` file. */
  readonly main: string;
  /** `sha256-` and the digest of the file `main` in hex: another file is not loaded. */
  readonly integrity?: string;
  readonly reads: readonly Read[];
  readonly writes?: readonly Write[];
  /** Date and Math.random are absent unless they are named here. */
  readonly uses?: readonly Use[];
  readonly network?: NetworkWish;
  readonly order?: Order;
  readonly settings?: SettingsSchema;
  readonly limits?: PluginLimits;
  /** Whatever else the results depend on, such as the version of a table: another text makes the old ones stale. */
  readonly cacheKey?: string;
}

/** The host asks for it on behalf of the plugin, once the user has granted it. */
export interface NetworkWish {
  /** Origins such as `https://api.example.org`. */
  readonly allow: readonly string[];
  /** Why, in the author's words: the user reads it before granting. */
  readonly reason: string;
}

export interface PluginLimits {
  /** For each step of an analysis, in milliseconds. Hooks have deadlines of their own. */
  readonly deadlineMs?: number;
  /** Of the engine with everything in it, in MiB. */
  readonly memoryMb?: number;
}

/** What holds where a manifest names no limits, and what no manifest exceeds. */
export const LIMITS = {
  deadlineMs: { usual: 1000, least: 10, most: 10_000 },
  memoryMb: { usual: 64, least: 24, most: 256 },
} as const;

/** It could carry what it reads away: whoever installs it is told so before anything else. */
export function isHighRisk({ reads, network }: Pick<PluginManifest, 'reads' | 'network'>): boolean {
  return network !== undefined && reads.includes('content');
}
