/** Every figure over many traces is what counting the records one by one gives. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeCorpusFlame } from '../../../../core/analysis/corpus/corpus-flame.ts';
import { computeCorpusGroup, computeCorpusGroups } from '../../../../core/analysis/corpus/corpus-groups.ts';
import { computeCorpusInsights } from '../../../../core/analysis/corpus/corpus-insights.ts';
import { computeCorpusMap } from '../../../../core/analysis/corpus/corpus-map.ts';
import { computeMapDetail } from '../../../../core/analysis/corpus/map-detail.ts';
import { finishAggregate } from '../../../../core/analysis/corpus/walk-traces.ts';
import { computeSpanCosts } from '../../../../core/analysis/cost/span-costs.ts';
import { classifyError } from '../../../../core/model/error-class.ts';
import { numberAt, objectAt, ownAt, stringAt, type JsonObject } from '../../../../core/model/json.ts';
import { FLAME_WEIGHTS } from '../../../../core/rpc/corpus.ts';
import { arbitraryRecords } from '../../../build/arbitrary-trace.ts';
import { plantCorpus } from '../../../generate/plant-corpus.ts';
import { snapshotBook } from '../cost/snapshot.ts';
import { expectDurations, expectReach, groupBy, spansOf, tracesOf } from './count-records.ts';
import { gatherFacts, type GatheredFacts } from './gather-facts.ts';

const corpora = fc
  .record({ seed: fc.integer(), traces: fc.integer({ min: 1, max: 30 }) })
  .map((wish) => plantCorpus({ ...wish, planted: true }).records);

const UTC = { zoneOffsetUs: () => 0 };

function check(judge: (records: readonly JsonObject[], facts: GatheredFacts) => void): void {
  fc.assert(
    fc.property(corpora, (records) => {
      judge(records, gatherFacts(records));
    }),
    { numRuns: 12 },
  );
}

describe('the handoff map', () => {
  test('agents, ways and tools are those that the records tell', () => {
    check((records, facts) => {
      const map = finishAggregate(computeCorpusMap(facts.question));
      const spans = spansOf(records);
      const runs = groupBy(
        spans.filter(({ type }) => type === 'agent'),
        ({ name }) => name,
      );
      expect(map.nodes.map(({ agent }) => agent).sort()).toEqual([...runs.keys()].sort());
      for (const node of map.nodes) {
        const own = runs.get(node.agent) ?? [];
        expect(node.runs).toBe(own.length);
        expectDurations(
          node.durations,
          own.map(({ us }) => us),
        );
        expectReach(node.reach, tracesOf(own), facts);
      }
      const handoffs = groupBy(
        spans.filter(({ type }) => type === 'handoff'),
        ({ data }) => `${stringAt(data, 'from_agent') ?? ''} ${stringAt(data, 'to_agent') ?? ''}`,
      );
      expect(map.edges).toHaveLength(handoffs.size);
      for (const edge of map.edges) {
        const own = handoffs.get(`${edge.from} ${edge.to}`) ?? [];
        expect([edge.kind, edge.count]).toEqual(['handoff', own.length]);
        expectReach(edge.reach, tracesOf(own), facts);
        const leaving = map.edges.filter(({ from }) => from === edge.from);
        expect(edge.share).toBeCloseTo(edge.count / leaving.reduce((sum, { count }) => sum + count, 0));
      }
      const nameOfSpan = new Map(
        records.map((record) => [
          stringAt(record, 'id') ?? '',
          stringAt(objectAt(record, 'span_data') ?? {}, 'name'),
        ]),
      );
      const calls = groupBy(
        spans.filter(({ type }) => type === 'function'),
        ({ name, record }) => `${nameOfSpan.get(stringAt(record, 'parent_id') ?? '') ?? ''} ${name}`,
      );
      expect(map.tools).toHaveLength(calls.size);
      for (const tool of map.tools) {
        const own = calls.get(`${String(tool.agent)} ${tool.tool}`) ?? [];
        expect(tool.calls).toBe(own.length);
        expect(tool.failed).toBe(own.filter(({ record }) => record['error'] !== null).length);
        expectReach(tool.reach, tracesOf(own), facts);
      }
    });
  });

  test('without the ways that lead back nothing goes round', () => {
    check((_, { question }) => {
      const { edges } = finishAggregate(computeCorpusMap(question));
      const forward = edges.filter(({ isBack }) => !isBack);
      const reach = (from: string, seen: readonly string[]): void => {
        expect(seen).not.toContain(from);
        for (const edge of forward) if (edge.from === from) reach(edge.to, [...seen, from]);
      };
      for (const { from } of forward) reach(from, []);
    });
  });

  test('a click tells the same figures, and the traces behind it', () => {
    check((_, { question }) => {
      const map = finishAggregate(computeCorpusMap(question));
      for (const { agent, runs, reach } of map.nodes.slice(0, 2)) {
        const detail = finishAggregate(computeMapDetail(question, { kind: 'agent', agent }));
        expect(detail.count).toBe(runs);
        expect(detail.traces).toHaveLength(Math.min(100, reach.traces));
        expect(detail.tools.every((tool) => tool.agent === agent)).toBe(true);
      }
      for (const { from, to, count, reach } of map.edges.slice(0, 2)) {
        const part = { kind: 'edge', edge: 'handoff', from, to } as const;
        const detail = finishAggregate(computeMapDetail(question, part));
        expect([detail.count, detail.traces.length]).toEqual([count, Math.min(100, reach.traces)]);
      }
    });
  });
});

describe('insights', () => {
  test('models, tools, workflows, users, groups and days are those that the records tell', () => {
    check((records, facts) => {
      const told = finishAggregate(
        computeCorpusInsights(facts.question, { ...UTC, identify: facts.identify }),
      );
      const spans = spansOf(records);
      const calls = groupBy(
        spans.filter(({ type }) => type === 'generation'),
        ({ data }) => stringAt(data, 'model') ?? '',
      );
      expect(told.tables.model).toHaveLength(calls.size);
      for (const row of told.tables.model) {
        const own = calls.get(row.key) ?? [];
        const usages = own.map(({ data }) => objectAt(data, 'usage') ?? {});
        expect(row.count).toBe(own.length);
        expect(row.tokens.input).toBe(
          usages.reduce((sum, usage) => sum + (numberAt(usage, 'input_tokens') ?? 0), 0),
        );
        expect(row.tokens.output).toBe(
          usages.reduce((sum, usage) => sum + (numberAt(usage, 'output_tokens') ?? 0), 0),
        );
        expect(row.cost.unpricedCalls).toBe(row.key === 'a-model-of-nobody' ? own.length : 0);
        expectDurations(
          row.durations,
          own.map(({ us }) => us),
        );
        expectReach(row.reach, tracesOf(own), facts);
      }
      const tools = groupBy(
        spans.filter(({ type }) => type === 'function'),
        ({ name }) => name,
      );
      for (const row of told.tables.tool) {
        const own = tools.get(row.key) ?? [];
        expect(row.count).toBe(own.length);
        expectReach(row.reach, tracesOf(own), facts);
      }
      const traces = records.filter((record) => record['object'] === 'trace');
      const tables = {
        workflow: (trace: JsonObject) => stringAt(trace, 'workflow_name') ?? '',
        group: (trace: JsonObject) => stringAt(trace, 'group_id') ?? '',
        user: (trace: JsonObject) => stringAt(objectAt(trace, 'metadata') ?? {}, 'user_id') ?? '',
      };
      for (const [table, keyOf] of Object.entries(tables)) {
        const groups = groupBy(traces, keyOf);
        const rows = told.tables[table as keyof typeof tables];
        expect(rows).toHaveLength(groups.size);
        for (const row of rows) {
          const own = groups.get(row.key) ?? [];
          expect(row.count).toBe(own.length);
          if (row.key !== '')
            expectReach(row.reach, own.map((trace) => stringAt(trace, 'id') ?? '').sort(), facts);
        }
      }
      const days = groupBy(facts.traces, ({ summary }) => summary.startedAt.slice(0, 10));
      expect(told.tables.day.map(({ key, count }) => [key, count])).toEqual(
        [...days].map(([day, own]) => [day, own.length]).sort(),
      );
      for (const { reach, key } of told.tables.day)
        expectReach(reach, (days.get(key) ?? []).map(({ summary }) => summary.id).sort(), facts);
    });
  });

  test('errors stand in classes, with when they were seen first and last', () => {
    check((records, facts) => {
      const { question, identify } = facts;
      const { errors, scope } = finishAggregate(computeCorpusInsights(question, { ...UTC, identify }));
      const failed = spansOf(records).filter(({ record }) => record['error'] !== null);
      const classes = groupBy(failed, ({ record }) => classifyError(ownAt(record, 'error')) ?? '');
      expect(scope.errors).toBe(failed.length);
      expect(errors).toHaveLength(classes.size);
      for (const row of errors) {
        const own = classes.get(row.errorClass) ?? [];
        const starts = own.map(({ record }) => stringAt(record, 'started_at') ?? '').sort();
        expect([row.count, row.firstSeen, row.lastSeen]).toEqual([own.length, starts[0], starts.at(-1)]);
        expectReach(row.reach, tracesOf(own), facts);
        expect(row.reach.query).not.toBeNull();
      }
    });
  });

  test('the slowest spans are the slowest, and named by their ids', () => {
    check((records, { question, identify }) => {
      const { slowest } = finishAggregate(computeCorpusInsights(question, { ...UTC, identify }));
      const leaves = spansOf(records).filter(({ type }) => type !== 'agent');
      const longest = leaves.map(({ us }) => us).sort((a, b) => b - a);
      expect(slowest.map(({ selfUs }) => selfUs)).toEqual(longest.filter((us) => us > 0).slice(0, 50));
      for (const { spanId, selfUs } of slowest)
        expect(leaves.find(({ record }) => record['id'] === spanId)?.us).toBe(selfUs);
    });
  });
});

describe('groups', () => {
  test('a group has the traces that name it', () => {
    check((records, { question, traces }) => {
      const { groups, count } = finishAggregate(computeCorpusGroups(question, 'group'));
      const named = groupBy(
        traces.filter(({ summary }) => summary.groupId !== null),
        ({ summary }) => summary.groupId ?? '',
      );
      expect([count, groups.length]).toEqual([named.size, named.size]);
      for (const group of groups) {
        const own = named.get(group.id) ?? [];
        const detail = finishAggregate(computeCorpusGroup(question, 'group', group.id));
        expect(detail.traces.map(({ traceId }) => traceId).sort()).toEqual(
          own.map(({ summary }) => summary.id).sort(),
        );
        expect(detail.group).toEqual(group);
        expect(group.spans).toBe(own.reduce((sum, { summary }) => sum + summary.spans, 0));
        expect(detail.traces.every(({ service }) => service === 'desk' || service === 'shop')).toBe(true);
      }
      expect(records.length).toBeGreaterThan(0);
    });
  });
});

describe('any trace', () => {
  test('tokens, money, errors and own time of all are those of each', () => {
    const book = snapshotBook();
    fc.assert(
      fc.property(arbitraryRecords(20), (records) => {
        const { question, traces, identify } = gatherFacts(records);
        const { totals, scope } = finishAggregate(computeCorpusInsights(question, { ...UTC, identify }));
        const [trace] = traces;
        if (trace === undefined) return;
        const { spans, tree, summary } = trace;
        const { sum } = computeSpanCosts(spans, tree, book);
        expect(totals.cost.usd ?? undefined).toBe(sum.usd);
        expect(totals.cost.unpricedCalls).toBe(sum.unpriced.reduce((all, { calls }) => all + calls, 0));
        expect(scope.errors).toBe(summary.errors);
      }),
    );
  });

  test('a flame graph is as wide as all below it, whatever it weighs', () => {
    fc.assert(
      fc.property(arbitraryRecords(20), fc.constantFrom(...FLAME_WEIGHTS), (records, weight) => {
        const flame = finishAggregate(computeCorpusFlame(gatherFacts(records).question, weight));
        expect(flame.parent[0]).toBe(-1);
        flame.own.forEach((own, i) => {
          expect(own).toBeGreaterThanOrEqual(-1e-6 * Math.max(1, flame.total[i] ?? 0));
          if (i > 0) expect(flame.parent[i]).toBeLessThan(i);
        });
        expect(flame.own.reduce((sum, own) => sum + own, 0)).toBeCloseTo(flame.total[0] ?? 0);
      }),
    );
  });
});
