import fc from 'fast-check';
import { expect, test } from 'vitest';

import { computeSelfTime, computeSelfTimes } from '../../../core/analysis/self-times.ts';
import { linkSpans } from '../../../core/analysis/span-tree.ts';
import { SpanFlag } from '../../../core/model/span-row.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import { arbitraryTrace } from '../../build/arbitrary-trace.ts';
import { foldTraceText } from '../../build/read-trace-text.ts';
import { DRAWN_START_US, drawnUs } from '../../build/trace-text-record.ts';

function selfMs(drawing: string, openEndMs = 100): Record<string, number> {
  const spans = foldTraceText(drawing);
  const self = computeSelfTimes(spans, linkSpans(spans), drawnUs(openEndMs));
  return Object.fromEntries([...self].map((us, row) => [spans.name(row), us / 1000]));
}

test('overlapping children are taken off once, and only where they cover their parent', () => {
  const drawing = `
    parent  custom  0---------------22
      one   custom   2----9
      two   custom      6---12
      late  custom              18-----30
  `;
  expect(selfMs(drawing)).toEqual({ parent: 8, one: 7, two: 6, late: 12 });
});

test('grandchildren take nothing from their grandparent', () => {
  expect(selfMs('a custom 0-10\n  b custom 0-2\n    c custom 1-9')).toEqual({ a: 8, b: 1, c: 8 });
});

test('an open span has worked until now', () => {
  expect(selfMs('a custom 0...\n  b custom 4-6', 20)).toEqual({ a: 18, b: 2 });
});

test('without a start the self time is unknown, and the parent keeps its own', () => {
  expect(selfMs('a custom 0-10\n  b custom ?-6')).toEqual({ a: 10, b: NaN });
});

test('a span that ended before it began did nothing', () => {
  expect(selfMs('a custom 9-3')).toEqual({ a: 0 });
});

test('any trace: of one span alone it is what the pass over all finds', () => {
  fc.assert(
    fc.property(arbitraryTrace(), fc.nat(50), (spans, openEnd) => {
      const tree = linkSpans(spans);
      const all = computeSelfTimes(spans, tree, DRAWN_START_US + openEnd);
      const alone = all.map((_, row) => computeSelfTime(spans, tree, DRAWN_START_US + openEnd, row));
      expect(alone).toEqual(all);
    }),
  );
});

test('any trace: as many microseconds as a count of each one finds', () => {
  fc.assert(
    fc.property(arbitraryTrace(), fc.nat(50), (spans, openEnd) => {
      const tree = linkSpans(spans);
      const self = computeSelfTimes(spans, tree, DRAWN_START_US + openEnd);
      for (let row = 0; row < spans.length; row++) {
        const own = moments(spans, row, openEnd);
        for (let child = 0; child < spans.length; child++) {
          if (tree.parent[child] !== row) continue;
          for (const moment of moments(spans, child, openEnd) ?? []) own?.delete(moment);
        }
        expect(self[row]).toBe(own?.size ?? NaN);
      }
    }),
  );
});

/** Every microsecond in which a span ran. */
function moments(spans: SpanTable, row: number, openEnd: number): Set<number> | undefined {
  const { startUs, endUs, flags } = spans.columns;
  const start = (startUs[row] ?? NaN) - DRAWN_START_US;
  const open = ((flags[row] ?? 0) & SpanFlag.ended) === 0;
  const end = open ? openEnd : (endUs[row] ?? NaN) - DRAWN_START_US;
  if (Number.isNaN(start + end)) return undefined;
  return new Set(Array.from({ length: Math.max(0, end - start) }, (_, i) => start + i));
}
