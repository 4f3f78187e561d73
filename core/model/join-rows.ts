/**
 * Rows of several tables as one table, column by column: what a trace that stands in several segments is folded
 * from. Row by row it takes ten times as long, and one may have a million.
 */
import { at } from './assert.ts';
import { IdForm } from './packed-id.ts';
import {
  COLUMN_NAMES,
  makeColumns,
  SpanTable,
  STRING_COLUMNS,
  type ColumnName,
  type Columns,
} from './span-table.ts';
import { StringTable } from './string-table.ts';

export interface ChosenRows {
  readonly table: SpanTable;
  readonly rows: readonly number[];
}

/** A table with strings of its own; it lists no traces, and its `trace` is 0. */
export function joinRows(parts: readonly ChosenRows[]): SpanTable {
  const length = parts.reduce((sum, { rows }) => sum + rows.length, 0);
  const columns = makeColumns(length);
  const strings = new StringTable();
  let from = 0;
  for (const part of parts) {
    for (const name of COLUMN_NAMES) if (name !== 'trace') copyColumn(name, part, columns, from);
    takeOverStrings(part, strings, columns, from);
    from += part.rows.length;
  }
  return new SpanTable({ columns, length, strings, traces: [] });
}

function copyColumn(name: ColumnName, { table, rows }: ChosenRows, columns: Columns, from: number): void {
  const source = table.columns[name];
  const into = columns[name];
  for (let i = 0; i < rows.length; i++) into[from + i] = source[rows[i] ?? 0] ?? 0;
}

/** The numbers of strings that were copied become those of the same strings in the new table. */
function takeOverStrings(
  { table, rows }: ChosenRows,
  strings: StringTable,
  columns: Columns,
  from: number,
): void {
  const numbers = new Map<number, number>([[0, 0]]);
  const translate = (column: Uint32Array, row: number): void => {
    const old = at(column, row);
    let number = numbers.get(old);
    if (number === undefined) {
      number = strings.add(table.strings.at(old));
      numbers.set(old, number);
    }
    column[row] = number;
  };
  const end = from + rows.length;
  for (const name of STRING_COLUMNS) {
    const column = columns[name];
    for (let row = from; row < end; row++) translate(column, row);
  }
  for (let row = from; row < end; row++) {
    if (columns.idForm[row] === IdForm.text) translate(columns.idA, row);
    if (columns.parentForm[row] === IdForm.text) translate(columns.parentA, row);
  }
}
