import fc from 'fast-check';
import { expect, test } from 'vitest';

import { findGroupSpans, hideOthers } from '../../../core/analysis/group-spans.ts';
import { findMinorSpans } from '../../../core/analysis/minor-spans.ts';
import { computeSelfTimes } from '../../../core/analysis/self-times.ts';
import { computeSpanExtents } from '../../../core/analysis/span-extents.ts';
import {
  computeSpanStatistics,
  groupOf,
  type StatisticsBy,
  type StatisticsRow,
} from '../../../core/analysis/span-statistics.ts';
import { linkSpans } from '../../../core/analysis/span-tree.ts';
import { findUsageLeaves } from '../../../core/analysis/usage-leaves.ts';
import { SpanFlag } from '../../../core/model/span-row.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import { arbitraryTrace } from '../../build/arbitrary-trace.ts';
import { foldTraceText } from '../../build/read-trace-text.ts';
import { drawnUs } from '../../build/trace-text-record.ts';

function statisticsOf(table: SpanTable, by: StatisticsBy, openEndMs = 100): readonly StatisticsRow[] {
  const [tree, endUs] = [linkSpans(table), drawnUs(openEndMs)];
  const extents = computeSpanExtents(table, endUs);
  const selfUs = computeSelfTimes(table, tree, endUs);
  return computeSpanStatistics({ table, tree, extents, selfUs, leaves: findUsageLeaves(table, tree) }, by);
}

const DRAWING = `
  Triage      agent       0-------------30
    gpt-5     generation  0----10             in=100 out=20
    lookup    function         10--20         !boom
    Billing   agent                 20--30
      gpt-5   generation            20-25     in=10 out=1
      lookup  function                 25-29
`;

test('tools are counted with their times and errors, the longest first', () => {
  const [lookup] = statisticsOf(foldTraceText(DRAWING), 'tool');
  expect(lookup).toMatchObject({ key: 'lookup', count: 2, errors: 1, totalUs: 14_000, selfUs: 14_000 });
  expect(lookup).toMatchObject({ p50Us: 4_000, p95Us: 10_000, tokens: undefined });
});

test('an agent answers for what it did itself, not for the agent below it', () => {
  const [triage, billing] = statisticsOf(foldTraceText(DRAWING), 'agent');
  expect(triage).toMatchObject({ key: 'Triage', count: 1, errors: 1, totalUs: 30_000, tokens: 120 });
  expect(billing).toMatchObject({ key: 'Billing', count: 1, errors: 0, totalUs: 10_000, tokens: 11 });
});

test('costs are summed where they are known, and are unknown elsewhere', () => {
  const table = foldTraceText(DRAWING);
  const [tree, endUs] = [linkSpans(table), drawnUs(100)];
  const times = { extents: computeSpanExtents(table, endUs), selfUs: computeSelfTimes(table, tree, endUs) };
  const usd = Float64Array.of(NaN, 0.5, NaN, NaN, 0.25, NaN);
  const input = { table, tree, ...times, leaves: findUsageLeaves(table, tree), usd };
  const costs = (by: StatisticsBy): object =>
    Object.fromEntries(computeSpanStatistics(input, by).map((row) => [row.key, row.usd]));
  expect(costs('model')).toEqual({ 'gpt-5': 0.75 });
  expect(costs('agent')).toEqual({ Triage: 0.5, Billing: 0.25 });
  expect(costs('tool')).toEqual({ lookup: undefined });
});

test('a duration that nobody knows is left out, and alone it is unknown, not zero', () => {
  const [row] = statisticsOf(foldTraceText('a function ?-6\na function 1-3'), 'tool');
  expect(row).toMatchObject({ count: 2, totalUs: 2_000, p95Us: 2_000 });
  const [alone] = statisticsOf(foldTraceText('a function ?-6'), 'tool');
  expect(alone).toMatchObject({ count: 1, totalUs: NaN, selfUs: NaN, p50Us: NaN });
});

test('the tree thinned to a group keeps the way there', () => {
  const table = foldTraceText(DRAWING);
  const tree = linkSpans(table);
  const lookups = findGroupSpans(table, tree, { by: 'tool', key: 'lookup' });
  const hidden = hideOthers(tree, lookups);
  const shown = [...tree.preorder].filter((row) => hidden[row] === 0).map((row) => table.name(row));
  expect(shown).toEqual(['Triage', 'lookup', 'Billing', 'lookup']);
});

test('turns, tasks and tiny steps are minor, but no error is, and never everything', () => {
  const long = foldTraceText(`
    run       task        0--------2000
      Turn 1  turn        0--------2000   !boom
        step  custom      1-1
        gpt-5 generation  1--------1900
  `);
  const { minor, groups, tiny } = findMinorSpans(long, drawnUs(2000));
  expect([...minor].map((mark, row) => (mark === 1 ? long.name(row) : ''))).toEqual(['run', '', 'step', '']);
  expect({ groups, tiny }).toEqual({ groups: 1, tiny: 1 });
  expect(findMinorSpans(foldTraceText('Turn 1 turn 0-5'), drawnUs(5)).groups).toBe(0);
});

test('any trace: the rows of a reading add up to its spans, errors and tokens', () => {
  fc.assert(
    fc.property(arbitraryTrace(), fc.constantFrom<StatisticsBy>('kind', 'tool', 'model'), (table, by) => {
      const rows = statisticsOf(table, by);
      const all = Array.from({ length: table.length }, (_, row) => row);
      const leaves = findUsageLeaves(table, linkSpans(table));
      const extents = computeSpanExtents(table, drawnUs(100));
      for (const { key, count, errors, totalUs, p50Us, p95Us } of rows) {
        const own = all.filter((row) => groupOf(table, row, by) === key);
        const times = own
          .map((row) => (extents.end[row] ?? NaN) - (extents.start[row] ?? NaN))
          .filter((us) => !Number.isNaN(us))
          .sort((a, b) => a - b);
        expect(count).toBe(own.length);
        expect(errors).toBe(
          own.filter((row) => ((table.columns.flags[row] ?? 0) & SpanFlag.error) !== 0).length,
        );
        expect(totalUs).toBe(times.length === 0 ? NaN : times.reduce((sum, us) => sum + us, 0));
        // Nearest rank: the first that at least the share of all does not exceed.
        for (const [value, share] of [
          [p50Us, 0.5],
          [p95Us, 0.95],
        ] as const) {
          const first = times.find((us) => times.filter((each) => each <= us).length >= share * times.length);
          expect(value).toBe(first ?? NaN);
        }
      }
      if (by !== 'kind') return;
      expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(table.length);
      const counted = all.filter((row) => leaves[row] === 1).length;
      expect(rows.some(({ tokens }) => tokens !== undefined)).toBe(counted > 0);
    }),
  );
});
