import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readIsoUs } from '../../../core/model/time.ts';
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import { listTrace, type ListedTrace } from '../../../core/store/listed-trace.ts';
import {
  FACETS,
  NEWEST_FIRST,
  NO_FILTER,
  SORT_COLUMNS,
  type Facet,
  type LibraryFilter,
  type LibraryQuery,
  type LibrarySort,
} from '../../../core/store/library-query.ts';
import { queryLibrary } from '../../../core/store/query-library.ts';
import { SummaryColumns } from '../../../core/store/summary-columns.ts';
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

function query(filter: Partial<LibraryFilter>, sort: LibrarySort = NEWEST_FIRST): LibraryQuery {
  return { filter: { ...NO_FILTER, ...filter }, sort, facets: FACET_REQUESTS, bins: 80 };
}

function ids(asked: LibraryQuery): readonly string[] {
  return [...queryLibrary(columns, asked).order].map((row) => columns.idAt(row));
}

/** The same by looking at each trace. */
const valuesOf: Readonly<Record<Facet, (trace: ListedTrace) => readonly string[]>> = {
  status: ({ status }) => [status],
  workflow: ({ workflowName }) => [workflowName],
  agent: ({ agents }) => agents,
  model: ({ models }) => models,
  origin: ({ origins }) => origins,
};

function passes(trace: ListedTrace, filter: LibraryFilter, without?: Facet | 'time' | 'errors'): boolean {
  const words = filter.text.toLowerCase().split(/\s+/);
  const texts = [trace.workflowName, trace.id, trace.groupId ?? '', ...trace.agents];
  return (
    FACETS.every(
      (facet) =>
        facet === without ||
        filter[facet].length === 0 ||
        valuesOf[facet](trace).some((value) => filter[facet].includes(value)),
    ) &&
    words.every((word) => texts.some((text) => text.toLowerCase().includes(word))) &&
    (without === 'errors' || trace.errors >= filter.minErrors) &&
    (without === 'time' ||
      (filter.fromUs === undefined && filter.toUs === undefined) ||
      (trace.startedUs >= (filter.fromUs ?? -Infinity) && trace.startedUs < (filter.toUs ?? Infinity)))
  );
}

const someOf = (values: readonly string[]): fc.Arbitrary<string[]> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant<string[]>([]) }, fc.subarray([...values]));
const startUs = fc.nat(TRACES - 1).map((i) => readIsoUs(summaryOf(i).startedAt));
const filters: fc.Arbitrary<LibraryFilter> = fc.record({
  status: someOf(['in_progress', 'completed', 'failed']),
  workflow: someOf(['Customer support', 'Code review', '', 'No such workflow']),
  agent: someOf(['Triage', 'Billing', 'مساعد', 'Nobody']),
  model: someOf(['gpt-5', 'gpt-4.1']),
  origin: someOf(['live', 'week-46.jsonl.gz']),
  text: fc.constantFrom('', '', 'REVIEW', 'conversation_1', 'trace_0', 'bill cust', 'run 9', 'ef'),
  fromUs: fc.option(startUs, { nil: undefined }),
  toUs: fc.option(startUs, { nil: undefined }),
  minErrors: fc.constantFrom(0, 0, 1, 3),
});

describe('a question to the library', () => {
  const listed = traces.map(listTrace);

  it('finds the traces, counts and bins that looking at each trace finds', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        const { figures, order } = queryLibrary(columns, query(filter));
        const passing = listed.filter((trace) => passes(trace, filter));
        expect([...order].map((row) => columns.idAt(row)).sort()).toEqual(passing.map(({ id }) => id).sort());
        expect(figures.matching).toBe(passing.length);
        expect(figures.total).toBe(TRACES);
        expect(figures.longestMs).toBe(Math.max(0, ...passing.map(({ durationMs }) => durationMs)));
        for (const facet of FACETS) {
          const others = listed.filter((trace) => passes(trace, filter, facet));
          for (const { value, count } of figures.facets[facet].values) {
            expect(count).toBe(others.filter((trace) => valuesOf[facet](trace).includes(value)).length);
          }
        }
        const withErrors = listed.filter((trace) => trace.errors > 0 && passes(trace, filter, 'errors'));
        expect(figures.withErrors).toBe(withErrors.length);
        const atAnyTime = listed.filter(
          (trace) => !Number.isNaN(trace.startedUs) && passes(trace, filter, 'time'),
        );
        const { histogram } = figures;
        expect(histogram?.counts.reduce((sum, count) => sum + count, 0) ?? 0).toBe(atAnyTime.length);
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
      }),
      { numRuns: 80 },
    );
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
        expect(ids(query({}, { by, descending }))).toEqual(expected.map(({ id }) => id));
      }
    }
  });

  it('tells as many values of a facet as asked for, and those that are chosen', () => {
    const asked = {
      ...query({ agent: ['Nobody'] }),
      facets: { ...FACET_REQUESTS, agent: { most: 2, find: '' } },
    };
    const { agent } = queryLibrary(columns, asked).figures.facets;
    expect(agent.values).toHaveLength(3);
    expect(agent.values.at(-1)).toEqual({ value: 'Nobody', count: 0 });
    expect(agent.distinct).toBe(7);
    const found = queryLibrary(columns, {
      ...asked,
      facets: { ...FACET_REQUESTS, agent: { most: 9, find: 'BILL' } },
    });
    expect(found.figures.facets.agent.values.map(({ value }) => value)).toEqual(['Billing']);
  });

  it('keeps traces without a time out of the bins and at the end of the list', () => {
    const few = columnsOf([summaryOf(1), { ...summaryOf(2), startedAt: '' }, summaryOf(3)]);
    const { figures, order } = queryLibrary(few, query({}));
    expect(figures.histogram?.counts.reduce((sum, count) => sum + count, 0)).toBe(2);
    expect(few.idAt(order[2] ?? 0)).toBe(summaryOf(2).id);
  });

  it('needs no more bins than asked for, whether a minute or the years 1 to 9999 lie between', () => {
    for (const startedAt of ['2026-11-16T00:00:01.000001Z', '0001-01-01T00:00:00Z', '9999-12-31T00:00:00Z']) {
      const few = columnsOf([
        { ...summaryOf(1), startedAt: '2026-11-16T00:00:00Z' },
        { ...summaryOf(2), startedAt },
      ]);
      const { histogram } = queryLibrary(few, query({})).figures;
      expect(histogram?.counts.length).toBeLessThanOrEqual(80);
      expect(histogram?.counts.reduce((sum, count) => sum + count, 0)).toBe(2);
    }
  });

  it('answers an empty library', () => {
    const { figures, order } = queryLibrary(new SummaryColumns(), query({ text: 'x' }));
    expect([figures.total, figures.matching, order.length, figures.histogram]).toEqual([0, 0, 0, undefined]);
  });
});
