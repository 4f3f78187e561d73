/**
 * The rows of an open trace that a page does not have yet. Folded rows stand in order of first appearance
 * and the journal only grows, so the same row number is the same span as the last time.
 */
import { copyAlone } from '../../../core/model/copy-alone.ts';
import { COLUMN_NAMES, type ColumnName, type SpanTable } from '../../../core/model/span-table.ts';

const COMPARED: readonly ColumnName[] = COLUMN_NAMES.filter((name) => name !== 'trace');

/** New and changed rows in a table of their own, with only the strings they need. */
export function takeChangedRows(before: SpanTable | undefined, now: SpanTable): SpanTable {
  const changed: number[] = [];
  for (let row = 0; row < now.length; row++) {
    if (before === undefined || row >= before.length || differs(before, now, row)) changed.push(row);
  }
  return copyAlone(now, changed);
}

function differs(before: SpanTable, now: SpanTable, row: number): boolean {
  const a = before.columns;
  const b = now.columns;
  // Object.is, because an unknown time is NaN and equals itself here.
  return COMPARED.some((name) => !Object.is(a[name][row], b[name][row]));
}
