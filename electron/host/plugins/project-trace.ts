/** A trace as a plugin receives it: the fields that its `reads` names, and nothing else leaves the host. */
import type { PriceBook } from '../../../core/analysis/cost/price-book.ts';
import { computeSpanCosts, type SpanCosts } from '../../../core/analysis/cost/span-costs.ts';
import { computeCriticalPath } from '../../../core/analysis/critical-path.ts';
import { computeSelfTimes } from '../../../core/analysis/self-times.ts';
import { computeSpanExtents } from '../../../core/analysis/span-extents.ts';
import type { SpanTree } from '../../../core/analysis/span-tree.ts';
import { findUsageLeaves } from '../../../core/analysis/usage-leaves.ts';
import { at } from '../../../core/model/assert.ts';
import type { JsonObject } from '../../../core/model/json.ts';
import { kindOf } from '../../../core/model/span-kind.ts';
import { SpanFlag } from '../../../core/model/span-row.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import type { EpochUs } from '../../../core/model/time.ts';
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import type { Read } from '../../../core/plugin-api/manifest.ts';
import { readSpanContent, type SpanContent } from '../../../core/plugin-api/span-content.ts';
import { SPAN_FIELDS, TRACE_FIELDS, type SpanView, type TraceView } from '../../../core/plugin-api/views.ts';
import { snapshotBook } from '../prices/snapshot-book.ts';
import { PluginFault } from './plugin-fault.ts';

/** A trace with its spans, as the host holds it. */
export interface WholeTrace {
  readonly summary: TraceSummary;
  readonly spans: SpanTable;
  readonly tree: SpanTree;
  /** The merged record of a span, read when a plugin asks for `content`; undefined where it is damaged or gone. */
  readonly recordOf?: (spanId: string) => JsonObject | undefined;
  /** The prices that costs are reckoned by; absent: those of the build. */
  readonly book?: PriceBook;
}

type SpanReader = (row: number) => SpanView[keyof SpanView];

/** JSON of a `TraceView`. An open span ends at `openEndUs`. */
export function projectTrace(trace: WholeTrace, reads: readonly Read[], openEndUs: EpochUs): string {
  const { summary, tree } = trace;
  const costs = reads.includes('usage') ? costsOf(trace) : undefined;
  const spans = projectRows(trace, tree.preorder, reads, openEndUs, costs);
  const fields = pick(traceFields(summary, costs), TRACE_FIELDS, reads);
  return JSON.stringify({ id: summary.id, ...fields, spans });
}

/** JSON of a `SpanBatch`: some spans of a trace. */
export function projectSpans(
  trace: WholeTrace,
  rows: Iterable<number>,
  reads: readonly Read[],
  openEndUs: EpochUs,
): string {
  return JSON.stringify({ traceId: trace.summary.id, spans: projectRows(trace, rows, reads, openEndUs) });
}

function projectRows(
  trace: WholeTrace,
  rows: Iterable<number>,
  reads: readonly Read[],
  openEndUs: EpochUs,
  costs = reads.includes('usage') ? costsOf(trace) : undefined,
): readonly object[] {
  const readers = Object.entries(spanReaders(trace, reads, openEndUs, costs)).filter(([field]) =>
    reads.includes(SPAN_FIELDS[field as keyof typeof SPAN_FIELDS]),
  );
  return Array.from(rows, (row) => {
    const view: Record<string, unknown> = { id: trace.spans.spanId(row) };
    for (const [field, read] of readers) view[field] = read(row);
    return view;
  });
}

/** The fields that `reads` names. */
function pick<Fields extends string>(
  fields: Readonly<Record<Fields, unknown>>,
  words: Readonly<Record<Fields, Read>>,
  reads: readonly Read[],
): Readonly<Partial<Record<Fields, unknown>>> {
  const told: Partial<Record<Fields, unknown>> = {};
  for (const name in fields) if (reads.includes(words[name])) told[name] = fields[name];
  return told;
}

function costsOf({ spans, tree, book }: WholeTrace): SpanCosts {
  return computeSpanCosts(spans, tree, book ?? snapshotBook());
}

function traceFields(
  summary: TraceSummary,
  costs: SpanCosts | undefined,
): Record<keyof typeof TRACE_FIELDS, TraceView[keyof TraceView]> {
  const { status, depth, startedAt, durationMs, tokens, workflowName, groupId, metadata, errors } = summary;
  return {
    ...{ status, depth, startedAt, durationMs, workflowName, metadata, errors },
    groupId: groupId ?? undefined,
    inputTokens: tokens.input ?? undefined,
    outputTokens: tokens.output ?? undefined,
    totalTokens: tokens.total ?? undefined,
    costUsd: costs?.sum.usd,
    unpricedCalls: costs?.sum.unpriced.reduce((sum, { calls }) => sum + calls, 0) ?? 0,
  };
}

function spanReaders(
  { spans, tree, recordOf }: WholeTrace,
  reads: readonly Read[],
  openEndUs: EpochUs,
  costs: SpanCosts | undefined,
): Record<keyof typeof SPAN_FIELDS, SpanReader> {
  const c = spans.columns;
  const { start, end } = computeSpanExtents(spans, openEndUs);
  // What costs a pass over the tree is computed for those who asked.
  const selfUs = reads.includes('timing') ? computeSelfTimes(spans, tree, openEndUs) : new Float64Array(0);
  const criticalUs = reads.includes('timing') ? computeCriticalTimes(spans, tree, openEndUs) : selfUs;
  const content = reads.includes('content') ? contentReader(spans, recordOf) : () => NO_CONTENT;
  const leaves = reads.includes('usage') ? findUsageLeaves(spans, tree) : new Uint8Array(0);
  const hasFlag = (row: number, flag: number): boolean => (at(c.flags, row) & flag) !== 0;
  return {
    parentId: (row) => spans.parentId(row),
    kind: (row) => kindOf(at(c.kind, row)),
    startUs: (row) => known(at(start, row)),
    endUs: (row) => known(at(end, row)),
    durationMs: (row) => known((at(end, row) - at(start, row)) / 1000),
    selfMs: (row) => known(at(selfUs, row) / 1000),
    criticalMs: (row) => at(criticalUs, row) / 1000,
    model: (row) => spans.text('model', row),
    provider: (row) => spans.text('provider', row),
    inputTokens: (row) => told(at(c.inputTokens, row)),
    outputTokens: (row) => told(at(c.outputTokens, row)),
    cachedTokens: (row) => told(at(c.cachedTokens, row)),
    reasoningTokens: (row) => told(at(c.reasoningTokens, row)),
    totalTokens: (row) => told(at(c.totalTokens, row)),
    countsTokens: (row) => leaves[row] === 1,
    costUsd: (row) => known(costs?.usd[row] ?? NaN),
    name: (row) => spans.name(row),
    agent: (row) => spans.text('agent', row),
    target: (row) => spans.text('target', row),
    hasError: (row) => hasFlag(row, SpanFlag.error),
    errorClass: (row) => spans.text('errorClass', row),
    isTriggered: (row) => hasFlag(row, SpanFlag.triggered),
    input: (row) => content(row).input,
    output: (row) => content(row).output,
    errorMessage: (row) => content(row).errorMessage,
  };
}

const NO_CONTENT: SpanContent = {};

/** Reads each record once: its fields are asked for one after the other. */
function contentReader(spans: SpanTable, recordOf: WholeTrace['recordOf']): (row: number) => SpanContent {
  if (recordOf === undefined) {
    throw new PluginFault('It reads "content", which is not kept where it is run.');
  }
  let last: { readonly row: number; readonly content: SpanContent } | undefined;
  return (row) => {
    if (last?.row !== row) {
      const record = recordOf(spans.spanId(row));
      last = { row, content: record === undefined ? NO_CONTENT : readSpanContent(record) };
    }
    return last.content;
  };
}

/** By row: how long the trace waited for the span itself. */
function computeCriticalTimes(spans: SpanTable, tree: SpanTree, openEndUs: EpochUs): Float64Array {
  const times = new Float64Array(spans.length);
  for (const { row, startUs, endUs } of computeCriticalPath(spans, tree, openEndUs).segments) {
    if (row >= 0) times[row] = at(times, row) + endUs - startUs;
  }
  return times;
}

const known = (value: number): number | undefined => (Number.isNaN(value) ? undefined : value);
const told = (tokens: number): number | undefined => (tokens < 0 ? undefined : tokens);
