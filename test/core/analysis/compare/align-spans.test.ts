import fc from 'fast-check';
import { expect, test } from 'vitest';

import { alignLists } from '../../../../core/analysis/align-lists.ts';
import {
  alignSpans,
  pairSiblings,
  type ComparedSpans,
} from '../../../../core/analysis/compare/align-spans.ts';
import { linkSpans } from '../../../../core/analysis/span-tree.ts';
import { at } from '../../../../core/model/assert.ts';
import { arbitraryTrace } from '../../../build/arbitrary-trace.ts';
import { foldTraceText } from '../../../build/read-trace-text.ts';

const BEFORE = `
  Triage      agent       0----------30
    Turn 1    turn        0---------28
      gpt-5   generation  0----10
      lookup  function         10---20
    Turn 2    turn                     20----25
      refund  function                 21-24
  Refunds     agent                      30-40
`;

const AFTER = `
  Triage      agent       0----------30
    Turn 1    turn        0---------28
      gpt-4o  generation  0----10
      lookup  function         10---20
      search  function           12---20
      refund  function                 21-24
`;

function side(drawing: string, hidden: readonly string[] = []): ComparedSpans {
  const table = foldTraceText(drawing);
  const marks = Uint8Array.from({ length: table.length }, (_, row) =>
    Number(hidden.includes(table.name(row))),
  );
  return { table, tree: linkSpans(table), hidden: marks };
}

/** A line as a person sees it: its name, or both where they differ, and where it is alone. */
function draw(a: ComparedSpans, b: ComparedSpans): readonly string[] {
  const { rowA, rowB, level } = alignSpans(a, b);
  return Array.from(rowA, (inA, line) => {
    const inB = at(rowB, line);
    const names = [...new Set([inA < 0 ? '–' : a.table.name(inA), inB < 0 ? '–' : b.table.name(inB)])];
    return '  '.repeat(at(level, line) - 1) + names.join(' → ');
  });
}

test('spans of the same kind, agent and name below the same span belong together', () => {
  expect(draw(side(BEFORE), side(AFTER))).toEqual([
    'Triage',
    '  Turn 1',
    '    gpt-5 → gpt-4o',
    '    lookup',
    '    – → search',
    '    – → refund',
    '  Turn 2 → –',
    '    refund → –',
    'Refunds → –',
  ]);
});

test('where turns are passed over, what stood in another turn is found again', () => {
  expect(draw(side(BEFORE, ['Turn 1', 'Turn 2']), side(AFTER, ['Turn 1']))).toEqual([
    'Triage',
    '  gpt-5 → gpt-4o',
    '  lookup',
    '  – → search',
    '  refund',
    'Refunds → –',
  ]);
});

test('siblings that changed their places are paired all the same, first with first', () => {
  expect(pairSiblings([1, 2, 3], [2, 1, 3])).toEqual([
    [1, 0],
    [0, 1],
    [2, 2],
  ]);
  expect(pairSiblings([1, 1, 2], [2, 1])).toContainEqual([2, 0]);
});

test('a trace beside itself has no difference, whatever it is', () => {
  fc.assert(
    fc.property(arbitraryTrace(12), (table) => {
      const one = { table, tree: linkSpans(table), hidden: new Uint8Array(table.length) };
      const { rowA, rowB } = alignSpans(one, one);
      expect(rowA).toEqual(rowB);
      expect([...rowA].sort((x, y) => x - y)).toEqual(Array.from({ length: table.length }, (_, row) => row));
    }),
  );
});

test('every span of both traces stands in one line, below the line of its parent', () => {
  fc.assert(
    fc.property(arbitraryTrace(12), arbitraryTrace(12), (first, second) => {
      const [a, b] = [first, second].map((table) => ({
        table,
        tree: linkSpans(table),
        hidden: new Uint8Array(table.length),
      }));
      if (a === undefined || b === undefined) throw new Error('two were made');
      const aligned = alignSpans(a, b);
      for (const [rows, { table, tree }] of [
        [aligned.rowA, a],
        [aligned.rowB, b],
      ] as const) {
        const lines = [...rows.entries()].filter(([, row]) => row >= 0);
        expect(new Set(lines.map(([, row]) => row)).size).toBe(table.length);
        expect(lines).toHaveLength(table.length);
        for (const [line, row] of lines) {
          const above = at(aligned.parent, line);
          expect(above < 0 ? -1 : at(rows, above)).toBe(at(tree.parent, row));
        }
      }
    }),
  );
});

test('what two lists have in common is as long as any common subsequence', () => {
  const list = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 8 });
  fc.assert(
    fc.property(list, list, (a, b) => {
      const pairs = alignLists(a, b);
      const both = pairs.filter(([i, j]) => i >= 0 && j >= 0);
      expect(both.every(([i, j]) => a[i] === b[j])).toBe(true);
      expect(pairs.flatMap(([i]) => (i < 0 ? [] : [i]))).toEqual(a.map((_, i) => i));
      expect(pairs.flatMap(([, j]) => (j < 0 ? [] : [j]))).toEqual(b.map((_, j) => j));
      expect(both).toHaveLength(longestCommon(a, b));
    }),
  );
});

/** By trying everything. */
function longestCommon(a: readonly number[], b: readonly number[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  if (a[0] === b[0]) return 1 + longestCommon(a.slice(1), b.slice(1));
  return Math.max(longestCommon(a.slice(1), b), longestCommon(a, b.slice(1)));
}
