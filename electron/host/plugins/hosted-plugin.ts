/** One plugin in the running host: what its folder holds, what the user said of it, its thread, its log, its results. */
import type { ManifestReader } from '../../../core/plugin-api/check-manifest.ts';
import { resolveSettings, type Settings } from '../../../core/plugin-api/settings.ts';
import type { HookName } from '../../../core/plugin-api/hooks.ts';
import type { PluginOrigin, PluginState, PluginStatus } from '../../../core/rpc/plugins.ts';
import { hashBundle, hashRights, hashSettings, rightsOf } from './bundle-hash.ts';
import { countFindings } from './count-findings.ts';
import { loadPlugin, type LoadedPlugin } from './load-plugin.ts';
import type { PluginClock } from './plugin-clock.ts';
import { PluginFault, PluginUnavailable } from './plugin-fault.ts';
import { PluginLog } from './plugin-log.ts';
import type { PluginsFile, PluginWish } from './plugins-file.ts';
import { ResultShelf } from './result-shelf.ts';
import { Supervisor, type StartRunner } from './supervisor.ts';

export interface HostedPluginParts {
  readonly id: string;
  readonly origin: PluginOrigin;
  readonly folder: string;
  readonly dataDirectory: string;
  readonly file: PluginsFile;
  readonly clock: PluginClock;
  readonly start: StartRunner;
  /** It begins or ends work. */
  readonly onActivity: () => void;
}

export class HostedPlugin {
  readonly id: string;
  readonly origin: PluginOrigin;
  readonly folder: string;
  readonly log: PluginLog;
  readonly shelf: ResultShelf;
  readonly #parts: HostedPluginParts;
  /** How many traces wait for it, and which it failed on: the queue behind the store says so. */
  queue: { readonly waiting: number; readonly deadLetters: number } = { waiting: 0, deadLetters: 0 };
  #loaded: LoadedPlugin | undefined;
  #fault: string | undefined;
  #bundleHash = '';
  #supervisor: Supervisor | undefined;

  constructor(parts: HostedPluginParts) {
    this.#parts = parts;
    this.id = parts.id;
    this.origin = parts.origin;
    this.folder = parts.folder;
    this.log = new PluginLog(parts.clock);
    this.shelf = new ResultShelf(parts.dataDirectory, parts.id);
  }

  get wish(): PluginWish {
    return this.#parts.file.get(this.id);
  }

  get manifest(): LoadedPlugin['manifest'] | undefined {
    return this.#loaded?.manifest;
  }

  /** Manifest and source. Throws a `PluginFault` where its folder could not be read. */
  whole(): LoadedPlugin {
    if (this.#loaded === undefined) throw new PluginFault(this.#fault ?? 'It is not loaded.');
    return this.#loaded;
  }

  get bundleHash(): string {
    return this.#bundleHash;
  }

  /** It is on, and nothing stands in its way. */
  get isReady(): boolean {
    return this.wish.enabled && this.#supervisor !== undefined && this.fault === undefined;
  }

  /** Why it is not at work though it is on; undefined where all is well. */
  get fault(): string | undefined {
    return this.#fault ?? this.#supervisor?.fault;
  }

  /** Of the source that was evaluated last, also where another one stands on the disk by now. */
  get hooks(): readonly string[] {
    return this.wish.known?.hooks ?? [];
  }

  get analyses(): readonly string[] {
    return this.wish.known?.analyses ?? [];
  }

  get settings(): Settings {
    return resolveSettings(this.#loaded?.manifest.settings ?? {}, this.wish.settings).settings;
  }

  get settingsHash(): string {
    return hashSettings(this.settings);
  }

  /** Reads its folder, anew where it was read before, and starts it if it is on and was agreed to. */
  async load(): Promise<void> {
    await this.#stop();
    this.#fault = undefined;
    try {
      this.#loaded = await loadPlugin(this.folder, readerOf(this.origin));
      this.#bundleHash = hashBundle(this.#loaded);
    } catch (error) {
      if (!(error instanceof PluginFault)) throw error;
      this.#loaded = undefined;
      this.#fault = error.message;
      this.log.add('host', error.message);
      return;
    }
    this.#useResults(this.#loaded);
    if (this.wish.enabled) await this.begin();
  }

  /** Starts it if it was agreed to, and learns what it has; what stands in its way is told by `fault`. */
  async begin(): Promise<void> {
    const loaded = this.#loaded;
    if (loaded === undefined) return;
    this.#fault = this.#findUnagreed(loaded);
    if (this.#fault !== undefined) {
      this.log.add('host', this.#fault);
      return;
    }
    this.#supervisor = this.#supervise(loaded);
    if (!this.isKnown) await this.#learn(this.#supervisor);
  }

  /** Whether its source, as it is now, was evaluated before. */
  get isKnown(): boolean {
    return this.#loaded === undefined || this.wish.known?.hash === this.#bundleHash;
  }

  /** Evaluates one that is off, to know what it has; that it fails is told when somebody switches it on. */
  async learnOnce(): Promise<void> {
    if (this.#loaded === undefined || this.isKnown || this.#supervisor !== undefined) return;
    const supervisor = this.#supervise(this.#loaded);
    await this.#learn(supervisor);
    await supervisor.close();
    this.#fault = undefined;
  }

  #supervise(plugin: LoadedPlugin): Supervisor {
    const { start, clock, onActivity } = this.#parts;
    const settings = (): string => JSON.stringify(this.settings);
    return new Supervisor({ plugin, start, clock, log: this.log, settings, onChange: onActivity });
  }

  async #learn(supervisor: Supervisor): Promise<void> {
    try {
      const { hooks, analyses } = await supervisor.learn();
      await this.#parts.file.change(this.id, { known: { hash: this.#bundleHash, hooks, analyses } });
    } catch (error) {
      if (!(error instanceof PluginFault)) throw error;
      this.#fault = supervisor.fault ?? error.message;
    }
  }

  /** What the user agrees to by installing or switching on what stands in its folder now. */
  consentTo(): string | undefined {
    if (this.#loaded === undefined) return undefined;
    return this.origin === 'folder' ? hashRights(this.#loaded.manifest) : this.#bundleHash;
  }

  /** New settings hold from the next call on; what was made with others is stale. */
  settingsChanged(): void {
    if (this.#loaded !== undefined) this.#useResults(this.#loaded);
  }

  /** Runs a hook. Rejects with a `PluginFault`, also where it is not at work: who asks knows what that means. */
  callHook(hook: HookName, input: string, items?: number): Promise<string> {
    const { fault } = this;
    if (this.#supervisor === undefined || fault !== undefined) {
      return Promise.reject(new PluginUnavailable(fault ?? 'It is switched off.'));
    }
    return this.#supervisor.callHook(hook, input, JSON.stringify(this.settings), items);
  }

  callAnalysis(analysis: string, step: 'map' | 'reduce', input: string): Promise<string> {
    if (this.#supervisor === undefined)
      return Promise.reject(new PluginUnavailable(this.fault ?? 'It is switched off.'));
    return this.#supervisor.callAnalysis(analysis, step, input, JSON.stringify(this.settings));
  }

  state(): PluginState {
    const { id, origin, folder, wish, fault } = this;
    const manifest = this.#loaded?.manifest;
    const { done, stale } = this.shelf.traceCounts;
    return {
      ...rightsOf(manifest ?? UNREAD),
      id,
      version: manifest?.version ?? '',
      name: manifest?.name ?? id,
      description: manifest?.description ?? '',
      origin,
      ...(origin !== 'built-in' && { path: folder }),
      enabled: wish.enabled,
      order: wish.order,
      status: this.#status(),
      ...(fault !== undefined && { fault }),
      bundleHash: this.#bundleHash,
      hooks: this.hooks,
      analyses: this.analyses,
      settingsSchema: manifest?.settings ?? {},
      settings: this.settings,
      crashes: this.#supervisor?.crashes ?? 0,
      timings: this.#supervisor?.timings.list() ?? [],
      findings: countFindings([...this.shelf.traceIds].flatMap((traceId) => this.shelf.findingsOf(traceId))),
      tracesDone: done,
      staleTraces: stale,
      ...this.queue,
    };
  }

  async end(): Promise<void> {
    await this.#stop();
  }

  async close(): Promise<void> {
    await this.#stop();
    this.shelf.close();
  }

  #status(): PluginStatus {
    if (!this.wish.enabled) return this.#loaded === undefined ? 'failed' : 'disabled';
    if (this.#loaded !== undefined && this.#findUnagreed(this.#loaded) !== undefined)
      return 'changed-on-disk';
    if (this.fault !== undefined) return 'failed';
    return this.#supervisor?.isWorking === true ? 'running' : 'idle';
  }

  /** Another file, or more rights, than somebody agreed to; what comes with the product needs nobody's word. */
  #findUnagreed({ manifest }: LoadedPlugin): string | undefined {
    if (this.origin === 'built-in' || this.wish.consent === this.consentTo()) return undefined;
    return this.origin === 'folder'
      ? `${manifest.name} asks to read or do something else than what was agreed to. It is not loaded until somebody agrees.`
      : `${manifest.name} is another file on the disk than the one that was installed. It is not loaded until somebody agrees.`;
  }

  #useResults({ manifest }: LoadedPlugin): void {
    const { id: plugin, version } = manifest;
    const cacheKey = JSON.stringify(manifest.cacheKey ?? null);
    this.shelf.use({
      plugin,
      version,
      bundleHash: this.#bundleHash,
      settingsHash: this.settingsHash,
      cacheKey,
    });
  }

  async #stop(): Promise<void> {
    const supervisor = this.#supervisor;
    this.#supervisor = undefined;
    await supervisor?.close();
  }
}

/** The ids of the product are its own, and what may still change is for authors. */
function readerOf(origin: PluginOrigin): ManifestReader {
  return { isBuiltIn: origin === 'built-in', isDevelopment: origin === 'folder' };
}

const UNREAD = { id: '', version: '', name: '', apiVersion: 1, main: '', reads: [] } as const;
