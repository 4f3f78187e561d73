/** Traces that belong together, by group or by user: what each group comes to, and one of them trace by trace. */
import { readBegunUs } from '../../model/begun-us.ts';
import { stringAt } from '../../model/json.ts';
import { writeIsoUs } from '../../model/time.ts';
import type { TraceSummary } from '../../model/trace-summary.ts';
import { findUserId } from '../../model/user-of.ts';
import {
  MAX_GROUP_TRACES,
  MAX_GROUPS,
  type CorpusGroup,
  type CorpusGroupDetail,
  type CorpusGroups,
  type GroupKind,
  type GroupTrace,
} from '../../rpc/corpus.ts';
import type { CorpusFacts, TraceRows } from './corpus-facts.ts';
import type { ReachQueries } from './reach-query.ts';
import { UsageTally } from './tallies.ts';
import { findGroup, type GroupKey } from './trace-keys.ts';
import {
  describeScope,
  reachQueries,
  walkTraces,
  type Aggregate,
  type CorpusQuestion,
} from './walk-traces.ts';

class GroupTally {
  readonly key: GroupKey;
  /** Where some of its traces name it, if not as a group. */
  field = '';
  traces = 0;
  spans = 0;
  errors = 0;
  failed = 0;
  startUs = Infinity;
  endUs = -Infinity;
  busyUs = 0;
  readonly usage = new UsageTally();
  readonly agents = new Set<string>();
  readonly workflows = new Set<string>();

  constructor(key: GroupKey) {
    this.key = key;
  }

  add(facts: CorpusFacts, { summary, spans: { from, to } }: TraceRows): void {
    const durationUs = summary.durationMs * 1000;
    const begunUs = readBegunUs(summary);
    this.traces++;
    this.spans += summary.spans;
    this.errors += summary.errors;
    if (summary.status === 'failed') this.failed++;
    if (begunUs < this.startUs) this.startUs = begunUs;
    if (begunUs + durationUs > this.endUs) this.endUs = begunUs + durationUs;
    this.busyUs += durationUs;
    for (const agent of summary.agents) this.agents.add(agent);
    if (summary.workflowName !== '') this.workflows.add(summary.workflowName);
    for (let row = from; row < to; row++) this.usage.add(facts.spans.columns, row);
  }

  describe(by: GroupKind, queries: ReachQueries): CorpusGroup {
    const { id } = this.key;
    return {
      id,
      traces: this.traces,
      spans: this.spans,
      errors: this.errors,
      failed: this.failed,
      startedAt: writeIsoUs(Number.isFinite(this.startUs) ? this.startUs : 0),
      endedAt: writeIsoUs(Number.isFinite(this.endUs) ? this.endUs : 0),
      busyUs: this.busyUs,
      tokens: this.usage.tokens(),
      cost: this.usage.cost(),
      agents: [...this.agents],
      workflows: [...this.workflows],
      query: by === 'user' ? queries.field('user', id) : queries.groupOrMetadata(this.field, id),
    };
  }
}

export function* computeCorpusGroups(question: CorpusQuestion, by: GroupKind): Aggregate<CorpusGroups> {
  const scope = yield* describeScope(question);
  const tallies = new Map<string, GroupTally>();
  yield* walkTraces(question, (trace) => {
    const key = keyOf(trace.summary, by);
    if (key === undefined) return;
    let tally = tallies.get(key.id);
    if (tally === undefined) tallies.set(key.id, (tally = new GroupTally(key)));
    if (key.field !== '') tally.field = key.field;
    tally.add(question.facts, trace);
  });
  const queries = reachQueries(question);
  const newest = [...tallies.values()].sort((a, b) => b.endUs - a.endUs).slice(0, MAX_GROUPS);
  return { scope, groups: newest.map((tally) => tally.describe(by, queries)), count: tallies.size };
}

export function* computeCorpusGroup(
  question: CorpusQuestion,
  by: GroupKind,
  id: string,
): Aggregate<CorpusGroupDetail> {
  const traces = question.traces.filter(({ summary }) => keyOf(summary, by)?.id === id);
  const scope = yield* describeScope({ ...question, traces });
  const tally = new GroupTally({ id, field: '' });
  for (const trace of traces) {
    tally.field = keyOf(trace.summary, by)?.field || tally.field;
    tally.add(question.facts, trace);
  }
  const byStart = traces.toSorted((a, b) => compare(a.summary.startedAt, b.summary.startedAt));
  return {
    scope,
    group: traces.length === 0 ? null : tally.describe(by, reachQueries(question)),
    traces: byStart.slice(0, MAX_GROUP_TRACES).map((trace) => describeTrace(question.facts, trace)),
  };
}

function keyOf(summary: TraceSummary, by: GroupKind): GroupKey | undefined {
  if (by === 'group') return findGroup(summary);
  const user = findUserId(summary.metadata);
  return user === undefined ? undefined : { id: user, field: '' };
}

function describeTrace(facts: CorpusFacts, { summary, spans: { from, to } }: TraceRows): GroupTrace {
  const usage = new UsageTally();
  for (let row = from; row < to; row++) usage.add(facts.spans.columns, row);
  return {
    traceId: summary.id,
    workflowName: summary.workflowName,
    status: summary.status,
    startedAt: summary.startedAt,
    durationUs: summary.durationMs * 1000,
    spans: summary.spans,
    errors: summary.errors,
    agents: summary.agents,
    tokens: usage.tokens(),
    cost: usage.cost(),
    sources: summary.sources,
    origins: summary.origins,
    service: SERVICE_FIELDS.map((field) => stringAt(summary.metadata, field)).find(isSaid) ?? null,
  };
}

const SERVICE_FIELDS = ['service', 'service.name', 'service_name'] as const;

function isSaid(text: string | undefined): boolean {
  return text !== undefined && text !== '';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
