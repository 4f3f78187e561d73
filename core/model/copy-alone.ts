import { joinRows } from './join-rows.ts';
import type { SpanTable } from './span-table.ts';

/** Rows of a table as a table of their own, with only the strings they need. Lists no traces, and its `trace` is 0. */
export function copyAlone(source: SpanTable, rows: readonly number[]): SpanTable {
  return joinRows([{ table: source, rows }]);
}
