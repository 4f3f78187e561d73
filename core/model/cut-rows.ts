/**
 * Neighbouring rows as a table of their own, with only the strings and trace ids they need. Column by column,
 * so that a page of thousands costs well under a millisecond.
 */
import { at } from './assert.ts';
import { IdForm } from './packed-id.ts';
import { COLUMN_NAMES, makeColumns, SpanTable, STRING_COLUMNS, type Columns } from './span-table.ts';
import { StringTable } from './string-table.ts';
import { bareEntry, NO_TRACE_ID, type TraceEntry } from './trace-entry.ts';

/**
 * Rows `[from, to)`. Of its traces the table knows the ids alone. Of rows of deleted traces, and of those that
 * `isGone` names, nothing is left but their places.
 */
export function cutRows(
  source: SpanTable,
  from: number,
  to: number,
  isGone: (traceId: string) => boolean = () => false,
): SpanTable {
  const length = to - from;
  const columns = makeColumns(length);
  for (const name of COLUMN_NAMES) columns[name].set(source.columns[name].subarray(from, to));
  const traces = renumberTraces(source, columns.trace, isGone);
  const gone = traces.findIndex(({ id }) => id === NO_TRACE_ID);
  for (let row = 0; gone >= 0 && row < length; row++) {
    if (columns.trace[row] !== gone) continue;
    for (const name of COLUMN_NAMES) if (name !== 'trace') columns[name][row] = 0;
  }
  return new SpanTable({ columns, length, strings: recodeStrings(source, columns, length), traces });
}

/** Gives the texts of the columns codes of their own, and returns them. */
function recodeStrings(source: SpanTable, columns: Columns, length: number): StringTable {
  const strings = new StringTable();
  const codes = new Map<number, number>([[0, 0]]);
  const recode = (column: Uint32Array, row: number): void => {
    const code = at(column, row);
    let own = codes.get(code);
    if (own === undefined) {
      own = strings.add(source.strings.at(code));
      codes.set(code, own);
    }
    column[row] = own;
  };
  for (const column of STRING_COLUMNS.map((name) => columns[name])) {
    for (let row = 0; row < length; row++) if (column[row] !== 0) recode(column, row);
  }
  for (let row = 0; row < length; row++) {
    if (columns.idForm[row] === IdForm.text) recode(columns.idA, row);
    if (columns.parentForm[row] === IdForm.text) recode(columns.parentA, row);
  }
  return strings;
}

/** Gives the traces of the column numbers from 0 on, one to all that are gone, and returns them in that order. */
function renumberTraces(
  source: SpanTable,
  column: Uint32Array,
  isGone: (traceId: string) => boolean,
): readonly TraceEntry[] {
  const numbers = new Map<number, number>();
  const byId = new Map<string, number>();
  const traces: TraceEntry[] = [];
  for (let row = 0; row < column.length; row++) {
    const number = at(column, row);
    let own = numbers.get(number);
    if (own === undefined) {
      const { id } = at(source.traces, number);
      const kept = isGone(id) ? NO_TRACE_ID : id;
      // What else is known of a trace stands in its summary, and changes without a row.
      own = byId.get(kept) ?? traces.push(bareEntry(kept)) - 1;
      byId.set(kept, own);
      numbers.set(number, own);
    }
    column[row] = own;
  }
  return traces;
}
