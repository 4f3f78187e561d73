import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readIsoUs } from '../../../core/model/time.ts';
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import { allOf, conjunctsOf } from '../../../core/query/edit-query.ts';
import { matchesTrace, type TraceFacts } from '../../../core/query/match-trace.ts';
import { parseQuery } from '../../../core/query/parse-query.ts';
import type { FieldName } from '../../../core/query/query-fields.ts';
import type { QueryNode } from '../../../core/query/query-tree.ts';
import { utcClock } from '../../../core/query/resolve-time.ts';
import { listTrace, type ListedTrace } from '../../../core/store/listed-trace.ts';
import {
  FACET_FIELD,
  FACETS,
  NEWEST_FIRST,
  SORT_COLUMNS,
  type Facet,
  type LibraryFigures,
  type LibraryQuery,
  type LibrarySort,
} from '../../../core/store/library-query.ts';
import { HOST_SAYS } from '../../../core/store/match-rows.ts';
import { RowCosts } from '../../../core/store/row-costs.ts';
import { queryLibrary, type LibraryAnswer } from '../../../core/store/query-library.ts';
import { SummaryColumns } from '../../../core/store/summary-columns.ts';
import { randomQuery } from '../query/random-query.ts';
import { summaryOf } from './listed-trace-samples.ts';

const TRACES = 600;
const traces = Array.from({ length: TRACES }, (_, i) => summaryOf(i));
const ALL = { most: 1000, find: '' };
const FACET_REQUESTS = { status: ALL, workflow: ALL, agent: ALL, model: ALL, origin: ALL };

function columnsOf(summaries: readonly TraceSummary[]): SummaryColumns {
  const columns = new SummaryColumns();
  // Some come and go, so that rows are reused and stand in no order.
  for (let i = 0; i < 50; i++) columns.upsert(summaryOf(5000 + i));
  for (const summary of summaries) columns.upsert(summary);
  for (let i = 0; i < 50; i++) columns.remove(summaryOf(5000 + i).id);
  return columns;
}

const columns = columnsOf(traces);

const clock = utcClock(readIsoUs('2026-11-20T12:00:00Z'));
const ALL_TRACES: QueryNode = { kind: 'all' };

function query(tree: QueryNode, sort: LibrarySort = NEWEST_FIRST): LibraryQuery {
  return { tree, sort, facets: FACET_REQUESTS, bins: 80 };
}

function treeOf(text: string): QueryNode {
  const parsed = parseQuery(text);
  if (parsed.kind === 'fault') throw new Error(parsed.fault.message);
  return parsed.tree;
}

/** What the host says each trace costs; nothing of one in five. */
function costOf({ id }: { readonly id: string }): number {
  const i = Number.parseInt(id.slice(-4), 16) || 0;
  return i % 5 === 0 ? Number.NaN : (i % 97) / 1000;
}

function costsOf(of: SummaryColumns): RowCosts {
  const costs = new RowCosts();
  for (const trace of traces) {
    const row = of.rowOf(trace.id);
    if (row !== undefined) costs.write(row, costOf(trace), 0, row % 2 === 0);
  }
  return costs;
}

const columnCosts = costsOf(columns);

/** Asks with a host that has told everything. */
function ask(of: SummaryColumns, asked: LibraryQuery): LibraryAnswer {
  return queryLibrary(of, asked, {
    clock,
    costs: of === columns ? columnCosts : costsOf(of),
    answerOf: (part) => {
      const says = new Uint8Array(of.rows);
      const tree = treeOf(part);
      for (const trace of traces) {
        const row = of.rowOf(trace.id);
        if (row !== undefined) says[row] = passes(trace, tree) ? HOST_SAYS.yes : HOST_SAYS.no;
      }
      return says;
    },
  });
}

function ids(asked: LibraryQuery): readonly string[] {
  return [...ask(columns, asked).order].map((row) => columns.idAt(row));
}

/** Facts that no summary tells, drawn from the id alone: the host's part of an answer. */
const facts: Pick<TraceFacts, 'spans'> = { spans: () => undefined };

function passes(trace: TraceSummary, tree: QueryNode): boolean {
  return matchesTrace(tree, trace, { ...facts, costUsd: () => costOf(trace), clock });
}

/** The same by looking at each trace. */
const valuesOf: Readonly<Record<Facet, (trace: TraceSummary) => readonly string[]>> = {
  status: ({ status }) => [status],
  workflow: ({ workflowName }) => [workflowName],
  agent: ({ agents }) => agents,
  model: ({ models }) => models,
  origin: ({ origins }) => origins,
};

/** The query without the parts that speak of these fields alone. */
function without(tree: QueryNode, fields: readonly FieldName[]): QueryNode {
  return allOf(conjunctsOf(tree).filter((part) => !isOf(part, fields)));
}

function isOf(node: QueryNode, fields: readonly FieldName[]): boolean {
  switch (node.kind) {
    case 'field':
      return fields.includes(node.field);
    case 'not':
      return isOf(node.part, fields);
    case 'and':
    case 'or':
      return node.parts.every((part) => isOf(part, fields));
    default:
      return false;
  }
}

const WORDS = [
  ...['Customer support', 'Code review', 'Triage', 'Billing', 'مساعد', 'gpt-5', 'gpt-4.1', 'live'],
  ...['week-46.jsonl.gz', 'conversation_1', 'trace_0', 'ef', 'REVIEW', '9', 'openai-agents', ''],
];
const randomTree = randomQuery(WORDS, {
  count: ['0', '1', '2', '3', '100', '250', '1k', '45k', '80k'],
  duration: ['0', '500ms', '1s', '5s', '12.5s', '1m'],
  time: ['2026-11-16', '2026-11-18', '2026-11-18T14:00Z', '2026-11', '3d', 'today', 'yesterday'],
});
/** As the page asks them: a few conditions that must all hold. */
const trees = fc.array(randomTree, { minLength: 0, maxLength: 3 }).map((parts) => allOf(parts));

describe('a question to the library', () => {
  const listed = traces.map(listTrace);

  it('finds the traces, counts and bins that looking at each trace finds', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const { figures, order } = ask(columns, query(tree));
        const passing = traces.filter((trace) => passes(trace, tree));
        expect([...order].map((row) => columns.idAt(row)).sort()).toEqual(passing.map(({ id }) => id).sort());
        expect(figures.matching).toBe(passing.length);
        expect(figures.total).toBe(TRACES);
        expect(figures.longestMs).toBe(Math.max(0, ...passing.map(({ durationMs }) => durationMs)));
        for (const facet of FACETS) {
          const others = without(tree, [FACET_FIELD[facet]]);
          const reached = traces.filter((trace) => passes(trace, others));
          for (const { value, count } of figures.facets[facet].values) {
            expect(count).toBe(reached.filter((trace) => valuesOf[facet](trace).includes(value)).length);
          }
        }
        const anyErrors = without(tree, ['error', 'errors']);
        const withErrors = traces.filter((trace) => trace.errors > 0 && passes(trace, anyErrors));
        expect(figures.withErrors).toBe(withErrors.length);
        expectBins(figures, without(tree, ['started']));
      }),
      { numRuns: 150 },
    );
  });

  function expectBins({ histogram }: LibraryFigures, tree: QueryNode): void {
    const atAnyTime = traces
      .filter((trace) => passes(trace, tree))
      .map(listTrace)
      .filter(({ startedUs }) => !Number.isNaN(startedUs));
    const drawn = histogram?.counts.reduce((sum, count) => sum + count, 0) ?? 0;
    expect(drawn + (histogram?.clockless ?? 0)).toBe(atAnyTime.length);
    for (const [bin, count] of (histogram?.counts ?? []).entries()) {
      const fromUs = (histogram?.startUs ?? 0) + bin * (histogram?.stepUs ?? 0);
      const inBin = atAnyTime.filter(
        (trace) => trace.startedUs >= fromUs && trace.startedUs < fromUs + (histogram?.stepUs ?? 0),
      );
      expect(count).toBe(inBin.length);
      expect(histogram?.failed[bin]).toBe(
        inBin.filter(({ errors, status }) => errors > 0 || status === 'failed').length,
      );
    }
  }

  it('takes no trace that the host has not told of yet, whichever way it is asked', () => {
    const waiting = (text: string): number =>
      queryLibrary(columns, query(treeOf(text)), { clock, answerOf: () => undefined }).order.length;
    expect(waiting('cost>$0.01')).toBe(0);
    expect(waiting('not cost>$0.01')).toBe(0);
    expect(waiting('not (cost>$0.01 or tool:x)')).toBe(0);
    expect(waiting('status:failed or not span(error:true)')).toBe(waiting('status:failed'));
  });

  it('sorts by every column both ways: equal values by id, what has no value last', () => {
    const collator = new Intl.Collator('en', { numeric: true });
    const key: Readonly<Record<(typeof SORT_COLUMNS)[number], (trace: ListedTrace) => string | number>> = {
      status: ({ status }) => ['in_progress', 'completed', 'failed'].indexOf(status),
      workflow: ({ workflowName }) => workflowName,
      agents: ({ path }) => path.join(' → '),
      started: ({ startedUs }) => (Number.isNaN(startedUs) ? '' : startedUs),
      duration: ({ durationMs }) => durationMs,
      spans: ({ spans }) => spans,
      tokens: ({ tokens }) => tokens.total ?? '',
      cost: (trace) => (Number.isNaN(costOf(trace)) ? '' : costOf(trace)),
      errors: ({ errors }) => errors,
      models: ({ models }) => models.join(' → '),
      group: ({ groupId }) => groupId ?? '',
      origins: ({ origins }) => origins.join(' → '),
    };
    const form = (id: string): number =>
      id.startsWith('trace_') ? 1 : id.includes('-') ? 3 : id.includes(' ') ? 4 : 2;
    const byId = (a: ListedTrace, b: ListedTrace): number =>
      form(a.id) - form(b.id) || (a.id < b.id ? -1 : 1);
    for (const by of SORT_COLUMNS) {
      for (const descending of [false, true]) {
        const expected = listed.toSorted((a, b) => {
          const [left, right] = [key[by](a), key[by](b)];
          if (left === right) return byId(a, b);
          if (left === '' || right === '') return left === '' ? 1 : -1;
          const order =
            typeof left === 'string' ? collator.compare(left, String(right)) : left - Number(right);
          return descending ? -order : order;
        });
        expect(ids(query(ALL_TRACES, { by, descending }))).toEqual(expected.map(({ id }) => id));
      }
    }
  });

  it('tells as many values of a facet as asked for, and those that are chosen', () => {
    const asked = {
      ...query(treeOf('agent:nobody')),
      facets: { ...FACET_REQUESTS, agent: { most: 2, find: '' } },
    };
    const { agent } = ask(columns, asked).figures.facets;
    expect(agent.values).toHaveLength(3);
    expect(agent.values.at(-1)).toEqual({ value: 'nobody', count: 0 });
    expect(agent.distinct).toBe(7);
    const found = ask(columns, {
      ...asked,
      facets: { ...FACET_REQUESTS, agent: { most: 9, find: 'BILL' } },
    });
    expect(found.figures.facets.agent.values.map(({ value }) => value)).toEqual(['Billing']);
  });

  it('keeps traces whose clock began with them out of the bins, unless there is no other', () => {
    const profile = { ...summaryOf(1), startedAt: '1970-01-01T00:00:00.000005Z' };
    const mixed = ask(columnsOf([profile, summaryOf(2), summaryOf(3)]), query(ALL_TRACES)).figures;
    expect(mixed.histogram?.clockless).toBe(1);
    expect(mixed.histogram?.counts.reduce((sum, count) => sum + count, 0)).toBe(2);
    expect(mixed.histogram?.startUs).toBeGreaterThan(Date.UTC(2000, 0) * 1000);
    const alone = ask(columnsOf([profile]), query(ALL_TRACES)).figures.histogram;
    expect(alone).toMatchObject({ clockless: 0, counts: [1] });
  });

  it('keeps traces without a time out of the bins and at the end of the list', () => {
    const few = columnsOf([summaryOf(1), { ...summaryOf(2), startedAt: '' }, summaryOf(3)]);
    const { figures, order } = ask(few, query(ALL_TRACES));
    expect(figures.histogram?.counts.reduce((sum, count) => sum + count, 0)).toBe(2);
    expect(few.idAt(order[2] ?? 0)).toBe(summaryOf(2).id);
  });

  it('needs no more bins than asked for, whether a minute or the years 1 to 9999 lie between', () => {
    for (const startedAt of ['2026-11-16T00:00:01.000001Z', '0001-01-01T00:00:00Z', '9999-12-31T00:00:00Z']) {
      const few = columnsOf([
        { ...summaryOf(1), startedAt: '2026-11-16T00:00:00Z' },
        { ...summaryOf(2), startedAt },
      ]);
      const { histogram } = ask(few, query(ALL_TRACES)).figures;
      expect(histogram?.counts.length).toBeLessThanOrEqual(80);
      const drawn = histogram?.counts.reduce((sum, count) => sum + count, 0) ?? 0;
      expect(drawn + (histogram?.clockless ?? 0)).toBe(2);
    }
  });

  it('answers an empty library', () => {
    const { figures, order } = ask(new SummaryColumns(), query(treeOf('x')));
    expect([figures.total, figures.matching, order.length, figures.histogram]).toEqual([0, 0, 0, undefined]);
  });
});
