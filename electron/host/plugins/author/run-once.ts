/** One analysis or one hook of a plugin over traces or over a given input, in its guest, with the answer judged. */
import {
  checkAccessDecision,
  checkHeadDecision,
  checkTailDecision,
} from '../../../../core/plugin-api/check-decision.ts';
import { checkEnriched } from '../../../../core/plugin-api/check-enriched.ts';
import { findRedactionFault } from '../../../../core/plugin-api/check-redacted.ts';
import { HOOK_RULES, type HookName } from '../../../../core/plugin-api/hooks.ts';
import {
  isJsonList,
  isJsonObject,
  stringAt,
  type Json,
  type JsonObject,
} from '../../../../core/model/json.ts';
import type { EpochUs } from '../../../../core/model/time.ts';
import type { LoadedPlugin } from '../load-plugin.ts';
import { knowTraces } from '../known-ids.ts';
import { readResults } from '../look-at-trace.ts';
import { PluginFault } from '../plugin-fault.ts';
import type { PluginRunner } from '../plugin-runner.ts';
import { projectTrace, type WholeTrace } from '../project-trace.ts';
import { makeTraceInput } from '../trace-input.ts';
import { hideFields } from './hide-fields.ts';

/** What there is to run a plugin on. */
export interface Fixture {
  readonly traces: readonly WholeTrace[];
  readonly records: readonly JsonObject[];
  readonly nowUs: EpochUs;
}

export interface RunnerAt {
  readonly plugin: LoadedPlugin;
  readonly runner: PluginRunner;
  /** JSON of settings. */
  readonly settings: string;
}

/** Map on each trace and reduce over what it said. Rejects with a `PluginFault`. */
export async function runAnalysis(
  { plugin, runner, settings }: RunnerAt,
  name: string,
  { traces, nowUs }: Fixture,
): Promise<Json> {
  const parts: string[] = [];
  for (const trace of traces) {
    const part = await runner.call(name, 'map', projectTrace(trace, plugin.manifest.reads, nowUs), settings);
    if (part !== 'null') parts.push(part);
  }
  const answer = parse(await runner.call(name, 'reduce', `[${parts.join(',')}]`, settings));
  readResults(answer, knowTraces(traces), name);
  return answer;
}

/** The answer for one trace, or a list of answers where there are several; of a redactor always the records. */
export async function runHook(at: RunnerAt, hook: HookName, fixture: Fixture): Promise<Json> {
  const { takes } = HOOK_RULES[hook];
  if (takes === 'records') return await ask(at, hook, [...fixture.records], fixture.records.length);
  if (takes === 'nothing') return await ask(at, hook, null, 1);
  const answers: Json[] = [];
  for (const trace of fixture.traces) {
    const input = parse(inputOf(hook, trace, at.plugin, fixture.nowUs));
    answers.push(await ask(at, hook, input, isOfSpans(hook) ? trace.spans.length : 1, trace));
  }
  return answers.length === 1 ? (answers[0] ?? null) : answers;
}

/** The plugin is asked for one span after the other. */
function isOfSpans(hook: HookName): boolean {
  const { takes, gives } = HOOK_RULES[hook];
  return takes === 'spans' || gives === 'values';
}

/** The answer to an input of the author's own. A single record is answered with a single record. */
export async function runHookOn(at: RunnerAt, hook: HookName, input: Json): Promise<Json> {
  const { takes } = HOOK_RULES[hook];
  const hidden = hideFields(takes, input, at.plugin.manifest.reads);
  if (takes !== 'records' || isJsonList(input)) return await ask(at, hook, hidden, 1);
  const answer = await ask(at, hook, [hidden], 1);
  return isJsonList(answer) ? (answer[0] ?? null) : null;
}

async function ask(
  { plugin, runner, settings }: RunnerAt,
  hook: HookName,
  input: Json,
  items: number,
  trace?: WholeTrace,
): Promise<Json> {
  const answer = parse(await runner.callHook(hook, JSON.stringify(input), settings, items));
  const fault = findHookFault(plugin, hook, input, answer, trace);
  if (fault !== undefined) throw new PluginFault(`${hook}: ${fault}`);
  return answer;
}

function findHookFault(
  { manifest }: LoadedPlugin,
  hook: HookName,
  input: Json,
  answer: Json,
  trace: WholeTrace | undefined,
): string | undefined {
  switch (HOOK_RULES[hook].gives) {
    case 'access':
      return faultOf(checkAccessDecision(answer));
    case 'keep':
      return faultOf(hook === 'headSample' ? checkHeadDecision(answer) : checkTailDecision(answer));
    case 'records':
      return findRedactionFault(isJsonList(input) ? input : [], answer);
    case 'values': {
      const ids = new Set(spanIdsOf(input));
      return faultOf(checkEnriched(answer, manifest.writes ?? [], (id) => ids.has(id)));
    }
    case 'results':
      if (trace !== undefined) readResults(answer, knowTraces([trace]), hook);
      return undefined;
    case 'nothing':
      return undefined;
  }
}

function inputOf(hook: HookName, trace: WholeTrace, { manifest }: LoadedPlugin, nowUs: EpochUs): string {
  const input = makeTraceInput(trace, manifest.reads, nowUs);
  const { takes } = HOOK_RULES[hook];
  if (takes === 'head') return input.head;
  return takes === 'spans' ? input.spans() : input.trace;
}

function faultOf(checked: { readonly kind: string; readonly fault?: string }): string | undefined {
  return checked.kind === 'fault' ? checked.fault : undefined;
}

function spanIdsOf(input: Json): readonly string[] {
  const spans = isJsonObject(input) ? input.spans : undefined;
  return isJsonList(spans) ? spans.map((span) => (isJsonObject(span) && stringAt(span, 'id')) || '') : [];
}

function parse(text: string): Json {
  return JSON.parse(text) as Json;
}
