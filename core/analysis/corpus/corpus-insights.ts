/** Tables of many traces: by agent, model, tool, workflow, user, group and day, errors, guardrails, slow spans. */
import { at } from '../../model/assert.ts';
import { KIND_CODE } from '../../model/span-kind.ts';
import { findUserId } from '../../model/user-of.ts';
import {
  INSIGHT_TABLES,
  MAX_INSIGHT_ROWS,
  type CorpusInsights,
  type InsightRow,
  type InsightTable,
} from '../../rpc/corpus.ts';
import { FactBit, type TraceRows } from './corpus-facts.ts';
import { ErrorTallies } from './error-tallies.ts';
import { GuardrailTallies } from './guardrail-tallies.ts';
import type { ReachQueries } from './reach-query.ts';
import { Samples } from './samples.ts';
import { SlowestSpans, type SpanIdentity } from './slowest-spans.ts';
import { ReachTally, UsageTally } from './tallies.ts';
import { dayOf, findGroup, type ZoneOffset } from './trace-keys.ts';
import {
  describeScope,
  reachQueries,
  walkTraces,
  type Aggregate,
  type CorpusQuestion,
} from './walk-traces.ts';

class RowTally {
  count = 0;
  failed = 0;
  /** Where the key stands that is no field of its own. */
  field = '';
  readonly durations = new Samples();
  readonly usage = new UsageTally();
  readonly reach = new ReachTally();

  addOne(traceId: string, durationUs: number, isFailed: boolean): void {
    this.count++;
    if (isFailed) this.failed++;
    this.durations.add(durationUs);
    this.reach.add(traceId, durationUs);
  }
}

class TableTally<Key> {
  readonly rows = new Map<Key, RowTally>();

  of(key: Key): RowTally {
    let row = this.rows.get(key);
    if (row === undefined) this.rows.set(key, (row = new RowTally()));
    return row;
  }
}

class InsightTallies {
  readonly agent = new TableTally<number>();
  readonly model = new TableTally<number>();
  readonly tool = new TableTally<number>();
  readonly workflow = new TableTally<string>();
  readonly user = new TableTally<string>();
  readonly group = new TableTally<string>();
  readonly day = new TableTally<string>();
  readonly totals = new RowTally();
  readonly errors: ErrorTallies;
  readonly guardrails: GuardrailTallies;
  readonly slowest: SlowestSpans;
  readonly #facts: CorpusQuestion['facts'];
  readonly #zone: ZoneOffset;

  constructor({ facts }: CorpusQuestion, zone: ZoneOffset) {
    this.#facts = facts;
    this.#zone = zone;
    this.errors = new ErrorTallies(facts);
    this.guardrails = new GuardrailTallies(facts);
    this.slowest = new SlowestSpans(facts);
  }

  add(trace: TraceRows): void {
    const { summary } = trace;
    const group = findGroup(summary);
    const ofTrace = [
      this.totals,
      this.workflow.of(summary.workflowName),
      this.user.of(findUserId(summary.metadata) ?? ''),
      this.group.of(group?.id ?? ''),
      this.day.of(dayOf(summary, this.#zone)),
    ];
    if (group !== undefined && group.field !== '') this.group.of(group.id).field = group.field;
    for (const row of ofTrace) row.addOne(summary.id, summary.durationMs * 1000, summary.status === 'failed');
    const usage = new UsageTally();
    this.#addSpans(trace, usage);
    for (const row of ofTrace) row.usage.merge(usage);
    this.errors.add(trace);
    this.guardrails.add(trace);
    this.slowest.add(trace);
  }

  #addSpans({ summary, spans: { from, to } }: TraceRows, usage: UsageTally): void {
    const spans = this.#facts.spans.columns;
    for (let row = from; row < to; row++) {
      const bits = at(spans.bits, row);
      const durationUs = at(spans.durationUs, row);
      const hasError = (bits & FactBit.error) !== 0;
      if (spans.kind[row] === KIND_CODE.function)
        this.tool.of(at(spans.name, row)).addOne(summary.id, durationUs, hasError);
      if ((bits & FactBit.run) !== 0)
        this.agent.of(at(spans.agent, row)).addOne(summary.id, durationUs, (bits & FactBit.runFailed) !== 0);
      if ((bits & FactBit.asked) === 0) continue;
      const model = this.model.of(at(spans.model, row));
      if ((bits & FactBit.call) !== 0) model.addOne(summary.id, durationUs, hasError);
      model.usage.add(spans, row);
      if ((bits & FactBit.inRun) !== 0) this.agent.of(at(spans.agent, row)).usage.add(spans, row);
      usage.add(spans, row);
    }
  }
}

export interface InsightParts {
  readonly zoneOffsetUs: ZoneOffset;
  readonly identify: SpanIdentity;
}

export function* computeCorpusInsights(
  question: CorpusQuestion,
  { zoneOffsetUs, identify }: InsightParts,
): Aggregate<CorpusInsights> {
  const scope = yield* describeScope(question);
  const tallies = new InsightTallies(question, zoneOffsetUs);
  yield* walkTraces(question, (trace) => {
    tallies.add(trace);
  });
  const queries = reachQueries(question);
  const textOf = (key: number | string): string =>
    typeof key === 'string' ? key : (question.facts.strings.at(key) ?? '');
  const tables: Partial<Record<InsightTable, readonly InsightRow[]>> = {};
  for (const table of INSIGHT_TABLES) {
    const rows: InsightRow[] = [];
    for (const [key, row] of chosenRows(tallies[table], table)) {
      yield question.traces.length;
      const text = textOf(key);
      rows.push(describeRow(text, row, queryOf(queries, table, text, row)));
    }
    tables[table] = rows;
  }
  return {
    scope,
    totals: describeRow('', tallies.totals, queries.all()),
    tables: wholeTables(tables),
    rowCounts: wholeCounts(tallies),
    errors: yield* tallies.errors.describe(queries),
    guardrails: tallies.guardrails.describe(queries),
    slowest: tallies.slowest.describe(identify),
  };
}

/** The most frequent; days all, by time, as far as there is room for the youngest. */
function chosenRows(
  { rows }: TableTally<number> | TableTally<string>,
  table: InsightTable,
): readonly (readonly [number | string, RowTally])[] {
  const all: (readonly [number | string, RowTally])[] = [...rows];
  if (table === 'day') {
    return all.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)).slice(-MAX_INSIGHT_ROWS);
  }
  // Rows that are no calls, but tokens without one, stand behind.
  return all.sort(([, a], [, b]) => b.count - a.count).slice(0, MAX_INSIGHT_ROWS);
}

function queryOf(queries: ReachQueries, table: InsightTable, key: string, row: RowTally): string | null {
  if (key === '') return table === 'workflow' ? queries.field('workflow', '') : null;
  switch (table) {
    case 'agent':
    case 'model':
    case 'tool':
    case 'workflow':
    case 'user':
      return queries.field(table, key);
    case 'group':
      return queries.groupOrMetadata(row.field, key);
    case 'day':
      return queries.day(key);
  }
}

function describeRow(key: string, row: RowTally, query: string | null): InsightRow {
  return {
    key,
    count: row.count,
    failed: row.failed,
    durations: row.durations.describe(),
    tokens: row.usage.tokens(),
    cost: row.usage.cost(),
    reach: row.reach.describe(query),
  };
}

function wholeTables(tables: Partial<Record<InsightTable, readonly InsightRow[]>>): CorpusInsights['tables'] {
  const { agent = [], model = [], tool = [], workflow = [], user = [], group = [], day = [] } = tables;
  return { agent, model, tool, workflow, user, group, day };
}

function wholeCounts({
  agent,
  model,
  tool,
  workflow,
  user,
  group,
  day,
}: InsightTallies): CorpusInsights['rowCounts'] {
  return {
    agent: agent.rows.size,
    model: model.rows.size,
    tool: tool.rows.size,
    workflow: workflow.rows.size,
    user: user.rows.size,
    group: group.rows.size,
    day: day.rows.size,
  };
}
