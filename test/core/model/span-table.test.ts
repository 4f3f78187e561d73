import { expect, test } from 'vitest';

import { decodeSpanTable, encodeSpanTable } from '../../../core/model/span-table-bytes.ts';
import { SpanIdIndex } from '../../../core/model/span-id-index.ts';
import { COLUMN_NAMES, COLUMN_TYPES, SpanTable } from '../../../core/model/span-table.ts';
import { readTraceText } from '../../build/read-trace-text.ts';

const DRAWING = `
  trace t1 workflow="Support desk" metadata={"tier":"gold"}
  Triage            agent      0---------9    id=span_00112233445566778899aabb
    gpt-5           generation  1---3         id=0011223344556677 in=5 out=2
    lookup          function        3--5      id=custom-id-日本 !broken
    Triage>Billing  handoff            5-6    id=span_00112233445566778899AABB
`;

test('a row takes at most 116 bytes', () => {
  const bytes = COLUMN_NAMES.reduce((sum, name) => sum + COLUMN_TYPES[name].BYTES_PER_ELEMENT, 0);
  expect(bytes).toBeLessThanOrEqual(116);
});

test('ids of every shape come back exactly, upper-case hex among them', () => {
  const { table } = readTraceText(DRAWING);
  expect([0, 1, 2, 3].map((row) => table.spanId(row))).toEqual([
    'span_00112233445566778899aabb',
    '0011223344556677',
    'custom-id-日本',
    'span_00112233445566778899AABB',
  ]);
  expect(table.parentId(0)).toBeUndefined();
  expect(table.parentId(1)).toBe('span_00112233445566778899aabb');
});

test('an id that differs in case only is another span', () => {
  const { table } = readTraceText(DRAWING);
  const index = SpanIdIndex.of(table);
  expect(index.findId('span_00112233445566778899aabb')).toBe(0);
  expect(index.findId('span_00112233445566778899AABB')).toBe(3);
  expect(index.findId('span_ffffffffffffffffffffffff')).toBe(-1);
});

test('looking for an id leaves the table as it is', () => {
  const { table } = readTraceText(DRAWING);
  const strings = table.strings.size;
  expect(SpanIdIndex.of(table).findId('nobody has this')).toBe(-1);
  expect(table.strings.size).toBe(strings);
});

test('a table reads back from its bytes, column by column', () => {
  const { table } = readTraceText(DRAWING);
  const back = decodeSpanTable(encodeSpanTable(table));
  expect(back.length).toBe(4);
  expect(back.traces).toEqual(table.traces);
  expect(back.traceLines).toEqual(table.traceLines);
  for (const name of COLUMN_NAMES) {
    expect(back.columns[name].subarray(0, 4), name).toEqual(table.columns[name].subarray(0, 4));
  }
  expect(back.name(2)).toBe('lookup');
  expect(encodeSpanTable(back)).toEqual(encodeSpanTable(table));
});

test('bytes that end too early are an error, not an empty column', () => {
  const bytes = encodeSpanTable(readTraceText(DRAWING).table);
  expect(() => decodeSpanTable(bytes.subarray(0, bytes.length - 40))).toThrow(/cut short/);
});

test('a span without a name goes by the label of its kind', () => {
  const { table } = readTraceText('- mcp_tools 0-1');
  expect(table.name(0)).toBe('MCP tools');
});

test('rows of one table can be appended to another, strings and all', () => {
  const { table } = readTraceText(DRAWING);
  const other = new SpanTable();
  other.strings.add('shifts every number');
  for (let row = 0; row < table.length; row++) other.appendFrom(table, row, 0);
  expect(other.spanId(2)).toBe('custom-id-日本');
  expect(other.parentId(2)).toBe('span_00112233445566778899aabb');
  expect(other.text('target', 3)).toBe('Billing');
});

test('a thousand rows keep their places when the columns grow', () => {
  const lines = Array.from(
    { length: 1000 },
    (_, i) => `step${String(i)} custom ${String(i)}-${String(i + 1)}`,
  );
  const { table } = readTraceText(lines.join('\n'));
  expect(table.length).toBe(1000);
  expect(table.name(999)).toBe('step999');
  expect(SpanIdIndex.of(table).findId('s700')).toBe(699);
});
