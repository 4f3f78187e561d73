/** The hooks of a plugin that follow behind the store, run over one whole trace: every answer is checked before it counts. */
import { assertNever } from '../../../core/model/assert.ts';
import { isJsonList, type Json, type JsonObject } from '../../../core/model/json.ts';
import { checkEnriched } from '../../../core/plugin-api/check-enriched.ts';
import { checkResult, type KnownIds } from '../../../core/plugin-api/check-result.ts';
import type { HookName } from '../../../core/plugin-api/hooks.ts';
import type { PluginManifest } from '../../../core/plugin-api/manifest.ts';
import type { PluginResult } from '../../../core/plugin-api/results.ts';
import { PluginFault } from './plugin-fault.ts';
import type { WholeTrace } from './project-trace.ts';

/** A plugin that can be asked; `HostedPlugin` is one. */
export interface AskedPlugin {
  readonly manifest: PluginManifest | undefined;
  readonly hooks: readonly string[];
  callHook(hook: HookName, input: string, items?: number): Promise<string>;
}

/** What a plugin says of one trace. */
export interface Said {
  readonly results: readonly PluginResult[];
  /** Span id to values. */
  readonly values: Readonly<Record<string, JsonObject>>;
}

const RESULT_HOOKS = ['onTraceStart', 'onSpanStart', 'onSpanEnd', 'onTraceEnd', 'processTrace'] as const;

/** True where a plugin has something to do when a trace has ended. */
export function hasTraceHooks(hooks: readonly string[]): boolean {
  return hooks.includes('enrich') || RESULT_HOOKS.some((hook) => hooks.includes(hook));
}

/** What is sent of a trace: all of it, its head, or its spans. */
export interface TraceInput {
  readonly trace: string;
  readonly head: string;
  /** JSON of a `SpanBatch`, made where a hook wants one. */
  spans(): string;
}

/** Rejects with a `PluginFault`; then nothing of what it said counts. */
export async function lookAtTrace(plugin: AskedPlugin, trace: WholeTrace, input: TraceInput): Promise<Said> {
  const known = knowTrace(trace);
  const results: PluginResult[] = [];
  for (const hook of RESULT_HOOKS) {
    if (!plugin.hooks.includes(hook)) continue;
    const { text, items } = inputOf(hook, trace, input);
    const answer = JSON.parse(await plugin.callHook(hook, text, items)) as Json;
    results.push(...readResults(answer, known, hook));
  }
  return { results, values: await enrichSpans(plugin, trace, input, known) };
}

/** The results in an answer: one, several or none. Throws a `PluginFault` that names who answered. */
export function readResults(answer: Json, known: KnownIds, by: string): readonly PluginResult[] {
  if (answer === null) return [];
  return (isJsonList(answer) ? answer : [answer]).map((each) => {
    const checked = checkResult(each, known);
    if (checked.kind === 'fault') throw new PluginFault(`${by}: ${checked.fault}`);
    return checked.result;
  });
}

async function enrichSpans(
  plugin: AskedPlugin,
  { spans }: WholeTrace,
  input: TraceInput,
  known: KnownIds,
): Promise<Said['values']> {
  if (!plugin.hooks.includes('enrich')) return {};
  const answer = JSON.parse(await plugin.callHook('enrich', input.trace, spans.length)) as Json;
  const hasSpan = (spanId: string): boolean => known.hasSpan('', spanId);
  const checked = checkEnriched(answer, plugin.manifest?.writes ?? [], hasSpan);
  if (checked.kind === 'fault') throw new PluginFault(checked.fault);
  return Object.fromEntries(checked.values);
}

function inputOf(
  hook: (typeof RESULT_HOOKS)[number],
  { spans }: WholeTrace,
  input: TraceInput,
): { readonly text: string; readonly items: number } {
  switch (hook) {
    case 'onTraceStart':
      return { text: input.head, items: 1 };
    case 'onSpanStart':
    case 'onSpanEnd':
      return { text: input.spans(), items: spans.length };
    case 'onTraceEnd':
    case 'processTrace':
      return { text: input.trace, items: 1 };
    default:
      return assertNever(hook);
  }
}

/** Of one trace alone; the ids of its spans are laid out when the first is asked for. */
function knowTrace({ summary, spans }: WholeTrace): KnownIds {
  let spanIds: ReadonlySet<string> | undefined;
  return {
    hasTrace: (traceId) => traceId === summary.id,
    hasSpan: (_traceId, spanId) => {
      spanIds ??= new Set(Array.from({ length: spans.length }, (_, row) => spans.spanId(row)));
      return spanIds.has(spanId);
    },
  };
}
