import { expect, test } from 'vitest';
import { copyAlone } from '../../../core/model/copy-alone.ts';
import { shareAlone } from '../../../core/model/share-alone.ts';
import { COLUMN_NAMES, type SpanTable } from '../../../core/model/span-table.ts';
import { foldTraceText, readTraceText } from '../../build/read-trace-text.ts';

const TEXT = `
  Desk    agent       0----------10
    gpt-5 generation  0--4                 id=not_hex
    look  function       4--6              parent=other_text !error
`;

function words(table: SpanTable): readonly unknown[] {
  return Array.from({ length: table.length }, (_, row) => [
    ...[table.spanId(row), table.parentId(row), table.name(row), table.text('agent', row)],
    ...[table.text('model', row), table.text('errorClass', row), table.columns.startUs[row]],
  ]);
}

test('a shared table says what a copied one says, with no string of others', () => {
  const spans = foldTraceText(TEXT);
  spans.strings.add('of another trace');
  const shared = shareAlone(spans);
  const copied = copyAlone(spans, [0, 1, 2]);
  expect(words(shared)).toEqual(words(copied));
  expect([...shared.strings.texts()].sort()).toEqual([...copied.strings.texts()].sort());
  expect(shared.columns.startUs).toBe(spans.columns.startUs);
  for (const name of COLUMN_NAMES) expect(shared.columns[name].length).toBeGreaterThanOrEqual(3);
});

test('the table that it was made of stays as it was', () => {
  const { table } = readTraceText(TEXT);
  const before = words(table);
  shareAlone(table);
  expect(words(table)).toEqual(before);
});
