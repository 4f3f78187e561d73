/** A trace as a plugin receives it: the fields that its `reads` names, and nothing else leaves the host. */
import { computeSelfTimes } from '../../../core/analysis/self-times.ts';
import { computeSpanExtents } from '../../../core/analysis/span-extents.ts';
import type { SpanTree } from '../../../core/analysis/span-tree.ts';
import { findUsageLeaves } from '../../../core/analysis/usage-leaves.ts';
import { at } from '../../../core/model/assert.ts';
import { kindOf } from '../../../core/model/span-kind.ts';
import { SpanFlag } from '../../../core/model/span-row.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import type { EpochUs } from '../../../core/model/time.ts';
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import type { Read } from '../../../core/plugin-api/manifest.ts';
import { SPAN_FIELDS, TRACE_FIELDS, type SpanView, type TraceView } from '../../../core/plugin-api/views.ts';

/** A trace with its spans, as the host holds it. */
export interface WholeTrace {
  readonly summary: TraceSummary;
  readonly spans: SpanTable;
  readonly tree: SpanTree;
}

type SpanReader = (row: number) => SpanView[keyof SpanView];

/** JSON of a `TraceView`. An open span ends at `openEndUs`. */
export function projectTrace(trace: WholeTrace, reads: readonly Read[], openEndUs: EpochUs): string {
  const { summary, tree, spans } = trace;
  const readers = Object.entries(spanReaders(trace, reads, openEndUs)).filter(([field]) =>
    reads.includes(SPAN_FIELDS[field as keyof typeof SPAN_FIELDS]),
  );
  const views: object[] = [];
  for (const row of tree.preorder) {
    const view: Record<string, unknown> = { id: spans.spanId(row) };
    for (const [field, read] of readers) view[field] = read(row);
    views.push(view);
  }
  const fields = Object.entries(traceFields(summary)).filter(([field]) =>
    reads.includes(TRACE_FIELDS[field as keyof typeof TRACE_FIELDS]),
  );
  return JSON.stringify({ id: summary.id, ...Object.fromEntries(fields), spans: views });
}

function traceFields(summary: TraceSummary): Record<keyof typeof TRACE_FIELDS, TraceView[keyof TraceView]> {
  const { status, depth, startedAt, durationMs, tokens, workflowName, groupId, metadata, errors } = summary;
  return {
    ...{ status, depth, startedAt, durationMs, workflowName, metadata, errors },
    groupId: groupId ?? undefined,
    inputTokens: tokens.input ?? undefined,
    outputTokens: tokens.output ?? undefined,
    totalTokens: tokens.total ?? undefined,
  };
}

function spanReaders(
  { spans, tree }: WholeTrace,
  reads: readonly Read[],
  openEndUs: EpochUs,
): Record<keyof typeof SPAN_FIELDS, SpanReader> {
  const c = spans.columns;
  const { start, end } = computeSpanExtents(spans, openEndUs);
  // What costs a pass over the tree is computed for those who asked.
  const selfUs = reads.includes('timing') ? computeSelfTimes(spans, tree, openEndUs) : new Float64Array(0);
  const leaves = reads.includes('usage') ? findUsageLeaves(spans, tree) : new Uint8Array(0);
  const hasFlag = (row: number, flag: number): boolean => (at(c.flags, row) & flag) !== 0;
  return {
    parentId: (row) => spans.parentId(row),
    kind: (row) => kindOf(at(c.kind, row)),
    startUs: (row) => known(at(start, row)),
    endUs: (row) => known(at(end, row)),
    durationMs: (row) => known((at(end, row) - at(start, row)) / 1000),
    selfMs: (row) => known(at(selfUs, row) / 1000),
    model: (row) => spans.text('model', row),
    inputTokens: (row) => told(at(c.inputTokens, row)),
    outputTokens: (row) => told(at(c.outputTokens, row)),
    cachedTokens: (row) => told(at(c.cachedTokens, row)),
    reasoningTokens: (row) => told(at(c.reasoningTokens, row)),
    totalTokens: (row) => told(at(c.totalTokens, row)),
    countsTokens: (row) => leaves[row] === 1,
    name: (row) => spans.name(row),
    agent: (row) => spans.text('agent', row),
    target: (row) => spans.text('target', row),
    hasError: (row) => hasFlag(row, SpanFlag.error),
    isTriggered: (row) => hasFlag(row, SpanFlag.triggered),
  };
}

const known = (value: number): number | undefined => (Number.isNaN(value) ? undefined : value);
const told = (tokens: number): number | undefined => (tokens < 0 ? undefined : tokens);
