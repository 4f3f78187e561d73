/** What a user agrees to, as hashes: a plugin's manifest and source, or its rights alone. */
import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '../../../core/model/json.ts';
import type { PluginManifest } from '../../../core/plugin-api/manifest.ts';
import type { PluginRights } from '../../../core/rpc/plugins.ts';
import type { LoadedPlugin } from './load-plugin.ts';

/** Of all that runs and all that was promised. */
export function hashBundle({ manifest, source }: LoadedPlugin): string {
  return hashOf([manifest as unknown as Json, source.code]);
}

/** Of what it may read and do: an author saves often, and is asked again only where this changes. */
export function hashRights(manifest: PluginManifest): string {
  return hashOf(rightsOf(manifest) as unknown as Json);
}

export function hashSettings(settings: unknown): string {
  return hashOf(settings as Json);
}

export function rightsOf(manifest: PluginManifest): PluginRights {
  const { reads, writes = [], uses = [], network } = manifest;
  const isHighRisk = network !== undefined && reads.includes('content');
  return { reads, writes, uses, network: network ?? null, isHighRisk };
}

function hashOf(value: Json): string {
  return `sha256-${createHash('sha256').update(canonicalJson(value)).digest('hex')}`;
}
