/** Plugins as the host's pages ask for them: the registry, the work behind the store, runs, and what was found. */
import type {
  DeadLetter,
  FindingCounts,
  FindingGroup,
  PluginLogLine,
  PluginProgress,
  PluginRunReport,
  TraceResults,
} from '../../../core/rpc/plugins.ts';
import type { Library } from '../library/library.ts';
import { AfterStore } from './after-store.ts';
import { countTrace, countTraces, groupFindings } from './finding-board.ts';
import type { HostedPlugin } from './hosted-plugin.ts';
import type { PluginClock } from './plugin-clock.ts';
import { PluginFault } from './plugin-fault.ts';
import type { PluginRegistry } from './plugin-registry.ts';
import { PluginRuns, type RunWish } from './plugin-runs.ts';
import type { KeptRun } from './result-shelf.ts';
import type { StoredTraces } from './stored-traces.ts';
import type { TouchedTraces } from '../rpc-server/touched-traces.ts';

export interface PluginDeskParts {
  readonly registry: PluginRegistry;
  readonly traces: StoredTraces;
  readonly library: Pick<Library, 'onTouched' | 'has'>;
  readonly touched: Pick<TouchedTraces, 'listen'>;
  readonly clock: PluginClock;
}

/** Traces that were deleted are forgotten together: each time costs a file written anew. */
const FORGET_AFTER_MS = 500;

export class PluginDesk {
  readonly registry: PluginRegistry;
  readonly #parts: PluginDeskParts;
  readonly #afterStore: AfterStore;
  readonly #runs: PluginRuns;
  readonly #progressListeners = new Set<(progress: PluginProgress) => void>();
  readonly #saidListeners = new Set<(traceIds: readonly string[]) => void>();
  readonly #gone = new Set<string>();
  readonly #stopTouched: () => void;
  #stopForgetting: (() => void) | undefined;
  /** When a trace of the library was another than before for the last time. */
  #touchedMs = 0;

  constructor(parts: PluginDeskParts) {
    this.#parts = parts;
    this.registry = parts.registry;
    const onSaid = (traceIds: readonly string[]): void => {
      for (const listener of this.#saidListeners) listener(traceIds);
    };
    this.#afterStore = new AfterStore({ ...parts, onSaid });
    const onProgress = (progress: PluginProgress): void => {
      for (const listener of this.#progressListeners) listener(progress);
    };
    this.#runs = new PluginRuns({ ...parts, afterStore: this.#afterStore, onProgress });
    this.#forget((traceId) => !parts.library.has(traceId));
    this.#stopTouched = parts.library.onTouched((traceId) => {
      this.#noteTouched(traceId);
    });
  }

  onProgress(listener: (progress: PluginProgress) => void): () => void {
    this.#progressListeners.add(listener);
    return () => this.#progressListeners.delete(listener);
  }

  /** Told of traces of which something else is said than before. */
  onSaid(listener: (traceIds: readonly string[]) => void): () => void {
    this.#saidListeners.add(listener);
    return () => this.#saidListeners.delete(listener);
  }

  async run(id: string, wish: RunWish): Promise<PluginRunReport> {
    const plugin = this.#get(id);
    return this.#describe(plugin, await this.#runs.run(plugin, wish));
  }

  cancel(runId: string): void {
    this.#runs.cancel(runId);
  }

  runsOf(id: string): {
    readonly runs: readonly PluginRunReport[];
    readonly deadLetters: readonly DeadLetter[];
  } {
    const plugin = this.#get(id);
    const runs = plugin.shelf.runs.map((run) => this.#describe(plugin, run));
    return { runs, deadLetters: this.#afterStore.lettersOf(plugin) };
  }

  logOf(id: string): readonly PluginLogLine[] {
    return this.#get(id).log.newest();
  }

  /** What all plugins say of a trace, those that are switched off too, as long as their results are kept. */
  resultsOf(traceId: string): readonly TraceResults[] {
    return this.registry.hosted().flatMap(({ id, shelf, manifest }): readonly TraceResults[] => {
      const revision = this.#parts.traces.findRevision(traceId, manifest?.reads);
      const kept = revision === undefined ? undefined : shelf.readTrace(traceId);
      if (kept === undefined) return [];
      const { version, findings, results, values, fault } = kept;
      const isStale = kept.isOlder || kept.revision !== revision;
      return [{ by: id, version, isStale, findings, results, values, ...(fault !== undefined && { fault }) }];
    });
  }

  findingGroups(by: string | undefined): readonly FindingGroup[] {
    return groupFindings(this.registry.hosted().filter(({ id }) => by === undefined || id === by));
  }

  findingCounts(): Readonly<Record<string, FindingCounts>> {
    return countTraces(this.registry.hosted());
  }

  countsOf(traceIds: readonly string[]): Readonly<Record<string, FindingCounts | null>> {
    const plugins = this.registry.hosted();
    return Object.fromEntries(traceIds.map((traceId) => [traceId, countTrace(plugins, traceId) ?? null]));
  }

  /** Resolves when no trace waits for a plugin that could look at it. */
  settled(): Promise<void> {
    return this.#afterStore.settled();
  }

  async close(): Promise<void> {
    this.#stopTouched();
    this.#stopForgetting?.();
    this.#runs.cancelAll();
    // What waits for a plugin is refused, so that nobody waits for one that hangs.
    await Promise.all([this.#afterStore.close(), ...this.registry.hosted().map((plugin) => plugin.end())]);
    await this.#runs.settled();
    this.#forgetGone();
    await this.registry.close();
  }

  #get(id: string): HostedPlugin {
    const plugin = this.registry.find(id);
    if (plugin === undefined) throw new PluginFault(`There is no plugin ${id}.`);
    return plugin;
  }

  #describe(plugin: HostedPlugin, { key, ...run }: KeptRun): PluginRunReport {
    const isAll = run.scope.traceIds === undefined && (run.scope.query ?? '').trim() === '';
    const isOlder = key !== plugin.shelf.keyName || Date.parse(run.at) < this.#touchedMs;
    return { ...run, isStale: isOlder || (isAll && run.traces !== this.#parts.traces.count) };
  }

  #noteTouched(traceId: string): void {
    this.#touchedMs = this.#parts.clock.nowMs();
    if (this.#parts.library.has(traceId)) {
      this.#gone.delete(traceId);
      return;
    }
    this.#gone.add(traceId);
    this.#stopForgetting ??= this.#parts.clock.after(FORGET_AFTER_MS, () => {
      this.#stopForgetting = undefined;
      this.#forgetGone();
    });
  }

  #forgetGone(): void {
    if (this.#gone.size === 0) return;
    const gone = [...this.#gone];
    this.#gone.clear();
    const isGone = new Set(gone);
    this.#forget((traceId) => isGone.has(traceId));
    for (const listener of this.#saidListeners) listener(gone);
  }

  #forget(isGone: (traceId: string) => boolean): void {
    for (const { shelf } of this.registry.hosted()) shelf.forget(isGone);
  }
}
