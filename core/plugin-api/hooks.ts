/** The hooks of a plugin: what each is given, how long it may take, and what the host does where it fails. */
import type { PluginResult } from './results.ts';
import type { Decision, KeepDecision, AccessDecision } from './decisions.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Settings } from './settings.ts';
import type { SpanView, TraceHeadView, TraceView } from './views.ts';

/** In the order in which a trace meets them. */
export const HOOKS = [
  'access',
  'headSample',
  'redact',
  'onTraceStart',
  'onSpanStart',
  'onSpanEnd',
  'tailSample',
  'onTraceEnd',
  'processTrace',
  'enrich',
  'forceFlush',
  'shutdown',
] as const;
export type HookName = (typeof HOOKS)[number];

/**
 * What the host sends as JSON. `head`: a `TraceHeadView`; `trace`: a `TraceView`; `spans`: a `SpanBatch`, of which
 * the plugin sees one span after the other; `records`: a list of records, likewise; `nothing`: null.
 */
export type HookInput = 'head' | 'trace' | 'spans' | 'records' | 'nothing';

/** What the host gets as JSON, and a check beside it judges. */
export type HookAnswer = 'access' | 'keep' | 'records' | 'values' | 'results' | 'nothing';

export interface HookRule {
  readonly takes: HookInput;
  readonly gives: HookAnswer;
  /** For one; a batch has a hundredth more for each further item. */
  readonly deadlineMs: number;
  /** closed: nothing raw goes on. open: the trace goes on as if the hook were not there, and that is marked. */
  readonly onFailure: 'closed' | 'open';
  /** The word of `writes` without which plugin.json may not have this hook. */
  readonly needs?: 'decision' | 'content' | 'attributes';
}

export const HOOK_RULES: Readonly<Record<HookName, HookRule>> = {
  access: { takes: 'head', gives: 'access', deadlineMs: 50, onFailure: 'closed', needs: 'decision' },
  headSample: { takes: 'head', gives: 'keep', deadlineMs: 20, onFailure: 'open', needs: 'decision' },
  redact: { takes: 'records', gives: 'records', deadlineMs: 250, onFailure: 'closed', needs: 'content' },
  onTraceStart: { takes: 'head', gives: 'results', deadlineMs: 1000, onFailure: 'open' },
  onSpanStart: { takes: 'spans', gives: 'results', deadlineMs: 1000, onFailure: 'open' },
  onSpanEnd: { takes: 'spans', gives: 'results', deadlineMs: 1000, onFailure: 'open' },
  tailSample: { takes: 'trace', gives: 'keep', deadlineMs: 500, onFailure: 'open', needs: 'decision' },
  onTraceEnd: { takes: 'trace', gives: 'results', deadlineMs: 1000, onFailure: 'open' },
  processTrace: { takes: 'trace', gives: 'results', deadlineMs: 1000, onFailure: 'open' },
  enrich: { takes: 'trace', gives: 'values', deadlineMs: 100, onFailure: 'open', needs: 'attributes' },
  forceFlush: { takes: 'nothing', gives: 'nothing', deadlineMs: 5000, onFailure: 'open' },
  shutdown: { takes: 'nothing', gives: 'nothing', deadlineMs: 5000, onFailure: 'open' },
};

/** The deadline of one call that carries so many spans or records. */
export function hookDeadlineMs(hook: HookName, items = 1): number {
  return Math.round(HOOK_RULES[hook].deadlineMs * (1 + Math.max(0, items - 1) / 100));
}

/** Spans of one trace, as the host sends them to onSpanStart and onSpanEnd. */
export interface SpanBatch {
  readonly traceId: string;
  readonly spans: readonly SpanView[];
}

/** Everything that a hook gets besides its trace. */
export interface HookContext {
  /** The user's settings over the defaults of plugin.json. */
  readonly settings: Settings;
}

/** A hook of a single span also gets to know whose it is. */
export interface SpanHookContext extends HookContext {
  readonly traceId: string;
}

/** A hook may be async: it is over when its promise is settled. */
type Told<Value> = Value | Promise<Value>;
/** Nothing, one or several. */
type ToldResults = Told<PluginResult | readonly PluginResult[] | null | undefined>;

/** Each of them is optional; all but the last two are to be pure: the same input, the same answer. */
export interface PluginHooks {
  /** May this trace be stored? The first deny wins; a hook that fails denies. */
  readonly access: (trace: TraceHeadView, context: HookContext) => Told<AccessDecision>;
  /** Before anything is stored: any drop wins; defer leaves it to tailSample. */
  readonly headSample: (trace: TraceHeadView, context: HookContext) => Told<Decision>;
  /**
   * One record of any kind (span, trace item, event, log), as it is about to be stored; what is answered is stored in
   * its place. Ids, times, kinds and parents stay as they are. redact(redact(x)) is redact(x).
   */
  readonly redact: (record: JsonObject, context: HookContext) => Told<JsonObject>;
  readonly onTraceStart: (trace: TraceHeadView, context: HookContext) => ToldResults;
  readonly onSpanStart: (span: SpanView, context: SpanHookContext) => ToldResults;
  readonly onSpanEnd: (span: SpanView, context: SpanHookContext) => ToldResults;
  /** When a trace has ended: it is dropped only where no sampler keeps it. */
  readonly tailSample: (trace: TraceView, context: HookContext) => Told<KeepDecision>;
  readonly onTraceEnd: (trace: TraceView, context: HookContext) => ToldResults;
  readonly processTrace: (trace: TraceView, context: HookContext) => ToldResults;
  /** Values of one span, under names that begin with the plugin's own namespace: `{ 'cost.usd': 0.1 }`. */
  readonly enrich: (
    span: SpanView,
    context: HookContext & { readonly trace: TraceView },
  ) => Told<EnrichedValues | null | undefined>;
  readonly forceFlush: (context: HookContext) => Told<unknown>;
  readonly shutdown: (context: HookContext) => Told<unknown>;
}

export type EnrichedValues = Readonly<Record<string, EnrichedValue>>;
export type EnrichedValue = string | number | boolean | null;

/** The host's name for what enrich answered of a trace: a pair for each span that has values. */
export type EnrichedSpans = readonly (readonly [spanId: string, values: EnrichedValues])[];

export function isHookName(name: Json | undefined): name is HookName {
  return typeof name === 'string' && (HOOKS as readonly string[]).includes(name);
}
