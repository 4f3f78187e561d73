import { describe, expect, it } from 'vitest';
import { cutRows } from '../../../core/model/cut-rows.ts';
import { decodeSpanTable, encodeSpanTable } from '../../../core/model/span-table-bytes.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import { tableOfRecords } from '../../build/read-trace-text.ts';

function tableOf(rows: number): SpanTable {
  const records = Array.from({ length: rows }, (_, i) => ({
    object: 'trace.span',
    id: i % 2 === 0 ? `span-${String(i)}` : `span_${String(i).padStart(24, '0')}`,
    trace_id: `trace-${String(i % 3)}`,
    parent_id: `span-${String(i - 1)}`,
    started_at: '2026-01-01T00:00:00.000Z',
    ended_at: '2026-01-01T00:00:01.000Z',
    span_data: { type: 'function', name: `name ${String(i)}` },
  }));
  return tableOfRecords(records).table;
}

describe('cutting rows', () => {
  it('gives the same rows, with only the strings and traces they need', () => {
    const source = tableOf(20);
    const cut = decodeSpanTable(encodeSpanTable(cutRows(source, 7, 12)));
    expect(cut.length).toBe(5);
    for (let row = 0; row < 5; row++) {
      expect(cut.spanId(row)).toBe(source.spanId(row + 7));
      expect(cut.parentId(row)).toBe(source.parentId(row + 7));
      expect(cut.name(row)).toBe(source.name(row + 7));
      expect(cut.columns.offset[row]).toBe(source.columns.offset[row + 7]);
      expect(cut.traces[cut.columns.trace[row] ?? 0]?.id).toBe(`trace-${String((row + 7) % 3)}`);
    }
    expect(cut.strings.texts()).not.toContain('name 6');
    expect(cut.strings.texts()).not.toContain('name 12');
    expect(source.spanId(8)).toBe('span-8');
  });

  it('leaves nothing of a row that is gone but its place', () => {
    const cut = cutRows(tableOf(6), 0, 6, (id) => id === 'trace-1');
    expect(cut.length).toBe(6);
    expect([...cut.columns.trace]).toEqual([0, 1, 2, 0, 1, 2]);
    expect(cut.traces.map(({ id }) => id)).toEqual(['trace-0', '', 'trace-2']);
    expect(cut.strings.texts().join()).not.toMatch(/name [14]/);
    expect(cut.spanId(2)).toBe('span-2');
  });
});
