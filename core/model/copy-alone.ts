/**
 * Rows of a table as a table of their own, with only the strings they need: column by column, which takes a tenth
 * of what row by row does. Lists no traces, and its `trace` is 0.
 */
import { IdForm } from './packed-id.ts';
import { SpanTable } from './span-table.ts';
import { StringTable } from './string-table.ts';

export function copyAlone(source: SpanTable, rows: readonly number[]): SpanTable {
  const { columns } = SpanTable.copyRows(source, rows);
  const strings = new StringTable();
  const known = new Map<number, number>();
  const takeOver = (code: number): number => {
    let own = known.get(code);
    if (own === undefined) known.set(code, (own = strings.add(source.strings.at(code))));
    return own;
  };
  for (const column of [columns.name, columns.agent, columns.target, columns.model]) {
    for (let i = 0; i < rows.length; i++) column[i] = takeOver(column[i] ?? 0);
  }
  // Ids of no common shape are texts, whose number stands in the first word.
  takeOverIds(columns.idForm, columns.idA, takeOver);
  takeOverIds(columns.parentForm, columns.parentA, takeOver);
  return new SpanTable({ columns, length: rows.length, strings, traces: [] });
}

function takeOverIds(form: Uint8Array, first: Uint32Array, takeOver: (code: number) => number): void {
  for (let i = 0; i < form.length; i++) if (form[i] === IdForm.text) first[i] = takeOver(first[i] ?? 0);
}
