/**
 * What plugins do with traces that ended or changed: never before they are stored, and never in the way of ingest. A
 * result holds for one revision of a trace; another record, and the trace is looked at again.
 */
import { writeIsoUs } from '../../../core/model/time.ts';
import type { TouchedTraces } from '../rpc-server/touched-traces.ts';
import type { HostedPlugin } from './hosted-plugin.ts';
import { hasTraceHooks, lookAtTrace } from './look-at-trace.ts';
import type { PluginClock } from './plugin-clock.ts';
import { findingsOf } from './plugin-findings.ts';
import type { PluginRegistry } from './plugin-registry.ts';
import type { StoredTraces } from './stored-traces.ts';
import { TraceLane } from './trace-lane.ts';

export interface AfterStoreParts {
  readonly registry: PluginRegistry;
  readonly traces: StoredTraces;
  readonly touched: Pick<TouchedTraces, 'listen'>;
  readonly clock: PluginClock;
  /** What is said of a trace is another than before. */
  readonly onSaid: (traceIds: readonly string[]) => void;
}

export class AfterStore {
  readonly #parts: AfterStoreParts;
  readonly #lanes = new Map<HostedPlugin, TraceLane>();
  readonly #stopListening: () => void;
  #stopTouched: (() => void) | undefined;

  constructor(parts: AfterStoreParts) {
    this.#parts = parts;
    this.#stopListening = parts.registry.onChanged(() => {
      this.#arrange();
    });
    this.#arrange();
  }

  /** What a plugin says of a trace, made anew where it does not hold any more. Rejects with a `PluginFault`. */
  readonly lookAt = async (plugin: HostedPlugin, traceId: string): Promise<void> => {
    const revision = this.#parts.traces.findRevision(traceId, plugin.manifest?.reads);
    if (revision === undefined) return;
    await this.say(plugin, traceId, revision);
    for (const analysis of plugin.analyses) await this.map(plugin, analysis, traceId, revision);
  };

  /** Runs its hooks over a trace; false where what they said still holds. Rejects with a `PluginFault`. */
  readonly say = async (plugin: HostedPlugin, traceId: string, revision: string): Promise<boolean> => {
    if (!hasTraceHooks(plugin.hooks) || plugin.shelf.isCurrent(traceId, revision)) return false;
    await this.#ask(plugin, traceId, revision);
    return true;
  };

  /** What an analysis keeps of a trace, as JSON, and whether that was known. Rejects with a `PluginFault`. */
  readonly map = async (
    plugin: HostedPlugin,
    analysis: string,
    traceId: string,
    revision: string,
  ): Promise<{ readonly part: string; readonly isKnown: boolean }> => {
    const known = plugin.shelf.readPart(analysis, traceId, revision);
    if (known !== undefined) return { part: known, isKnown: true };
    const { traces } = this.#parts;
    const trace = traces.find(traceId);
    if (trace === undefined) return { part: 'null', isKnown: true };
    const { keyName } = plugin.shelf;
    const part = await plugin.callAnalysis(analysis, 'map', traces.project(trace, plugin.whole()).trace);
    // Settings that changed meanwhile have another file, and this is none of its parts.
    if (plugin.shelf.keyName === keyName) plugin.shelf.keepPart(analysis, traceId, revision, part);
    return { part, isKnown: false };
  };

  lettersOf(plugin: HostedPlugin): TraceLane['letters'] {
    return this.#lanes.get(plugin)?.letters ?? [];
  }

  /** Resolves when no trace waits that could be looked at. */
  async settled(): Promise<void> {
    await Promise.all([...this.#lanes.values()].map((lane) => lane.settled()));
  }

  async close(): Promise<void> {
    this.#stopListening();
    this.#stopTouched?.();
    await Promise.all([...this.#lanes.values()].map((lane) => lane.close()));
  }

  async #ask(plugin: HostedPlugin, traceId: string, revision: string): Promise<void> {
    const { traces, onSaid } = this.#parts;
    const trace = traces.find(traceId);
    if (trace === undefined) return;
    const { keyName } = plugin.shelf;
    const { results, values } = await lookAtTrace(plugin, trace, traces.project(trace, plugin.whole()));
    if (plugin.shelf.keyName !== keyName || !traces.has(traceId)) return;
    const findings = findingsOf(plugin.id, results).get(traceId) ?? [];
    const drawn = results.filter(({ kind }) => kind !== 'alert');
    plugin.shelf.keepTrace({ traceId, revision, at: this.#now(), findings, results: drawn, values });
    onSaid([traceId]);
  }

  /** Marks the trace, so that nobody takes silence for an all-clear. */
  #giveUp(plugin: HostedPlugin, traceId: string, fault: string): void {
    const revision = this.#parts.traces.findRevision(traceId, plugin.manifest?.reads);
    if (revision === undefined) return;
    const nothing = { findings: [], results: [], values: {} };
    plugin.shelf.keepTrace({ traceId, revision, at: this.#now(), ...nothing, fault });
    this.#parts.onSaid([traceId]);
  }

  /** Each plugin that has work here gets a lane; while none has, nothing is listened to and nothing folded. */
  #arrange(): void {
    const { registry, touched, clock } = this.#parts;
    // What waits for one that failed is there when somebody switches it on again.
    const working = registry.hosted().filter((plugin) => plugin.wish.enabled && hasWork(plugin));
    for (const [plugin, lane] of this.#lanes) {
      if (working.includes(plugin)) continue;
      this.#lanes.delete(plugin);
      void lane.close();
    }
    for (const plugin of working) {
      const lane = this.#lanes.get(plugin) ?? this.#makeLane(plugin, clock);
      this.#lanes.set(plugin, lane);
      lane.begin();
    }
    if (working.length === 0) {
      this.#stopTouched?.();
      this.#stopTouched = undefined;
    } else {
      this.#stopTouched ??= touched.listen((traceIds) => {
        this.#take(traceIds);
      });
    }
  }

  #makeLane(plugin: HostedPlugin, clock: PluginClock): TraceLane {
    return new TraceLane({
      plugin,
      clock,
      lookAt: this.lookAt,
      giveUp: (...told) => {
        this.#giveUp(...told);
      },
    });
  }

  #take(traceIds: readonly string[]): void {
    const ended = traceIds.filter((id) => {
      const summary = this.#parts.traces.findSummary(id);
      return summary !== undefined && summary.status !== 'in_progress';
    });
    for (const lane of this.#lanes.values()) for (const traceId of ended) lane.add(traceId);
  }

  #now(): string {
    return writeIsoUs(this.#parts.clock.nowMs() * 1000);
  }
}

function hasWork({ hooks, analyses }: HostedPlugin): boolean {
  return analyses.length > 0 || hasTraceHooks(hooks);
}
