import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinRows } from '../../../core/model/join-rows.ts';
import { COLUMN_NAMES, SpanTable, STRING_COLUMNS } from '../../../core/model/span-table.ts';
import { arbitraryTrace } from '../../build/arbitrary-trace.ts';

/** All that a table says of a row. */
function tell(table: SpanTable, row: number): unknown {
  const ids = ['idA', 'idB', 'idC', 'parentA', 'parentB', 'parentC', ...STRING_COLUMNS];
  const numbers = COLUMN_NAMES.filter((name) => !ids.includes(name)).map((name) => table.columns[name][row]);
  const texts = STRING_COLUMNS.map((name) => table.strings.at(table.columns[name][row] ?? 0));
  return [table.spanId(row), table.parentId(row), ...texts, ...numbers];
}

test('rows of several tables say what appending them one by one says', () => {
  fc.assert(
    fc.property(
      fc.array(arbitraryTrace(), { maxLength: 4 }),
      fc.integer({ min: 1, max: 3 }),
      (tables, step) => {
        const one = new SpanTable();
        const parts = tables.map((table) => {
          const rows = Array.from({ length: table.length }, (_, row) => row).filter(
            (row) => row % step === 0,
          );
          for (const row of rows) one.appendFrom(table, row, 0);
          return { table, rows };
        });
        const joined = joinRows(parts);
        const rows = Array.from({ length: one.length }, (_, row) => row);
        expect(joined.length).toBe(one.length);
        expect(rows.map((row) => tell(joined, row))).toEqual(rows.map((row) => tell(one, row)));
        expect(joined.strings.texts().length).toBe(one.strings.texts().length);
      },
    ),
  );
});
