/**
 * A plugin over any number of stored traces: each is looked at once a revision, what was kept of the others is taken as
 * it is, and reduce lays it together. A trace on which the plugin throws is left out and counted.
 */
import { countText } from '../../../core/analysis/count-text.ts';
import { writeIsoUs } from '../../../core/model/time.ts';
import type { Json } from '../../../core/model/json.ts';
import type { KnownIds } from '../../../core/plugin-api/check-result.ts';
import type { NamedResult, PluginProgress, PluginRunScope } from '../../../core/rpc/plugins.ts';
import type { AfterStore } from './after-store.ts';
import { describeBytes } from './describe-bytes.ts';
import type { HostedPlugin } from './hosted-plugin.ts';
import { readResults } from './look-at-trace.ts';
import type { PluginClock } from './plugin-clock.ts';
import { PluginFault } from './plugin-fault.ts';
import type { KeptRun } from './result-shelf.ts';
import type { StoredTraces } from './stored-traces.ts';

export interface PluginRunsParts {
  readonly traces: StoredTraces;
  readonly afterStore: Pick<AfterStore, 'say' | 'map'>;
  readonly clock: PluginClock;
  readonly onProgress: (progress: PluginProgress) => void;
}

export interface RunWish {
  readonly runId: string;
  readonly scope: PluginRunScope;
}

/** All that map said of the traces, which reduce gets at once. */
const MAX_PARTS_CHARACTERS = 16 * 1024 * 1024;
const TELL_EVERY_MS = 200;
const PARTIAL_EVERY_MS = 2000;
/** Of what is kept so far: laying more together would hold up the run. */
const MAX_PARTIAL_CHARACTERS = 256 * 1024;

export class PluginRuns {
  readonly #parts: PluginRunsParts;
  readonly #running = new Map<string, AbortController>();
  readonly #reports = new Set<Promise<KeptRun>>();

  constructor(parts: PluginRunsParts) {
    this.#parts = parts;
  }

  cancel(runId: string): void {
    this.#running.get(runId)?.abort();
  }

  cancelAll(): void {
    for (const running of this.#running.values()) running.abort();
  }

  /** Resolves when no run is under way any more. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#reports);
  }

  /** Resolves with the report, which is kept. Rejects with a `PluginFault` where nothing could be begun. */
  run(plugin: HostedPlugin, wish: RunWish): Promise<KeptRun> {
    const report = this.#run(plugin, wish);
    const forget = (): boolean => this.#reports.delete(report);
    this.#reports.add(report);
    report.then(forget, forget);
    return report;
  }

  async #run(plugin: HostedPlugin, { runId, scope }: RunWish): Promise<KeptRun> {
    if (this.#running.has(runId)) throw new PluginFault('A run of this id is under way.');
    if (!plugin.isReady) throw new PluginFault(plugin.fault ?? `${plugin.id} is switched off.`);
    const { traces, clock } = this.#parts;
    const cancelling = new AbortController();
    this.#running.set(runId, cancelling);
    const { version } = plugin.whole().manifest;
    const made = {
      version,
      bundleHash: plugin.bundleHash,
      settings: plugin.settings,
      key: plugin.shelf.keyName,
    };
    try {
      const traceIds = await traces.select(scope);
      const told = await new OneRun(this.#parts, plugin, runId, traceIds, cancelling.signal).finish();
      const at = writeIsoUs(clock.nowMs() * 1000);
      const report: KeptRun = { runId, at, ...told, ...made, scope, traces: traceIds.length };
      plugin.shelf.keepRun(report);
      plugin.log.add('host', describeRun(report));
      return report;
    } finally {
      this.#running.delete(runId);
    }
  }
}

type Told = Pick<KeptRun, 'status' | 'fault' | 'mapped' | 'reused' | 'skipped' | 'results'>;

class OneRun {
  readonly #env: PluginRunsParts;
  readonly #plugin: HostedPlugin;
  readonly #runId: string;
  readonly #traceIds: readonly string[];
  readonly #signal: AbortSignal;
  readonly #byAnalysis: ReadonlyMap<string, string[]>;
  readonly #startedMs: number;
  #characters = 0;
  #done = 0;
  #mapped = 0;
  #reused = 0;
  #skipped = 0;
  #firstFault: string | undefined;
  #toldMs = 0;
  #partialMs: number;

  constructor(
    env: PluginRunsParts,
    plugin: HostedPlugin,
    runId: string,
    traceIds: readonly string[],
    signal: AbortSignal,
  ) {
    this.#env = env;
    this.#plugin = plugin;
    this.#runId = runId;
    this.#traceIds = traceIds;
    this.#signal = signal;
    this.#byAnalysis = new Map(plugin.analyses.map((name) => [name, []]));
    this.#startedMs = this.#partialMs = env.clock.nowMs();
  }

  async finish(): Promise<Told> {
    const counts = (): Pick<Told, 'mapped' | 'reused' | 'skipped'> => {
      return { mapped: this.#mapped, reused: this.#reused, skipped: this.#skipped };
    };
    try {
      await this.#lookAtAll();
      const results = await this.#reduce();
      await this.#tell(true);
      const fault = this.#firstFault !== undefined && { fault: this.#firstFault };
      return { status: this.#signal.aborted ? 'cancelled' : 'completed', ...fault, ...counts(), results };
    } catch (error) {
      if (!(error instanceof PluginFault)) throw error;
      return { status: 'failed', fault: error.message, ...counts(), results: [] };
    }
  }

  async #lookAtAll(): Promise<void> {
    for (const traceId of this.#traceIds) {
      if (this.#signal.aborted) return;
      // Requests of pages and the door come first.
      await new Promise(setImmediate);
      await this.#lookAt(traceId);
      this.#done += 1;
      await this.#tell(false);
    }
  }

  async #lookAt(traceId: string): Promise<void> {
    const { traces, afterStore } = this.#env;
    try {
      const revision = traces.findRevision(traceId, this.#plugin.manifest?.reads);
      if (revision === undefined) return;
      let isKnown = !(await afterStore.say(this.#plugin, traceId, revision));
      for (const [analysis, parts] of this.#byAnalysis) {
        const { part, isKnown: wasKnown } = await afterStore.map(this.#plugin, analysis, traceId, revision);
        isKnown &&= wasKnown;
        this.#add(parts, part);
      }
      if (isKnown) this.#reused += 1;
      else this.#mapped += 1;
    } catch (error) {
      // One that was given up fails on all further traces, too.
      if (!(error instanceof PluginFault) || !this.#plugin.isReady || error instanceof TooMuch) throw error;
      this.#skipped += 1;
      this.#firstFault ??= error.message;
    }
  }

  #add(parts: string[], part: string): void {
    if (part === 'null') return;
    parts.push(part);
    this.#characters += part.length;
    if (this.#characters <= MAX_PARTS_CHARACTERS) return;
    const most = describeBytes(MAX_PARTS_CHARACTERS);
    throw new TooMuch(`What it keeps of the traces is more than ${most}, which is what reduce can get.`);
  }

  async #reduce(): Promise<readonly NamedResult[]> {
    const results: NamedResult[] = [];
    for (const [analysis, parts] of this.#byAnalysis) {
      const answer = await this.#plugin.callAnalysis(analysis, 'reduce', `[${parts.join(',')}]`);
      for (const each of readResults(JSON.parse(answer) as Json, this.#knowIds(), analysis)) {
        results.push({ analysis, ...each });
      }
    }
    return results;
  }

  async #tell(isLast: boolean): Promise<void> {
    const nowMs = this.#env.clock.nowMs();
    if (!isLast && nowMs - this.#toldMs < TELL_EVERY_MS) return;
    this.#toldMs = nowMs;
    const [done, total] = [this.#done, this.#traceIds.length];
    const leftMs = ((nowMs - this.#startedMs) / Math.max(1, done)) * (total - done);
    const partial = isLast ? undefined : await this.#findPartial(nowMs);
    this.#env.onProgress({
      ...{ id: this.#plugin.id, runId: this.#runId, done, total },
      ...(done > 0 && { secondsLeft: Math.ceil(leftMs / 1000) }),
      ...(partial !== undefined && { partial }),
    });
  }

  /** What can be said so far, now and then; that it cannot be is told at the end. */
  async #findPartial(nowMs: number): Promise<readonly NamedResult[] | undefined> {
    if (nowMs - this.#partialMs < PARTIAL_EVERY_MS || this.#characters > MAX_PARTIAL_CHARACTERS)
      return undefined;
    this.#partialMs = nowMs;
    try {
      return await this.#reduce();
    } catch (error) {
      if (!(error instanceof PluginFault)) throw error;
      this.#partialMs = Infinity;
      return undefined;
    }
  }

  /** Ids of spans are laid out a trace at a time: results speak of one trace after the other. */
  #knowIds(): KnownIds {
    const traceIds = new Set(this.#traceIds);
    let last: { readonly traceId: string; readonly spanIds: ReadonlySet<string> } | undefined;
    return {
      hasTrace: (traceId) => traceIds.has(traceId),
      hasSpan: (traceId, spanId) => {
        if (last?.traceId !== traceId) {
          const spans = this.#env.traces.find(traceId)?.spans;
          const ids = Array.from({ length: spans?.length ?? 0 }, (_, row) => spans?.spanId(row) ?? '');
          last = { traceId, spanIds: new Set(ids) };
        }
        return last.spanIds.has(spanId);
      },
    };
  }
}

/** No trace is to blame for it: it ends the run. */
class TooMuch extends PluginFault {}

function describeRun({ status, traces, mapped, reused, skipped, fault }: KeptRun): string {
  const words = `${status}: ${countText(traces, 'trace')}, ${String(mapped)} looked at, ${String(reused)} known, ${String(skipped)} left out.`;
  return status === 'failed' && fault !== undefined ? `Run ${words} ${fault}` : `Run ${words}`;
}
