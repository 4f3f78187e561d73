import fc from 'fast-check';
import { expect, test } from 'vitest';

import { copyAlone } from '../../../core/model/copy-alone.ts';
import { SpanTable } from '../../../core/model/span-table.ts';
import { arbitraryTrace } from '../../build/arbitrary-trace.ts';
import { readTraceText } from '../../build/read-trace-text.ts';

const DRAWING = `
  trace t1 workflow="Support desk"
  Triage            agent      0---------9    id=span_00112233445566778899aabb
    gpt-5           generation  1---3         id=0011223344556677 in=5 out=2
    lookup          function        3--5      id=custom-id-日本 !broken
    Triage>Billing  handoff            5-6    id=span_00112233445566778899AABB
`;

/** What a reader of a row can see of it. */
function tell(table: SpanTable, row: number): unknown {
  const { startUs, endUs, kind, flags, totalTokens } = table.columns;
  return [
    ...[table.spanId(row), table.parentId(row), table.name(row), table.text('agent', row)],
    ...[table.text('target', row), table.text('model', row)],
    ...[startUs[row], endUs[row], kind[row], flags[row], totalTokens[row]],
  ];
}

test('chosen rows say the same, in the order they were chosen', () => {
  const { table } = readTraceText(DRAWING);
  const copy = copyAlone(table, [3, 0, 2]);
  expect(copy.length).toBe(3);
  expect([0, 1, 2].map((row) => tell(copy, row))).toEqual([3, 0, 2].map((row) => tell(table, row)));
});

test('only the strings of the chosen rows come along', () => {
  const { table } = readTraceText(DRAWING);
  const texts = copyAlone(table, [1]).strings.texts();
  expect(texts).toContain('gpt-5');
  expect(texts).not.toContain('lookup');
  expect(texts).not.toContain('custom-id-日本');
});

test('it is what copying row by row gives, for any trace', () => {
  fc.assert(
    fc.property(arbitraryTrace(), (table) => {
      const rows = Array.from({ length: table.length }, (_, row) => row);
      const byRow = new SpanTable();
      for (const row of rows) byRow.appendFrom(table, row, 0);
      const copy = copyAlone(table, rows);
      expect(rows.map((row) => tell(copy, row))).toEqual(rows.map((row) => tell(byRow, row)));
      expect(new Set(copy.strings.texts())).toEqual(new Set(byRow.strings.texts()));
    }),
  );
});

test('no rows make an empty table, to which rows can be added', () => {
  const { table } = readTraceText(DRAWING);
  const copy = copyAlone(table, []);
  expect(copy.length).toBe(0);
  expect(copy.appendFrom(table, 2, 0)).toBe(0);
  expect(copy.spanId(0)).toBe('custom-id-日本');
});
