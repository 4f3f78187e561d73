import fc from 'fast-check';
import { expect, test } from 'vitest';

import { linkSpans } from '../../../core/analysis/span-tree.ts';
import { computeVisibleRows } from '../../../core/analysis/visible-rows.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import { arbitraryTrace } from '../../build/arbitrary-trace.ts';
import { foldTraceText } from '../../build/read-trace-text.ts';

const DRAWING = `
  Triage      agent       0----------30
    Turn 1    turn        0---------28
      gpt-5   generation  0----10
      lookup  function         10---20
        POST  custom           11-12
  Billing     agent                    30-40
`;

/** What is shown, two blanks a level, as a person sees it. */
function draw(spans: SpanTable, hidden: readonly string[], folded: readonly string[]): readonly string[] {
  const marks = (names: readonly string[]): Uint8Array =>
    Uint8Array.from({ length: spans.length }, (_, row) => Number(names.includes(spans.name(row))));
  const { rows, level, hasChildren } = computeVisibleRows(linkSpans(spans), marks(hidden), marks(folded));
  return Array.from(
    rows,
    (row) => `${'  '.repeat((level[row] ?? 0) - 1)}${spans.name(row)}${hasChildren[row] === 1 ? ' …' : ''}`,
  );
}

test('nothing hidden and nothing folded is the whole tree', () => {
  expect(draw(foldTraceText(DRAWING), [], [])).toEqual([
    'Triage …',
    '  Turn 1 …',
    '    gpt-5',
    '    lookup …',
    '      POST',
    'Billing',
  ]);
});

test('a hidden span lends its place to its children, a folded one keeps them away', () => {
  expect(draw(foldTraceText(DRAWING), ['Turn 1'], ['lookup'])).toEqual([
    'Triage …',
    '  gpt-5',
    '  lookup …',
    'Billing',
  ]);
});

test('a hidden span is never folded, and a fold above a hidden one still holds', () => {
  expect(draw(foldTraceText(DRAWING), ['Turn 1'], ['Turn 1'])).toContain('  gpt-5');
  expect(draw(foldTraceText(DRAWING), ['Turn 1'], ['Triage'])).toEqual(['Triage …', 'Billing']);
});

test('where all that stands below is hidden, there is nothing to fold', () => {
  expect(draw(foldTraceText(DRAWING), ['POST'], [])).toContain('    lookup');
});

test('any folding of any tree shows what looking at each span alone would show', () => {
  const marks = fc.array(fc.boolean(), { minLength: 20, maxLength: 20 });
  fc.assert(
    fc.property(arbitraryTrace(20), marks, marks, (spans, hides, folds) => {
      const tree = linkSpans(spans);
      const hidden = Uint8Array.from({ length: spans.length }, (_, row) => Number(hides[row] ?? false));
      const folded = Uint8Array.from({ length: spans.length }, (_, row) => Number(folds[row] ?? false));
      const above = (row: number): readonly number[] => {
        const parent = tree.parent[row] ?? -1;
        return parent < 0 ? [] : [...(hidden[parent] === 1 ? [] : [parent]), ...above(parent)];
      };
      const naive = [...tree.preorder].filter(
        (row) => hidden[row] === 0 && above(row).every((each) => folded[each] === 0),
      );
      const { rows, place, level, parent } = computeVisibleRows(tree, hidden, folded);
      expect([...rows]).toEqual(naive);
      expect([...place]).toEqual([...place].map((_, row) => naive.indexOf(row)));
      for (const row of rows) {
        expect(level[row]).toBe(above(row).length + 1);
        expect(parent[row]).toBe(above(row)[0] ?? -1);
      }
    }),
  );
});
