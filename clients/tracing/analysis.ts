/**
 * `tracebench/tracing/analysis`: what a trace that a `CollectorProcessor` kept, or `processTrace` received, says.
 * The counting is the workbench's own (`core/analysis`), so program and workbench never tell two stories.
 */
import { findErrorSpans } from '../../core/analysis/error-spans.ts';
import { computeModelCost, type ModelCost, type ModelPrice } from '../../core/analysis/model-cost.ts';
import { findSlowSpans as findSlowRows } from '../../core/analysis/slow-spans.ts';
import { linkSpans } from '../../core/analysis/span-tree.ts';
import { computeSummary } from '../../core/analysis/summary.ts';
import { writeTextView as writeText } from '../../core/analysis/text-view.ts';
import type { TraceSummary, TraceTokens } from '../../core/model/trace-summary.ts';
import { readTrace } from './span-rows.ts';
import type { Span } from './span.ts';
import type { Trace } from './trace.ts';

export type { ModelCost, ModelPrice, TraceSummary, TraceTokens };

/**
 * Everything a list of traces shows: counts, tokens, tools, handoffs, guardrails, status.
 *
 * @example
 * const { tokens, errors } = summarizeTrace(trace);
 */
export function summarizeTrace(trace: Trace): TraceSummary {
  const { spans, entry } = readTrace(trace);
  return computeSummary(spans, linkSpans(spans), entry, entry.lastSeenUs);
}

/** Milliseconds from the first start to the last end. */
export function computeDuration(trace: Trace): number {
  return summarizeTrace(trace).durationMs;
}

/** The tokens of the trace, counted once; null where unknown. */
export function computeTokenUsage(trace: Trace): TraceTokens {
  return summarizeTrace(trace).tokens;
}

/** Calls and errors of each tool. */
export function countTools(trace: Trace): TraceSummary['tools'] {
  return summarizeTrace(trace).tools;
}

/** `[from, to]` of every handoff, in order. */
export function listHandoffs(trace: Trace): TraceSummary['handoffs'] {
  return summarizeTrace(trace).handoffs;
}

/** Spans that took at least so many milliseconds, the longest first. */
export function findSlowSpans(trace: Trace, thresholdMs: number): readonly Span[] {
  return findSlowRows(readTrace(trace).spans, thresholdMs * 1000).flatMap((row) => trace.spans[row] ?? []);
}

/** Spans with an error of their own, by start. */
export function findErrors(trace: Trace): readonly Span[] {
  return findErrorSpans(readTrace(trace).spans).flatMap((row) => trace.spans[row] ?? []);
}

/**
 * What the model calls cost, by prices in US dollars a million tokens.
 *
 * @example
 * const { usd } = computeCost(trace, { 'gpt-5': { input: 1.25, cachedInput: 0.125, output: 10 } });
 */
export function computeCost(trace: Trace, prices: Readonly<Record<string, ModelPrice>>): ModelCost {
  return computeModelCost(readTrace(trace).spans, prices);
}

/** The trace as indented text, for a terminal, a ticket or a model that is asked about it. */
export function writeTextView(trace: Trace): string {
  const { spans, entry } = readTrace(trace);
  const tree = linkSpans(spans);
  return writeText(computeSummary(spans, tree, entry, entry.lastSeenUs), spans, tree);
}
