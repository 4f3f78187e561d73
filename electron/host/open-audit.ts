/** The audit log and the legal holds of a data directory, joined to whatever they have to guard. */
import { hashSettings } from './plugins/bundle-hash.ts';
import type { AuditEvent } from '../../core/audit/audit-record.ts';
import type { Json, JsonObject } from '../../core/model/json.ts';
import type { Clock } from '../../core/model/time.ts';
import { AUDIT_ID, AuditDesk, type AuditWishes } from './audit/audit-desk.ts';
import { HoldShelf } from './audit/hold-shelf.ts';
import { matchStored } from './plugins/match-query.ts';
import type { PluginGuard, PluginRegistry } from './plugins/plugin-registry.ts';
import type { SettingsStore } from './settings/settings-store.ts';
import type { TraceStore } from './trace-store.ts';

export interface Audit {
  readonly audit: AuditDesk;
  readonly holds: HoldShelf;
}

export interface OpenAuditParts {
  readonly store: TraceStore;
  readonly registry: PluginRegistry;
  readonly settings: SettingsStore;
  readonly clock: Clock;
}

export async function openAudit(dataDirectory: string, parts: OpenAuditParts): Promise<Audit> {
  const { store, registry, settings, clock } = parts;
  const audit = await AuditDesk.open({
    dataDirectory,
    clock,
    wishes: () => wishesOf(registry),
    findPlugin: (id) => {
      const plugin = registry.find(id);
      const { manifest } = plugin ?? {};
      if (plugin === undefined || manifest === undefined) return undefined;
      return { version: manifest.version, bundleHash: plugin.bundleHash, settingsHash: plugin.settingsHash };
    },
  });
  registry.guardChanges(guardPlugins(audit));
  settings.guardChanges(async (change, file) => {
    const objects = [...settingNames(change)];
    await audit.record({ action: 'settings-changed', objects, policy: hashSettings(file) });
  });
  const match = matchStored(store.library, dataDirectory, clock);
  const holds = await HoldShelf.open({ dataDirectory, library: store.library, match, clock, audit });
  // A log that cannot be written stops what it guards, not the host that tells of it.
  await audit.begin(settings.settings as unknown as Json).catch(() => undefined);
  return { audit, holds };
}

function wishesOf(registry: PluginRegistry): AuditWishes {
  const plugin = registry.find(AUDIT_ID);
  if (plugin?.wish.enabled !== true) return { isOn: false, stored: false, opened: false };
  const { stored, opened } = plugin.settings;
  return { isOn: true, stored: stored !== false, opened: opened !== false };
}

/** What switches the log on or off is in it. */
function guardPlugins(audit: AuditDesk): PluginGuard {
  return async ({ kind, id, hash }) => {
    const isOwn = id === AUDIT_ID && kind === 'enabled';
    const hashes = kind === 'changed' ? { policy: hash } : { bundle: hash };
    const event: AuditEvent = { action: `plugin-${kind}`, objects: [id], ...definedOf(hashes) };
    await (isOwn ? audit.recordAlways(event) : audit.record(event));
  };
}

function definedOf(hashes: {
  policy?: string | undefined;
  bundle?: string | undefined;
}): Partial<AuditEvent> {
  const { policy, bundle } = hashes;
  return { ...(policy !== undefined && { policy }), ...(bundle !== undefined && { bundle }) };
}

/** `retention.maxAgeDays`: names, not values, since origins and paths may stand in values. */
function* settingNames(change: JsonObject, before = ''): Generator<string> {
  for (const [name, value] of Object.entries(change)) {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      yield* settingNames(value as JsonObject, `${before}${name}.`);
    } else yield before + name;
  }
}
