/**
 * A sampling policy tried on the stored traces: what it would keep, which errors would be lost, how much space it would
 * save. It runs in a guest of its own, so that the one at work, its settings and its memory are left alone.
 */
import type { JsonObject } from '../../../core/model/json.ts';
import { resolveSettings } from '../../../core/plugin-api/settings.ts';
import type { HookName } from '../../../core/plugin-api/hooks.ts';
import type { LostTrace, Rehearsal, SampleReason } from '../../../core/rpc/sampling.ts';
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import { measureTraces } from '../cleanup/measure-traces.ts';
import type { Library } from '../library/library.ts';
import { isBreakdown } from '../plugins/is-breakdown.ts';
import type { LoadedPlugin } from '../plugins/load-plugin.ts';
import { PluginFault } from '../plugins/plugin-fault.ts';
import type { StoredTraces } from '../plugins/stored-traces.ts';
import { projectTrace } from '../plugins/project-trace.ts';
import type { StartRunner } from '../plugins/supervisor.ts';
import { askHeadSample, askTailSample, type SampleTold } from './ask-decisions.ts';
import { nameOf, type AskedPlugin } from './intake-rules.ts';
import { makeTraceHead } from './trace-head.ts';

export interface RehearsalParts {
  readonly traces: Pick<StoredTraces, 'select' | 'find'>;
  readonly library: Library;
  readonly start: StartRunner;
  /** Where an open span ends. */
  readonly nowUs: number;
}

export interface RehearsalWish {
  readonly plugin: LoadedPlugin;
  readonly settings: JsonObject;
  readonly query?: string | undefined;
}

const MOST_LOST = 100;
const HOOKS: readonly HookName[] = ['headSample', 'tailSample'];

/** Rejects with a PluginFault where the policy cannot be run. */
export async function rehearseSampling(
  parts: RehearsalParts,
  { plugin: loaded, settings: given, query }: RehearsalWish,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<Rehearsal> {
  const { settings, faults } = resolveSettings(loaded.manifest.settings ?? {}, given);
  if (faults.length > 0) throw new PluginFault(faults.join(' '));
  // The oldest first, as they came: a limit by the minute depends on it.
  const ids = [...(await parts.traces.select(query === undefined ? {} : { query }))].reverse();
  const measures = await measureTraces(parts.library, new Set(ids), () => 1);
  const { runner, hooks } = await parts.start(loaded, () => undefined);
  const trial = new Trial(nameOf(loaded.manifest), settings);
  try {
    if (!HOOKS.some((hook) => hooks.includes(hook))) {
      throw new PluginFault(
        `${loaded.manifest.name} is no sampler: it has neither headSample nor tailSample.`,
      );
    }
    const plugin = askedPlugin(
      loaded.manifest,
      (hook, input) => runner.callHook(hook, input, JSON.stringify(settings)),
      trial,
    );
    const having = (hook: HookName): readonly AskedPlugin[] => (hooks.includes(hook) ? [plugin] : []);
    for (const [done, id] of ids.entries()) {
      if (signal.aborted) break;
      const trace = parts.traces.find(id);
      if (trace === undefined) continue;
      const { summary } = trace;
      const { workflowName, groupId, metadata } = summary;
      const head = makeTraceHead(id, [
        { workflowName, ...(groupId !== null && { groupId }), metadata, processor: false },
      ]);
      const atHead = await askHeadSample(having('headSample'), head);
      const told =
        atHead.decision === 'defer'
          ? await askTailSample(having('tailSample'), (reads) => projectTrace(trace, reads, parts.nowUs))
          : atHead;
      trial.note(summary, measures.get(id)?.bytes ?? 0, told);
      onProgress(done + 1, ids.length);
    }
  } finally {
    await runner.close();
  }
  return trial.sumUp(signal.aborted);
}

/** Counts its faults; one that broke down ends the trial. */
function askedPlugin(
  manifest: AskedPlugin['manifest'] & { readonly id: string; readonly version: string },
  call: (hook: HookName, input: string) => Promise<string>,
  trial: Trial,
): AskedPlugin {
  const { id, version } = manifest;
  return {
    ...{ id, version, manifest },
    call: async (hook, input) => {
      try {
        return await call(hook, input);
      } catch (error) {
        if (!(error instanceof PluginFault)) throw error;
        trial.faults++;
        if (isBreakdown(error)) throw new Error(error.message, { cause: error });
        throw error;
      }
    },
  };
}

class Trial {
  faults = 0;
  readonly #by: string;
  readonly #settings: Rehearsal['settings'];
  readonly #reasons = new Map<string, { -readonly [Key in keyof SampleReason]: SampleReason[Key] }>();
  readonly #lost: LostTrace[] = [];
  #traces = 0;
  #kept = 0;
  #spans = 0;
  #spansKept = 0;
  #bytes = 0;
  #bytesKept = 0;
  #failing = 0;

  constructor(by: string, settings: Rehearsal['settings']) {
    this.#by = by;
    this.#settings = settings;
  }

  note({ id, workflowName, spans, errors }: TraceSummary, bytes: number, told: SampleTold): void {
    const { reason } = told;
    const decision = told.decision === 'drop' ? 'drop' : 'keep';
    this.#traces++;
    this.#spans += spans;
    this.#bytes += bytes;
    if (errors > 0) this.#failing++;
    const key = `${decision} ${reason}`;
    const known = this.#reasons.get(key) ?? { decision, reason, traces: 0, bytes: 0 };
    known.traces++;
    known.bytes += bytes;
    this.#reasons.set(key, known);
    if (decision === 'drop') {
      if (errors > 0) this.#lost.push({ traceId: id, workflowName, errors, reason });
      return;
    }
    this.#kept++;
    this.#spansKept += spans;
    this.#bytesKept += bytes;
  }

  sumUp(cancelled: boolean): Rehearsal {
    return {
      by: this.#by,
      settings: this.#settings,
      traces: this.#traces,
      kept: this.#kept,
      spans: this.#spans,
      spansKept: this.#spansKept,
      bytes: this.#bytes,
      bytesKept: this.#bytesKept,
      failing: this.#failing,
      failingLost: this.#lost.length,
      lost: this.#lost.toSorted((a, b) => b.errors - a.errors).slice(0, MOST_LOST),
      reasons: [...this.#reasons.values()].sort((a, b) => b.traces - a.traces),
      faults: this.faults,
      cancelled,
    };
  }
}
