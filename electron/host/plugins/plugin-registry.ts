/**
 * All plugins of a data directory: found, started where they are on, asked in their order, changed by the user. What
 * was switched on stays in the order also where it cannot work: a redactor that is missing must be noticed by ingest,
 * not left out.
 */
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { JsonObject } from '../../../core/model/json.ts';
import type { HookName } from '../../../core/plugin-api/hooks.ts';
import { ORDERS } from '../../../core/plugin-api/manifest.ts';
import { resolveSettings } from '../../../core/plugin-api/settings.ts';
import type { PluginOffer, PluginState } from '../../../core/rpc/plugins.ts';
import type { ActivePlugin } from './active-plugin.ts';
import { findPlugins, INSTALLED_FOLDER, type FoundPlugin } from './find-plugins.ts';
import { watchFolder } from './folder-watch.ts';
import { HostedPlugin } from './hosted-plugin.ts';
import { hashRights, hashSettings } from './bundle-hash.ts';
import { copyPlugin, describeOffer, refuseOther } from './install-plugin.ts';
import { loadPlugin } from './load-plugin.ts';
import { performFor } from './perform-request.ts';
import { systemPluginClock, type PluginClock } from './plugin-clock.ts';
import { PluginFault } from './plugin-fault.ts';
import { PluginRunner } from './plugin-runner.ts';
import { PluginsFile } from './plugins-file.ts';
import type { StartRunner } from './supervisor.ts';

export type { ActivePlugin } from './active-plugin.ts';

export interface PluginRegistryParts {
  readonly dataDirectory: string;
  readonly clock?: PluginClock;
  /** How a plugin is started; another way in tests. */
  readonly start?: StartRunner;
}

/** Told of a change before it is made; where it rejects, nothing changes. */
export type PluginGuard = (change: {
  readonly kind: 'installed' | 'enabled' | 'disabled' | 'changed' | 'removed';
  readonly id: string;
  /** Of what is agreed to, or of the settings as they will be. */
  readonly hash?: string | undefined;
}) => Promise<void>;

/** What was found, and what the user agreed to. */
type AgreedPlugin = FoundPlugin & { readonly consent: string };

/** The network is there for who was agreed to with it: one that was not is not started. */
const startInThread: StartRunner = (plugin, takeLog) => {
  const { network } = plugin.manifest;
  return PluginRunner.start(plugin, takeLog, network && { perform: performFor(network.allow) });
};

export class PluginRegistry {
  readonly #dataDirectory: string;
  readonly #clock: PluginClock;
  readonly #start: StartRunner;
  readonly #file: PluginsFile;
  readonly #plugins = new Map<string, HostedPlugin>();
  readonly #watches = new Map<string, () => void>();
  readonly #listeners = new Set<() => void>();
  readonly #activityListeners = new Set<() => void>();
  #guard: PluginGuard = () => Promise.resolve();
  /** One change after the other: two at once would start a plugin twice. */
  #changes: Promise<unknown> = Promise.resolve();

  private constructor(parts: PluginRegistryParts, file: PluginsFile) {
    this.#dataDirectory = parts.dataDirectory;
    this.#clock = parts.clock ?? systemPluginClock;
    this.#start = parts.start ?? startInThread;
    this.#file = file;
  }

  /** Reads what there is and starts what is on. Never rejects for a plugin: what is wrong with one is its fault. */
  static async open(parts: PluginRegistryParts): Promise<PluginRegistry> {
    const file = await PluginsFile.open(parts.dataDirectory);
    const registry = new PluginRegistry(parts, file);
    const found = await findPlugins(parts.dataDirectory, file);
    await Promise.all(found.map((each) => registry.#adopt(each)));
    return registry;
  }

  guardChanges(guard: PluginGuard): void {
    this.#guard = guard;
  }

  /** What was wrong with `plugins.json`. */
  get problems(): readonly string[] {
    return this.#file.problems;
  }

  /** Built-in ones first, each kind by name. */
  list(): readonly PluginState[] {
    const states = [...this.#plugins.values()].map((plugin) => plugin.state());
    const rank = ({ origin }: PluginState): number => (origin === 'built-in' ? 0 : 1);
    return states.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
  }

  hosted(): readonly HostedPlugin[] {
    return [...this.#plugins.values()];
  }

  find(id: string): HostedPlugin | undefined {
    return this.#plugins.get(id);
  }

  /** Those that are on and have the hook, in their order: stage, the user's order, id. */
  active(hook: HookName): readonly ActivePlugin[] {
    return [...this.#plugins.values()]
      .filter(({ wish, hooks }) => wish.enabled && hooks.includes(hook))
      .sort((a, b) => stageOf(a) - stageOf(b) || a.wish.order - b.wish.order || (a.id < b.id ? -1 : 1))
      .map(asActive);
  }

  /** Learns what the product's own plugins have, which nobody has switched on yet, so that a list can tell. */
  async learnBuiltin(): Promise<void> {
    for (const plugin of this.#plugins.values()) {
      if (plugin.origin !== 'built-in' || plugin.isKnown) continue;
      await this.#inOrder(() => plugin.learnOnce());
      this.#tell();
    }
  }

  /** Called when a plugin came, went, or is in another state; returns how to stop that. */
  onChanged(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Called whenever a plugin begins or ends work, too: often. */
  onActivity(listener: () => void): () => void {
    this.#activityListeners.add(listener);
    return () => this.#activityListeners.delete(listener);
  }

  /** What stands at a path; nothing of it runs. Rejects with a `PluginFault`. */
  async inspect(path: string): Promise<PluginOffer> {
    const loaded = await loadPlugin(path, { isDevelopment: true });
    return describeOffer(loaded, this.#plugins.get(loaded.manifest.id)?.manifest?.version);
  }

  /** Takes and switches on what was inspected. Rejects with a `PluginFault`, and then nothing has changed. */
  install(path: string, agreedHash: string, asFolder: boolean): Promise<HostedPlugin> {
    return this.#inOrder(async () => {
      await this.#guard({ kind: 'installed', id: (await this.inspect(path)).id, hash: agreedHash });
      const found = asFolder
        ? await this.#agreeToFolder(path, agreedHash)
        : await this.#copy(path, agreedHash);
      await this.#drop(found.id);
      const { consent } = found;
      const folder = asFolder ? path : undefined;
      await this.#file.change(found.id, { enabled: true, consent, folder });
      const plugin = await this.#adopt(found);
      this.#tell();
      return plugin;
    });
  }

  /** `agreedHash`: the user has seen what stands on the disk now and agrees to it. */
  enable(id: string, enabled: boolean, agreedHash: string | undefined): Promise<HostedPlugin> {
    return this.#inOrder(async () => {
      const plugin = this.#get(id);
      if (agreedHash !== undefined && agreedHash !== plugin.bundleHash) {
        throw new PluginFault('It has changed since it was looked at. Look at it again.');
      }
      const consent = agreedHash === undefined ? plugin.wish.consent : plugin.consentTo();
      await this.#guard({ kind: enabled ? 'enabled' : 'disabled', id, hash: plugin.bundleHash });
      await this.#file.change(id, { enabled, consent });
      await plugin.load();
      this.#tell();
      return plugin;
    });
  }

  /** Changes the settings that are named, the order, or both. Rejects with a `PluginFault` that names what does not fit. */
  change(id: string, settings: JsonObject | undefined, order: number | undefined): Promise<HostedPlugin> {
    return this.#inOrder(async () => {
      const plugin = this.#get(id);
      const wanted = { ...plugin.wish.settings, ...settings };
      const { faults } = resolveSettings(plugin.manifest?.settings ?? {}, wanted);
      if (faults.length > 0) throw new PluginFault(faults.join(' '));
      await this.#guard({
        kind: 'changed',
        id,
        hash: hashSettings({ ...wanted, order: order ?? plugin.wish.order }),
      });
      await this.#file.change(id, { settings: wanted, ...(order !== undefined && { order }) });
      plugin.settingsChanged();
      this.#tell();
      return plugin;
    });
  }

  /** An author's folder is left as it is. `withResults`: everything that it said goes, too. */
  remove(id: string, withResults: boolean): Promise<void> {
    return this.#inOrder(async () => {
      const plugin = this.#get(id);
      if (plugin.origin === 'built-in')
        throw new PluginFault(`${id} comes with the workbench: switch it off instead.`);
      await this.#guard({ kind: 'removed', id, hash: plugin.bundleHash });
      await this.#drop(id);
      if (withResults) plugin.shelf.remove();
      await this.#file.forget(id);
      if (plugin.origin === 'installed') {
        await rm(join(this.#dataDirectory, INSTALLED_FOLDER, id), { recursive: true, force: true });
      }
      this.#tell();
    });
  }

  async close(): Promise<void> {
    for (const stop of this.#watches.values()) stop();
    await this.#changes;
    await Promise.all([...this.#plugins.values()].map((plugin) => plugin.close()));
  }

  async #adopt({ id, origin, folder }: FoundPlugin): Promise<HostedPlugin> {
    const plugin = new HostedPlugin({
      ...{ id, origin, folder },
      dataDirectory: this.#dataDirectory,
      file: this.#file,
      clock: this.#clock,
      start: this.#start,
      onActivity: () => {
        for (const listener of this.#activityListeners) listener();
      },
    });
    this.#plugins.set(id, plugin);
    if (origin === 'folder') this.#watch(plugin);
    await plugin.load();
    return plugin;
  }

  #watch(plugin: HostedPlugin): void {
    const stop = watchFolder(plugin.folder, this.#clock, () => {
      void this.#inOrder(async () => {
        if (this.#plugins.get(plugin.id) !== plugin) return;
        await plugin.load();
        this.#tell();
      });
    });
    this.#watches.set(plugin.id, stop);
  }

  async #drop(id: string): Promise<void> {
    this.#watches.get(id)?.();
    this.#watches.delete(id);
    await this.#plugins.get(id)?.close();
    this.#plugins.delete(id);
  }

  async #agreeToFolder(path: string, agreedHash: string): Promise<AgreedPlugin> {
    const loaded = await loadPlugin(path, { isDevelopment: true });
    refuseOther(loaded, agreedHash);
    return { id: loaded.manifest.id, origin: 'folder', folder: path, consent: hashRights(loaded.manifest) };
  }

  async #copy(path: string, agreedHash: string): Promise<AgreedPlugin> {
    const folder = await copyPlugin(path, this.#dataDirectory, agreedHash);
    return { id: basename(folder), origin: 'installed', folder, consent: agreedHash };
  }

  #get(id: string): HostedPlugin {
    const plugin = this.#plugins.get(id);
    if (plugin === undefined) throw new PluginFault(`There is no plugin ${id}.`);
    return plugin;
  }

  #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#changes.then(work);
    this.#changes = done.catch(() => undefined);
    return done;
  }

  #tell(): void {
    for (const listener of [...this.#listeners, ...this.#activityListeners]) listener();
  }
}

function stageOf({ manifest }: HostedPlugin): number {
  return ORDERS.indexOf(manifest?.order ?? 'normal');
}

function asActive(plugin: HostedPlugin): ActivePlugin {
  const { id, bundleHash, settingsHash } = plugin;
  const manifest = plugin.manifest ?? { id, version: '', name: id, apiVersion: 1, main: '', reads: [] };
  const call: ActivePlugin['call'] = (hook, input, items) => plugin.callHook(hook, input, items);
  return { id, version: manifest.version, bundleHash, settingsHash, manifest, call };
}
