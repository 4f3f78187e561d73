/** The plugins of the host as of now, what can be changed about them, and how far their runs are. */
import { RpcError } from '../../core/rpc/connection.ts';
import type {
  NamedResult,
  PluginOffer,
  PluginProgress,
  PluginRequests,
  PluginRunScope,
  PluginState,
} from '../../core/rpc/plugins.ts';
import type { JsonObject } from '../../core/model/json.ts';
import type { Link } from './link.svelte.ts';

export class Plugins {
  /** Undefined until the host has told. */
  known: readonly PluginState[] | undefined = $state.raw();
  /** What is wrong with folders that hold none that could be loaded. */
  problems: readonly string[] = $state.raw([]);
  /** By plugin, while it runs. */
  progress: Readonly<Record<string, PluginProgress>> = $state.raw({});
  /** What a running one says so far: it comes with some of the progress alone. */
  partial: Readonly<Record<string, readonly NamedResult[]>> = $state.raw({});
  readonly #link: Link;

  constructor(link: Link) {
    this.#link = link;
    link.on('plugins.changed', ({ plugins }) => {
      this.known = plugins;
    });
    link.on('plugins.progress', (progress) => {
      this.progress = { ...this.progress, [progress.id]: progress };
      if (progress.partial === undefined) return;
      this.partial = { ...this.partial, [progress.id]: progress.partial };
    });
    link.onOpen(() => {
      void this.refresh();
    });
  }

  get(id: string): PluginState | undefined {
    return this.known?.find((plugin) => plugin.id === id);
  }

  async refresh(): Promise<void> {
    try {
      const { result } = await this.#link.request('plugins.list', {});
      this.known = result.plugins;
      this.problems = result.problems;
    } catch (error) {
      // The line is down, and the page says so; it is asked again when it is back.
      if (!(error instanceof RpcError)) throw error;
    }
  }

  /** What stands at a path. Rejects with a sentence for a person, as all that follows. */
  async inspect(path: string): Promise<PluginOffer> {
    return this.#ask('plugins.inspect', { path });
  }

  async install(path: string, bundleHash: string, asFolder: boolean): Promise<PluginState> {
    const { plugin } = await this.#ask('plugins.install', {
      path,
      bundleHash,
      ...(asFolder && { asFolder }),
    });
    this.#put(plugin);
    return plugin;
  }

  /** `bundleHash`: agrees to what stands on the disk now. */
  async enable(id: string, enabled: boolean, bundleHash?: string): Promise<void> {
    const agreed = bundleHash === undefined ? {} : { bundleHash };
    this.#put((await this.#ask('plugins.enable', { id, enabled, ...agreed })).plugin);
  }

  async change(id: string, settings: JsonObject): Promise<void> {
    this.#put((await this.#ask('plugins.settings', { id, settings })).plugin);
  }

  async setOrder(id: string, order: number): Promise<void> {
    this.#put((await this.#ask('plugins.settings', { id, order })).plugin);
  }

  async remove(id: string, results: boolean): Promise<void> {
    await this.#ask('plugins.remove', { id, results });
    this.known = this.known?.filter((plugin) => plugin.id !== id);
  }

  /** Ends when the run does; a further one may begin. */
  async run(id: string, scope: PluginRunScope): Promise<void> {
    const runId = crypto.randomUUID();
    this.progress = { ...this.progress, [id]: { id, runId, done: 0, total: 0 } };
    try {
      await this.#ask('plugins.run', { id, runId, ...scope });
    } finally {
      this.#forget(id, runId);
    }
  }

  stop(id: string): void {
    const { runId } = this.progress[id] ?? {};
    if (runId === undefined) return;
    // The run itself answers that it was stopped.
    this.#link.request('plugins.cancel', { runId }).catch(() => undefined);
  }

  #forget(id: string, runId: string): void {
    if (this.progress[id]?.runId !== runId) return;
    this.progress = without(this.progress, id);
    this.partial = without(this.partial, id);
  }

  #put(plugin: PluginState): void {
    const known = this.known ?? [];
    const isKnown = known.some(({ id }) => id === plugin.id);
    this.known = isKnown ? known.map((each) => (each.id === plugin.id ? plugin : each)) : [...known, plugin];
  }

  async #ask<Name extends keyof PluginRequests>(
    name: Name,
    params: PluginRequests[Name]['params'],
  ): Promise<PluginRequests[Name]['result']> {
    const { result } = await this.#link.request(name, params);
    return result;
  }
}

function without<Value>(
  record: Readonly<Record<string, Value>>,
  id: string,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== id));
}

/** Why what was asked was not done, for a person. */
export function sayRefusal(error: unknown): string {
  if (error instanceof RpcError && error.code === 'closed') {
    return 'The host is away: try again when it is back.';
  }
  return error instanceof Error ? error.message : String(error);
}
