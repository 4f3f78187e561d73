/** What the workbench must find in a generated trace, told from its plan: the judge of folds, counts and lists. */
import type { SpanKind } from '../../core/model/span-kind.ts';
import type { EpochUs } from '../../core/model/time.ts';
import type { TraceSummary } from '../../core/model/trace-summary.ts';
import type { PlannedTrace } from './plan.ts';
import { ancestors, reportedSpans, type ReportedSpan, type Shape } from './reported.ts';
import { tellTokens } from './truth-tokens.ts';

/** T of the contract, with times as numbers. `status` is that of a file, where all is final but open spans. */
export type TraceTruth = Omit<TraceSummary, 'startedAt' | 'durationMs' | 'sources' | 'origins'> & {
  /** undefined where no span was reported. */
  readonly startUs: EpochUs | undefined;
  readonly endUs: EpochUs | undefined;
};

/** The truth of a trace reported in one shape; undefined where nothing of it was reported at all. */
export function tellTruth(trace: PlannedTrace, shape: Shape): TraceTruth | undefined {
  const spans = reportedSpans(trace, shape);
  if (spans.length === 0 && !trace.hasItem) return undefined;
  const byId = new Map(spans.map((reported) => [reported.span.id, reported]));
  const byStart = [...spans].sort(
    (a, b) => a.span.startUs - b.span.startUs || (a.span.id < b.span.id ? -1 : 1),
  );
  const ofKind = (kind: SpanKind): readonly ReportedSpan[] =>
    byStart.filter(({ span }) => span.kind === kind);
  const rootTask = ofKind('task').find(({ span }) => span.parentId === undefined);
  const parents = spans.map(({ span }) => span.parentId).filter((id) => id !== undefined);
  const times = spans.flatMap(({ span, ended }) => (ended ? [span.startUs, span.endUs] : [span.startUs]));
  return {
    id: trace.id,
    workflowName: trace.hasItem || rootTask !== undefined ? trace.workflowName : '',
    groupId: (trace.hasItem ? trace.groupId : undefined) ?? null,
    metadata: (trace.hasItem ? trace.metadata : undefined) ?? {},
    status: tellStatus(spans, byId),
    startUs: times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b)),
    endUs: times.length === 0 ? undefined : times.reduce((a, b) => Math.max(a, b)),
    spans: spans.length,
    spansByKind: countBy(spans, ({ span }) => span.kind),
    roots: spans.length - parents.length,
    orphans: parents.filter((id) => !byId.has(id)).length,
    depth: spans.reduce((deepest, each) => Math.max(deepest, ancestors(each, byId).length + 1), 0),
    errors: spans.filter(({ span, ended }) => ended && span.error !== undefined).length,
    tokens: tellTokens(spans, byId),
    handoffs: ofKind('handoff').map(({ span, ended }) => [
      span.agent ?? null,
      (ended ? span.target : undefined) ?? null,
    ]),
    tools: tellTools(ofKind('function')),
    guardrails: tellGuardrails(ofKind('guardrail')),
    agents: [...new Set(ofKind('agent').map(({ span }) => span.name ?? ''))],
    models: [...new Set(byStart.flatMap(({ model }) => model ?? []))],
  };
}

function tellStatus(
  spans: readonly ReportedSpan[],
  byId: ReadonlyMap<string, ReportedSpan>,
): TraceTruth['status'] {
  if (spans.some(({ ended }) => !ended)) return 'in_progress';
  // A planned run fails in its last turn alone, so any turn with an error is the last one of its agent.
  const levels: Partial<Record<SpanKind, number>> = { task: 0, agent: 1, turn: 2 };
  const failed = spans.some((reported) => {
    const level = levels[reported.span.kind];
    const above = ancestors(reported, byId);
    const top = above.at(-1)?.span ?? reported.span;
    return reported.span.error !== undefined && level === above.length && top.parentId === undefined;
  });
  return failed ? 'failed' : 'completed';
}

function tellTools(spans: readonly ReportedSpan[]): TraceTruth['tools'] {
  const calls = countBy(spans, ({ span }) => span.name ?? '');
  const failed = spans.filter(({ span, ended }) => ended && span.error !== undefined);
  const errors = countBy(failed, ({ span }) => span.name ?? '');
  return Object.fromEntries(
    Object.entries(calls).map(([name, count]) => [name, { calls: count, errors: errors[name] ?? 0 }]),
  );
}

function tellGuardrails(spans: readonly ReportedSpan[]): TraceTruth['guardrails'] {
  const runs = countBy(spans, ({ span }) => span.name ?? '');
  const tripped = spans.filter(({ span, ended }) => ended && span.triggered === true);
  const triggered = countBy(tripped, ({ span }) => span.name ?? '');
  return Object.fromEntries(
    Object.entries(runs).map(([name, count]) => [name, { runs: count, triggered: triggered[name] ?? 0 }]),
  );
}

function countBy<K extends string>(
  spans: readonly ReportedSpan[],
  keyOf: (reported: ReportedSpan) => K,
): Partial<Record<K, number>> & Record<string, number> {
  const counts: Record<string, number> = {};
  for (const reported of spans) counts[keyOf(reported)] = (counts[keyOf(reported)] ?? 0) + 1;
  return counts as Partial<Record<K, number>> & Record<string, number>;
}
