/** The one order of spans in time, so that arrival never shows: by start, then by span id. */
import { at } from '../model/assert.ts';
import { compareTexts } from '../model/merge-records.ts';
import type { SpanTable } from '../model/span-table.ts';

/** Negative where row `a` stands before row `b`. A span without a start stands last. */
export function compareStarts(spans: SpanTable, a: number, b: number): number {
  const order = startOf(spans, a) - startOf(spans, b);
  return order || compareTexts(spans.spanId(a), spans.spanId(b));
}

function startOf(spans: SpanTable, row: number): number {
  const start = at(spans.columns.startUs, row);
  return Number.isNaN(start) ? Number.MAX_VALUE : start;
}
