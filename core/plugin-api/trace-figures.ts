/**
 * What is asked of nearly every trace: tokens, tools, handoffs, slow and failed spans, cost, age, and the trace as
 * text. The names are those of `tracebench/tracing/analysis`; the duration is a field of the trace.
 */
import { formatDate, formatDuration } from './format-values.ts';
import type { SpanView, TraceView } from './views.ts';

/** undefined: no span says it. */
export interface TokenUsage {
  readonly input: number | undefined;
  readonly output: number | undefined;
  /** Part of the input. */
  readonly cached: number | undefined;
  /** Part of the output. */
  readonly reasoning: number | undefined;
}

/** The tokens of the spans whose tokens count, so that none is counted twice; needs `usage`. */
export function computeTokenUsage(trace: TraceView): TokenUsage {
  const counted = trace.spans.filter((span) => span.countsTokens);
  return {
    input: sumKnown(counted.map((span) => span.inputTokens)),
    output: sumKnown(counted.map((span) => span.outputTokens)),
    cached: sumKnown(counted.map((span) => span.cachedTokens)),
    reasoning: sumKnown(counted.map((span) => span.reasoningTokens)),
  };
}

export interface ToolCount {
  readonly calls: number;
  readonly errors: number;
}

/** Calls and errors of each tool, in the order in which they first occur; needs `structure`, `names` and `errors`. */
export function countTools(trace: TraceView): Map<string, ToolCount> {
  const counts = new Map<string, ToolCount>();
  for (const span of trace.spans) {
    if (span.kind !== 'function') continue;
    const { calls, errors } = counts.get(span.name) ?? { calls: 0, errors: 0 };
    counts.set(span.name, { calls: calls + 1, errors: errors + Number(span.hasError) });
  }
  return counts;
}

/** `[from, to]` of every handoff, parents before their children; needs `structure` and `names`. */
export function listHandoffs(
  trace: TraceView,
): readonly (readonly [string | undefined, string | undefined])[] {
  return trace.spans
    .filter((span) => span.kind === 'handoff')
    .map(({ agent, target }) => [agent, target] as const);
}

/** Spans that took at least so long, the longest first; those that still run have no duration yet. Needs `timing`. */
export function findSlowSpans(trace: TraceView, thresholdMs: number): readonly SpanView[] {
  const tookMs = (span: SpanView): number => span.durationMs ?? -1;
  return trace.spans.filter((span) => tookMs(span) >= thresholdMs).sort((a, b) => tookMs(b) - tookMs(a));
}

/** Spans with an error of their own; needs `errors`. */
export function findErrors(trace: TraceView): readonly SpanView[] {
  return trace.spans.filter((span) => span.hasError);
}

/** US dollars for a million tokens. */
export interface ModelPrice {
  readonly input: number;
  readonly output: number;
  /** Of the part of the input that was cached; default: the price of input. */
  readonly cachedInput?: number;
}

export interface ModelCost {
  /** Of the calls that could be priced. */
  readonly usd: number;
  readonly pricedCalls: number;
  /** Calls without a price: the true cost is higher. One that told no tokens at all is in neither number. */
  readonly unpricedCalls: number;
}

/** What the calls of models cost by prices of the author's own, by the name of the model; needs `usage`. */
export function computeCost(trace: TraceView, prices: Readonly<Record<string, ModelPrice>>): ModelCost {
  const costs = trace.spans.filter((span) => span.countsTokens).map((span) => costOf(span, prices));
  const priced = costs.filter((usd) => usd !== undefined);
  return {
    usd: priced.reduce((sum, usd) => sum + usd, 0),
    pricedCalls: priced.length,
    unpricedCalls: costs.length - priced.length,
  };
}

function costOf(
  { model = '', inputTokens, outputTokens, cachedTokens = 0 }: SpanView,
  prices: Readonly<Record<string, ModelPrice>>,
): number | undefined {
  const price = Object.hasOwn(prices, model) ? prices[model] : undefined;
  if (price === undefined || (inputTokens === undefined && outputTokens === undefined)) return undefined;
  const input = Math.max(0, (inputTokens ?? 0) - cachedTokens) * price.input;
  const cached = cachedTokens * (price.cachedInput ?? price.input);
  return (input + cached + (outputTokens ?? 0) * price.output) / 1e6;
}

/** Whether a trace began more than so many days before, to the minute; needs `timing`. */
export function isOlderThan(trace: TraceView, days: number, nowUs: number): boolean {
  const began = trace.startedAt.slice(0, 16).replace('T', ' ');
  return began < formatDate(nowUs - days * 86_400_000_000);
}

/** Deeper spans stand as deep as this. */
const MOST_LEVELS = 40;

/** The trace as text, a line a span, indented by its depth; needs `structure`, `timing`, `names` and `errors`. */
export function writeTextView(trace: TraceView): string {
  const depths = new Map<string, number>();
  const lines = trace.spans.map((span) => {
    const depth = span.parentId === undefined ? 0 : (depths.get(span.parentId) ?? -1) + 1;
    depths.set(span.id, depth);
    const took = span.durationMs === undefined ? 'running' : formatDuration(span.durationMs);
    const parts = [span.name, `[${span.kind}]`, took, ...(span.hasError ? ['error'] : [])];
    return `${'  '.repeat(Math.min(depth, MOST_LEVELS))}${parts.join('  ')}`;
  });
  return [`${trace.workflowName}  ${trace.id}`, ...lines, ''].join('\n');
}

function sumKnown(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0);
}
