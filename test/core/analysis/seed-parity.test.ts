/**
 * What the guide that this product began with asks of traces, each by its own word: duration, token usage, tool
 * counts, handoff patterns, slow spans, errors, cost estimate, text visualisation, cleanup of old traces. Each is
 * told by `core/analysis`, over many traces by what `analyze` and the page ask, and to plugins.
 */
import { describe, expect, it } from 'vitest';
import { computeCorpusInsights } from '../../../core/analysis/corpus/corpus-insights.ts';
import { computeCorpusMap } from '../../../core/analysis/corpus/corpus-map.ts';
import { finishAggregate } from '../../../core/analysis/corpus/walk-traces.ts';
import { computeModelCost } from '../../../core/analysis/model-cost.ts';
import { findErrorSpans } from '../../../core/analysis/error-spans.ts';
import { computeHandoffs } from '../../../core/analysis/handoffs.ts';
import { findOldTraces } from '../../../core/analysis/old-traces.ts';
import { findSlowSpans } from '../../../core/analysis/slow-spans.ts';
import { linkSpans } from '../../../core/analysis/span-tree.ts';
import { computeSummary } from '../../../core/analysis/summary.ts';
import { writeTextView } from '../../../core/analysis/text-view.ts';
import { computeTokens } from '../../../core/analysis/tokens.ts';
import { at } from '../../../core/model/assert.ts';
import { foldSpans } from '../../../core/model/fold.ts';
import type { TraceView } from '../../../core/plugin-api/index.ts';
import * as api from '../../../core/plugin-api/index.ts';
import { projectTrace } from '../../../electron/host/plugins/project-trace.ts';
import { readTraceText } from '../../build/read-trace-text.ts';
import { DRAWN_START_US } from '../../build/trace-text-record.ts';
import { factsOfTables } from './corpus/gather-facts.ts';

const DRAWN = `
  trace t1 workflow="Support desk"
  Triage            agent       0----------------------2000
    gpt-5           generation  0-----900                     in=1000 cached=400 out=100
    lookup          function          900-1000
    lookup          function              1000-1100           !timeout
    Triage>Billing  handoff                    1100-1200
  Billing           agent                       1200---2000
    gpt-5           generation                  1200--1900    in=500 out=50
    unheard-of      generation                       1900-2000
`;

const { table, rows, compare } = readTraceText(DRAWN);
const spans = foldSpans(table, rows, compare);
const tree = linkSpans(spans);
const summary = computeSummary(spans, tree, at(table.traces, 0), DRAWN_START_US);
const question = factsOfTables([{ spans, tree, summary }]);
const insights = finishAggregate(
  computeCorpusInsights(question, { zoneOffsetUs: () => 0, identify: (_, row) => spans.spanId(row) }),
);
/** As a plugin is given it. */
const view = JSON.parse(
  projectTrace(
    { summary, spans, tree, recordOf: () => undefined },
    ['structure', 'timing', 'usage', 'names', 'errors'],
    DRAWN_START_US,
  ),
) as TraceView;
const PRICES = { 'gpt-5': { input: 2, cachedInput: 0.5, output: 10 } };

describe('what the seed asks of a trace', () => {
  it('duration: from the first start to the last end', () => {
    expect(summary.durationMs).toBe(2000);
    expect(insights.totals.durations).toMatchObject({ known: 1, p50Us: 2_000_000 });
    expect(view.durationMs).toBe(2000);
  });

  it('token usage: each token once, and unknown is not nothing', () => {
    expect(computeTokens(spans, tree)).toMatchObject({
      input: 1500,
      output: 150,
      cached: 400,
      basis: 'partial',
    });
    expect(insights.totals.tokens).toEqual({ input: 1500, output: 150, cached: 400, unknownCalls: 1 });
    expect(api.computeTokenUsage(view)).toMatchObject({ input: 1500, output: 150, cached: 400 });
  });

  it('tool counts: calls and errors of each tool', () => {
    expect(summary.tools).toEqual({ lookup: { calls: 2, errors: 1 } });
    expect(insights.tables.tool).toMatchObject([{ key: 'lookup', count: 2, failed: 1 }]);
    expect([...api.countTools(view)]).toEqual([['lookup', { calls: 2, errors: 1 }]]);
  });

  it('handoff patterns: who hands to whom, and how often', () => {
    const { agents, edges } = computeHandoffs(spans, tree);
    expect(agents).toHaveLength(2);
    expect(edges).toMatchObject([{ kind: 'handoff', from: 0, to: 1 }]);
    const map = finishAggregate(computeCorpusMap(question));
    expect(map.edges).toMatchObject([{ kind: 'handoff', from: 'Triage', to: 'Billing', count: 1, share: 1 }]);
    const patterns = api.countBy([...api.listHandoffs(view)], ([from = '', to = '']) => `${from} → ${to}`);
    expect([...patterns]).toEqual([['Triage → Billing', 1]]);
  });

  it('slow spans: those at or above a threshold, the longest first', () => {
    const slow = findSlowSpans(spans, 800_000).map((row) => spans.name(row));
    expect(slow).toEqual(['Triage', 'gpt-5', 'Billing']);
    expect(insights.slowest.map(({ name }) => name).slice(0, 3)).toEqual(['gpt-5', 'Triage', 'gpt-5']);
    expect(api.findSlowSpans(view, 800).map(({ name }) => name)).toEqual(slow);
  });

  it('errors: spans whose own error is set', () => {
    expect(findErrorSpans(spans).map((row) => spans.name(row))).toEqual(['lookup']);
    expect(insights.errors).toMatchObject([{ errorClass: 'timeout', kind: 'function', count: 1 }]);
    expect(api.findErrors(view).map(({ name }) => name)).toEqual(['lookup']);
  });

  it('cost estimate: what has a price, and how many calls have none', () => {
    const cost = { pricedCalls: 2, unpricedCalls: 1 };
    const told = computeModelCost(spans, PRICES);
    expect(told).toMatchObject(cost);
    expect(told.usd).toBeCloseTo((600 * 2 + 400 * 0.5 + 100 * 10 + 500 * 2 + 50 * 10) / 1e6, 12);
    expect(insights.totals.cost).toMatchObject(cost);
    // A plugin sees tokens: a call that told none is no call to it.
    expect(api.computeCost(view, PRICES)).toMatchObject({ pricedCalls: 2, unpricedCalls: 0 });
    expect(api.computeCost(view, {})).toEqual({ usd: 0, pricedCalls: 0, unpricedCalls: 2 });
    expect(api.computeCost(view, PRICES).usd).toBeCloseTo(told.usd, 12);
  });

  it('text visualisation: a line a span, indented by its depth', () => {
    const text = writeTextView(summary, spans, tree);
    expect(text).toMatch(/^Support desk {2}t1\n/);
    expect(text).toMatch(/\n {2}lookup {2}\[function\].*error\n/);
    const told = api.writeTextView(view);
    expect(told).toMatch(/^Support desk {2}t1\nTriage {2}\[agent\] {2}2 s\n/);
    expect(told).toMatch(/\n {2}lookup {2}\[function\] {2}100 ms {2}error\n/);
  });

  it('cleanup of old traces: the oldest first, and never one that still runs', () => {
    const traces = ['c', 'a', 'b', 'new'].map((id, i) => ({ id, lastSeenUs: [30, 10, 20, 90][i] ?? 0 }));
    const old = findOldTraces(traces, 50, (id) => id === 'b');
    expect(old.map(({ id }) => id)).toEqual(['a', 'c']);
    const day = 86_400_000_000;
    expect(api.isOlderThan(view, 30, DRAWN_START_US + 31 * day)).toBe(true);
    expect(api.isOlderThan(view, 30, DRAWN_START_US + 29 * day)).toBe(false);
  });
});
