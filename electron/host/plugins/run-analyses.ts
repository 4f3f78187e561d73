/**
 * One plugin over traces, without a window: what it says of each that has ended, and its analyses, map on each and reduce
 * over what it said of all. Every answer is checked.
 */
import type { KnownIds } from '../../../core/plugin-api/check-result.ts';
import type { PluginResult } from '../../../core/plugin-api/results.ts';
import { resolveSettings } from '../../../core/plugin-api/settings.ts';
import type { Json, JsonObject } from '../../../core/model/json.ts';
import type { EpochUs } from '../../../core/model/time.ts';
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import { describeBytes } from './describe-bytes.ts';
import { knowIds } from './known-ids.ts';
import type { LoadedPlugin } from './load-plugin.ts';
import { lookAtTrace, readResults, type AskedPlugin } from './look-at-trace.ts';
import { PluginFault } from './plugin-fault.ts';
import { PluginRunner, type TakeLog } from './plugin-runner.ts';
import type { WholeTrace } from './project-trace.ts';
import { makeTraceInput } from './trace-input.ts';

/** `analysis`: the name of one, or `traces` for what the hooks said of single traces. */
export type AnalysisResult = PluginResult & { readonly analysis: string };

/** What became of a plugin in one run. */
export interface PluginRun {
  readonly id: string;
  readonly version: string;
  readonly status: 'completed' | 'failed';
  /** The fault that ended it. */
  readonly error?: string;
  /** Nothing of a plugin that failed is kept. */
  readonly results: readonly AnalysisResult[];
}

/** What the plugin looks at. */
export interface AnalysedTraces {
  readonly summaries: readonly TraceSummary[];
  readonly openTrace: (traceId: string) => Omit<WholeTrace, 'summary'>;
  /** Where a span ends that is still open. */
  readonly nowUs: EpochUs;
}

/** All that map said of the traces, which reduce gets at once. */
const MAX_PARTS_CHARACTERS = 16 * 1024 * 1024;

/** The first fault ends the plugin: it is not started again, and its faults are told, not thrown. */
export async function runAnalyses(
  plugin: LoadedPlugin,
  traces: AnalysedTraces,
  given: JsonObject,
  takeLog: TakeLog,
): Promise<PluginRun> {
  const { id, version } = plugin.manifest;
  try {
    const { settings, faults } = resolveSettings(plugin.manifest.settings ?? {}, given);
    if (faults.length > 0) throw new PluginFault(faults.join(' '));
    const results = await analyseAll(plugin, traces, JSON.stringify(settings), takeLog);
    return { id, version, status: 'completed', results };
  } catch (error) {
    if (!(error instanceof PluginFault)) throw error;
    return { id, version, status: 'failed', error: error.message, results: [] };
  }
}

async function analyseAll(
  plugin: LoadedPlugin,
  traces: AnalysedTraces,
  settings: string,
  takeLog: TakeLog,
): Promise<readonly AnalysisResult[]> {
  const { runner, analyses, hooks } = await PluginRunner.start(plugin, takeLog);
  const { manifest } = plugin;
  const asked: AskedPlugin = {
    manifest,
    hooks,
    callHook: (hook, input, items) => runner.callHook(hook, input, settings, items),
  };
  try {
    const parts = new Map(analyses.map((name) => [name, new Parts()]));
    const results: AnalysisResult[] = [];
    for (const summary of traces.summaries) {
      const trace = { summary, ...traces.openTrace(summary.id) };
      const input = makeTraceInput(trace, manifest.reads, traces.nowUs);
      for (const [name, list] of parts) list.add(await runner.call(name, 'map', input.trace, settings));
      const said = await lookAtTrace(asked, trace, input);
      results.push(...said.results.map((each) => ({ analysis: 'traces', ...each })));
    }
    const known = knowTraces(traces);
    for (const [analysis, list] of parts) {
      const answer = JSON.parse(await runner.call(analysis, 'reduce', list.asJson(), settings)) as Json;
      results.push(...readResults(answer, known, analysis).map((each) => ({ analysis, ...each })));
    }
    return results;
  } finally {
    await runner.close();
  }
}

function knowTraces({ summaries, openTrace }: AnalysedTraces): KnownIds {
  const ids = new Set(summaries.map(({ id }) => id));
  return knowIds(
    (traceId) => ids.has(traceId),
    (traceId) => openTrace(traceId).spans,
  );
}

/** What map said, as the text that reduce gets. */
class Parts {
  readonly #texts: string[] = [];
  #characters = 0;

  add(json: string): void {
    if (json === 'null') return;
    this.#texts.push(json);
    this.#characters += json.length;
    if (this.#characters <= MAX_PARTS_CHARACTERS) return;
    const most = describeBytes(MAX_PARTS_CHARACTERS);
    throw new PluginFault(`What it keeps of the traces is more than ${most}, which is what reduce can get.`);
  }

  asJson(): string {
    return `[${this.#texts.join(',')}]`;
  }
}
