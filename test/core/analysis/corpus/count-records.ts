/** Counts the records of a corpus one by one, and holds what was told to that. */
import { expect } from 'vitest';
import { objectAt, stringAt, type JsonObject } from '../../../../core/model/json.ts';
import { readIsoUs } from '../../../../core/model/time.ts';
import { matchesTrace } from '../../../../core/query/match-trace.ts';
import { parseQuery } from '../../../../core/query/parse-query.ts';
import { utcClock } from '../../../../core/query/resolve-time.ts';
import type { Durations, Reach } from '../../../../core/rpc/corpus.ts';
import type { GatheredFacts } from './gather-facts.ts';

export interface Span {
  readonly traceId: string;
  readonly type: string;
  readonly name: string;
  readonly data: JsonObject;
  readonly us: number;
  readonly record: JsonObject;
}

export function spansOf(records: readonly JsonObject[]): readonly Span[] {
  return records
    .filter((record) => record['object'] === 'trace.span')
    .map((record) => {
      const data = objectAt(record, 'span_data') ?? {};
      const us =
        readIsoUs(stringAt(record, 'ended_at') ?? '') - readIsoUs(stringAt(record, 'started_at') ?? '');
      return {
        traceId: stringAt(record, 'trace_id') ?? '',
        type: stringAt(data, 'type') ?? '',
        name: stringAt(data, 'name') ?? '',
        data,
        us,
        record,
      };
    });
}

export function expectDurations(told: Durations, all: readonly number[]): void {
  const sorted = all.toSorted((a, b) => a - b);
  const atShare = (share: number): number | null =>
    sorted.find((_, i) => (i + 1) / sorted.length >= share) ?? null;
  expect(told.known).toBe(all.length);
  expect(told.totalUs).toBeCloseTo(all.reduce((sum, us) => sum + us, 0));
  expect([told.p50Us, told.p95Us, told.p99Us]).toEqual([atShare(0.5), atShare(0.95), atShare(0.99)]);
  expect(told.maxUs).toBe(sorted.at(-1) ?? null);
  const { fromUs, perDoubling, counts } = told.histogram;
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(all.length);
  counts.forEach((count, bar) => {
    const [low, high] = [bar, bar + 1].map((i) => fromUs * 2 ** (i / perDoubling));
    const inside = all.filter((us) => us >= (low ?? 0) * (1 - 1e-9) && us < (high ?? 0) * (1 - 1e-9));
    expect(count).toBe(inside.length);
  });
}

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

export function tracesOf(spans: readonly Span[]): readonly string[] {
  return [...new Set(spans.map(({ traceId }) => traceId))].sort();
}

/** The query of a figure selects the traces behind it. */
export function expectReach(reach: Reach, expected: readonly string[], { traces }: GatheredFacts): void {
  expect(reach.traces).toBe(expected.length);
  expect(expected).toEqual(expect.arrayContaining([...reach.traceIds]));
  if (reach.query === null) {
    expect(reach.traceIds).toHaveLength(expected.length);
    return;
  }
  const parsed = parseQuery(reach.query);
  if (parsed.kind === 'fault') throw new Error(`${reach.query}: ${parsed.fault.message}`);
  const clock = utcClock(Date.UTC(2026, 5, 1) * 1000);
  const found = traces.filter(({ summary, spans }) => {
    const agentOf = (row: number): string | undefined => agentsOf(spans, row);
    const query = { table: spans, agentOf, costUsdOf: () => Number.NaN };
    return matchesTrace(parsed.tree, summary, { clock, costUsd: () => Number.NaN, spans: () => query });
  });
  expect(found.map(({ summary }) => summary.id).sort()).toEqual(expected);
}

/** In planted corpora each span stands directly below its agent. */
function agentsOf(spans: GatheredFacts['traces'][number]['spans'], row: number): string | undefined {
  const parent = spans.parentId(row);
  for (let other = 0; other < spans.length; other++)
    if (spans.spanId(other) === parent) return spans.text('agent', other);
  return undefined;
}
