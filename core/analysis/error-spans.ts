/** Which spans failed: those whose own error is set. */
import { at } from '../model/assert.ts';
import { SpanFlag } from '../model/span-row.ts';
import type { SpanTable } from '../model/span-table.ts';
import { compareStarts } from './start-order.ts';

/** Rows of spans with an error, by start. */
export function findErrorSpans(spans: SpanTable): readonly number[] {
  const { flags } = spans.columns;
  const rows: number[] = [];
  for (let row = 0; row < spans.length; row++) if ((at(flags, row) & SpanFlag.error) !== 0) rows.push(row);
  return rows.sort((a, b) => compareStarts(spans, a, b));
}
