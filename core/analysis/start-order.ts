/** The one order of spans in time, so that arrival never shows: by start, then by span id. */
import { at } from '../model/assert.ts';
import { compareTexts } from '../model/merge-records.ts';
import { IdForm } from '../model/packed-id.ts';
import type { SpanTable } from '../model/span-table.ts';

/** Negative where row `a` stands before row `b`. A span without a start stands last. */
export function compareStarts(spans: SpanTable, a: number, b: number): number {
  const order = startOf(spans, a) - startOf(spans, b);
  return order || compareIds(spans, a, b);
}

/** As texts compare; words of one form are digits of one length, so that no text need be made of them. */
function compareIds(spans: SpanTable, a: number, b: number): number {
  const { idForm, idA, idB, idC } = spans.columns;
  const form = at(idForm, a);
  if (form !== at(idForm, b) || form === IdForm.text || form === IdForm.none)
    return compareTexts(spans.spanId(a), spans.spanId(b));
  return at(idA, a) - at(idA, b) || at(idB, a) - at(idB, b) || at(idC, a) - at(idC, b);
}

/** When a span stands in that order. */
export function startOf(spans: SpanTable, row: number): number {
  const start = at(spans.columns.startUs, row);
  return Number.isNaN(start) ? Number.MAX_VALUE : start;
}
