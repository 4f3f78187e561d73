import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import { LibraryChanges } from '../../../renderer/state/library-changes.ts';
import { compareNewest } from '../../../core/analysis/newest-first.ts';

function summary(id: string, second: number, spans = 1): TraceSummary {
  return {
    id,
    workflowName: '',
    groupId: null,
    metadata: {},
    status: 'completed',
    startedAt: new Date(second * 1000).toISOString(),
    durationMs: 0,
    spans,
    spansByKind: {},
    roots: 0,
    orphans: 0,
    depth: 0,
    errors: 0,
    tokens: { input: null, output: null, cached: null, reasoning: null, total: null, basis: 'unknown' },
    handoffs: [],
    tools: {},
    guardrails: {},
    agents: [],
    models: [],
    sources: [],
    origins: [],
  };
}

function apply(
  to: readonly TraceSummary[],
  traces: readonly TraceSummary[],
  reset = false,
): readonly TraceSummary[] {
  const changes = new LibraryChanges();
  changes.add({ reset, complete: true, traces });
  return changes.applyTo(to);
}

const ids = (traces: readonly TraceSummary[]): string => traces.map(({ id }) => id).join(' ');

test('new traces come in where their start puts them, the newest first', () => {
  const list = apply([], [summary('a', 1), summary('c', 3)]);
  expect(ids(apply(list, [summary('b', 2), summary('d', 4)]))).toBe('d c b a');
});

test('a changed trace stands once, with what is known now', () => {
  const list = apply([], [summary('a', 1), summary('b', 2)]);
  const changed = apply(list, [summary('a', 5, 7)]);
  expect(ids(changed)).toBe('a b');
  expect(changed[0]?.spans).toBe(7);
});

test('a reset forgets what was there', () => {
  expect(ids(apply([summary('old', 9)], [summary('a', 1)], true))).toBe('a');
});

test('many changes at once give the same list as sorting everything', () => {
  const traces = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 50 })));
  fc.assert(
    fc.property(traces, traces, (first, second) => {
      const make = (pairs: readonly (readonly [number, number])[]): readonly TraceSummary[] =>
        pairs.map(([id, at]) => summary(`t${String(id)}`, at));
      const list = apply(apply([], make(first)), make(second));
      const byId = new Map([...make(first), ...make(second)].map((trace) => [trace.id, trace]));
      expect(list).toEqual([...byId.values()].sort(compareNewest));
    }),
  );
});
