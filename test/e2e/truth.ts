/** Holds what Tracebench says about traces against the truth of a fixture's `expected.json`. */
import { expect } from '@playwright/test';
import { isJsonObject, objectAt, ownAt, type Json, type JsonObject } from '../../core/model/json.ts';
import type { TraceSummary } from '../../core/model/trace-summary.ts';
import type { Truth } from './fixture-corpus.ts';

const TOKENS = ['input', 'output', 'cached', 'reasoning', 'total'] as const;

/** What may differ between the two ways a fixture comes in. */
export interface Way {
  /** Live events carry what the exporter strips, so reasoning tokens are known from them. */
  readonly reasoningKnown: boolean;
  /** Spans of this run that only events know, because they never ended. */
  readonly openSpans: number;
}

/** Fails where T, added up over the traces of the truth, says anything else than the truth. */
export function expectTruth({ expected, traceIds }: Truth, all: readonly TraceSummary[], way: Way): void {
  const traces = traceIds
    .map((id) => all.find((trace) => trace.id === id))
    .filter((trace) => trace !== undefined);
  expect(traces.map((trace) => trace.id)).toEqual(traceIds);
  expectSpans(expected, traces, way);
  expectNames(expected, traces);
  expectTokens(expected, traces, way.reasoningKnown);
  expectHeaders(expected, traces);
}

function expectSpans(expected: JsonObject, traces: readonly TraceSummary[], way: Way): void {
  const kinds = objectAt(expected, 'spans_by_logical_type');
  if (kinds !== undefined) expect(sum(traces.map((trace) => trace.spansByKind))).toEqual(kinds);
  const arriving = ownAt(expected, 'spans_total') ?? ownAt(expected, 'spans_arriving');
  if (arriving !== undefined)
    expect(total(traces, (trace) => trace.spans)).toBe(Number(arriving) + way.openSpans);
  const orphans = ownAt(expected, 'orphans');
  // The parents of these orphans are the very spans that only events know.
  if (orphans !== undefined) {
    expect(total(traces, (trace) => trace.orphans)).toBe(way.openSpans > 0 ? 0 : orphans);
  }
  const errors = ownAt(expected, 'errors');
  if (Array.isArray(errors)) expect(total(traces, (trace) => trace.errors)).toBe(errors.length);
}

function expectNames(expected: JsonObject, traces: readonly TraceSummary[]): void {
  const calls = objectAt(expected, 'functions_by_name');
  if (calls !== undefined)
    expect(sum(traces.map((trace) => pick(trace.tools, (tool) => tool.calls)))).toEqual(calls);
  const edges = ownAt(expected, 'handoff_edges');
  if (edges !== undefined) expect(traces.flatMap((trace) => trace.handoffs)).toEqual(edges);
  const handoffs = ownAt(expected, 'handoff_count');
  if (handoffs !== undefined) expect(total(traces, (trace) => trace.handoffs.length)).toBe(handoffs);
  if (ownAt(expected, 'failing_tools') !== undefined) {
    const failing = traces.flatMap((trace) => namesWhere(trace.tools, (tool) => tool.errors > 0));
    expect(failing).toEqual(failingTools(expected));
  }
  const triggered = ownAt(expected, 'guardrails_triggered');
  if (triggered !== undefined) {
    const tripped = traces.flatMap((trace) => namesWhere(trace.guardrails, (rail) => rail.triggered > 0));
    expect(tripped).toEqual(triggered);
  }
}

function expectTokens(expected: JsonObject, traces: readonly TraceSummary[], reasoningKnown: boolean): void {
  const tokens = objectAt(expected, 'tokens');
  if (tokens === undefined) return;
  const [trace] = traces;
  expect(traces).toHaveLength(1);
  for (const name of TOKENS) {
    const told = ownAt(tokens, name);
    if (told === undefined) continue;
    expect(trace?.tokens[name], `${name} tokens`).toBe(name === 'reasoning' && !reasoningKnown ? null : told);
  }
}

function expectHeaders(expected: JsonObject, traces: readonly TraceSummary[]): void {
  const headers: Json | undefined = ownAt(expected, 'traces');
  if (!Array.isArray(headers)) return;
  const said = traces.map((trace) => ({
    workflow_name: trace.workflowName,
    group_id: trace.groupId,
    metadata: trace.metadata,
  }));
  expect(said).toEqual(headers);
}

/** The names of the tools that fail; some fixtures say more than the name behind it. */
export function failingTools(expected: JsonObject): string[] {
  const told: Json | undefined = ownAt(expected, 'failing_tools');
  return Array.isArray(told)
    ? told.map((text: Json) => (typeof text === 'string' ? (text.split(' ')[0] ?? '') : ''))
    : [];
}

function total(traces: readonly TraceSummary[], count: (trace: TraceSummary) => number): number {
  return traces.reduce((sum, trace) => sum + count(trace), 0);
}

function sum(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const added: Record<string, number> = {};
  for (const [name, count] of counts.flatMap((each) => Object.entries(each))) {
    added[name] = (added[name] ?? 0) + count;
  }
  return added;
}

function pick<T>(named: Readonly<Record<string, T>>, count: (value: T) => number): Record<string, number> {
  return Object.fromEntries(Object.entries(named).map(([name, value]) => [name, count(value)]));
}

function namesWhere<T>(named: Readonly<Record<string, T>>, holds: (value: T) => boolean): string[] {
  return Object.entries(named)
    .filter(([, value]) => holds(value))
    .map(([name]) => name);
}

/** The list of T in an answer of `list` or `analyze`. */
export function tracesOf(answer: unknown): TraceSummary[] {
  const traces = isJsonObject(answer) ? ownAt(answer, 'traces') : undefined;
  if (!Array.isArray(traces)) throw new Error('an answer without traces');
  // The schemas of docs/ are held against these very answers by test/contract.
  return traces as TraceSummary[];
}
