/** One trace as one line of a list: the shape T of the contract, from folded columns and the trace's entry. */
import { at } from '../model/assert.ts';
import { KIND_CODE, kindOf, SPAN_KINDS, type KindCode, type SpanKind } from '../model/span-kind.ts';
import { SpanFlag } from '../model/span-row.ts';
import type { SpanTable } from '../model/span-table.ts';
import { writeIsoUs, type EpochUs } from '../model/time.ts';
import { mergeHeaders, type TraceEntry } from '../model/trace-entry.ts';
import type { TraceSummary } from '../model/trace-summary.ts';
import { compareStarts } from './start-order.ts';
import { linkSpans, type SpanTree } from './span-tree.ts';
import { computeTokens } from './tokens.ts';
import { computeStatus } from './trace-status.ts';

/** `spans` are folded (`foldSpans`) and linked; `nowUs` is the host's clock. */
export function computeSummary(
  spans: SpanTable,
  tree: SpanTree,
  entry: TraceEntry,
  nowUs: EpochUs,
): TraceSummary {
  const header = mergeHeaders(entry.headers);
  const { startUs, endUs } = computeExtent(spans, entry);
  return {
    id: entry.id,
    workflowName: header.workflowName ?? rootTaskName(spans, tree) ?? '',
    groupId: header.groupId ?? null,
    metadata: header.metadata ?? {},
    status: computeStatus(spans, tree, entry, nowUs),
    startedAt: writeIsoUs(startUs),
    durationMs: (endUs - startUs) / 1000,
    spans: spans.length,
    spansByKind: countKinds(spans),
    roots: tree.roots,
    orphans: tree.orphans,
    depth: tree.maxDepth,
    errors: countErrors(spans),
    tokens: computeTokens(spans, tree),
    handoffs: listHandoffs(spans),
    tools: countTools(spans),
    guardrails: countGuardrails(spans),
    agents: namesByStart(spans, 'agent', KIND_CODE.agent),
    models: namesByStart(spans, 'model'),
    sources: entry.sources,
    origins: entry.origins,
  };
}

/** `computeSummary` for callers that need no tree of their own. */
export function summarize(spans: SpanTable, entry: TraceEntry, nowUs: EpochUs): TraceSummary {
  return computeSummary(spans, linkSpans(spans), entry, nowUs);
}

/** From the first start to the last end; a trace without times begins when its first record was received. */
export function computeExtent(spans: SpanTable, entry: TraceEntry): { startUs: EpochUs; endUs: EpochUs } {
  const c = spans.columns;
  let startUs = Number.POSITIVE_INFINITY;
  let endUs = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < spans.length; row++) {
    const start = at(c.startUs, row);
    const end = at(c.endUs, row);
    if (start < startUs) startUs = start;
    if (start > endUs) endUs = start;
    if (end > endUs) endUs = end;
  }
  if (!Number.isFinite(startUs)) startUs = Number.isFinite(endUs) ? endUs : entry.firstSeenUs;
  return { startUs, endUs: Math.max(startUs, endUs) };
}

function rootTaskName(spans: SpanTable, tree: SpanTree): string | undefined {
  const task = tree.tops.find(
    (row) => spans.columns.kind[row] === KIND_CODE.task && spans.columns.parentForm[row] === 0,
  );
  return task === undefined ? undefined : spans.name(task);
}

function countKinds(spans: SpanTable): Partial<Record<SpanKind, number>> {
  const counts = new Uint32Array(SPAN_KINDS.length);
  const order: number[] = [];
  for (let row = 0; row < spans.length; row++) {
    // A code of a later version is custom, as `kindOf` reads it.
    const kind = KIND_CODE[kindOf(at(spans.columns.kind, row))];
    if (counts[kind] === 0) order.push(kind);
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return Object.fromEntries(order.map((kind) => [kindOf(kind), at(counts, kind)]));
}

function countErrors(spans: SpanTable): number {
  let errors = 0;
  for (let row = 0; row < spans.length; row++) if (at(spans.columns.flags, row) & SpanFlag.error) errors++;
  return errors;
}

function listHandoffs(spans: SpanTable): (readonly [string | null, string | null])[] {
  return rowsByStart(spans, KIND_CODE.handoff).map((row) => [
    spans.text('agent', row) ?? null,
    spans.text('target', row) ?? null,
  ]);
}

function countTools(spans: SpanTable): TraceSummary['tools'] {
  const tools = new Map<string, { calls: number; errors: number }>();
  for (let row = 0; row < spans.length; row++) {
    if (spans.columns.kind[row] !== KIND_CODE.function) continue;
    const tool = getOrAdd(tools, spans.name(row), () => ({ calls: 0, errors: 0 }));
    tool.calls++;
    if (at(spans.columns.flags, row) & SpanFlag.error) tool.errors++;
  }
  return Object.fromEntries(tools);
}

function countGuardrails(spans: SpanTable): TraceSummary['guardrails'] {
  const guardrails = new Map<string, { runs: number; triggered: number }>();
  for (let row = 0; row < spans.length; row++) {
    if (spans.columns.kind[row] !== KIND_CODE.guardrail) continue;
    const guardrail = getOrAdd(guardrails, spans.name(row), () => ({ runs: 0, triggered: 0 }));
    guardrail.runs++;
    if (at(spans.columns.flags, row) & SpanFlag.triggered) guardrail.triggered++;
  }
  return Object.fromEntries(guardrails);
}

/** Distinct texts of a column, of spans of one kind where one is given, by the first start of each. */
function namesByStart(spans: SpanTable, column: 'agent' | 'model', kind?: KindCode): string[] {
  const codes = spans.columns[column];
  const firsts = new Map<number, number>();
  for (let row = 0; row < spans.length; row++) {
    const code = at(codes, row);
    if (code === 0 || (kind !== undefined && spans.columns.kind[row] !== kind)) continue;
    const first = firsts.get(code);
    if (first === undefined || compareStarts(spans, row, first) < 0) firsts.set(code, row);
  }
  const rows = [...firsts.values()].sort((a, b) => compareStarts(spans, a, b));
  return rows.map((row) => spans.text(column, row) ?? '');
}

/** The rows of a kind, by start time, then span id. */
function rowsByStart(spans: SpanTable, kind: KindCode): number[] {
  const rows: number[] = [];
  for (let row = 0; row < spans.length; row++) if (spans.columns.kind[row] === kind) rows.push(row);
  return rows.sort((a, b) => compareStarts(spans, a, b));
}

function getOrAdd<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
