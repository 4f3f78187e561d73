/** Finds the row of a line by its address, if the trace it belongs to was not deleted since. */
import { at } from '../../../core/model/assert.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';

/** Undefined where no row of that trace stands there. Rows stand in the order of their lines. */
export function findLiveRow(table: SpanTable, offset: number, traceId: string): number | undefined {
  const { columns } = table;
  let low = 0;
  let high = table.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(columns.offset, middle) < offset) low = middle + 1;
    else high = middle;
  }
  if (low >= table.length || at(columns.offset, low) !== offset) return undefined;
  return table.traces[at(columns.trace, low)]?.id === traceId ? low : undefined;
}
