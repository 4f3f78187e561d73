/** Which spans took long: where a person looks first. */
import { at } from '../model/assert.ts';
import type { SpanTable } from '../model/span-table.ts';
import type { DurationUs } from '../model/time.ts';

/** Rows of spans that took at least `thresholdUs`, the longest first. Running spans have no duration yet. */
export function findSlowSpans(spans: SpanTable, thresholdUs: DurationUs): readonly number[] {
  const { startUs, endUs } = spans.columns;
  const duration = (row: number): number => at(endUs, row) - at(startUs, row);
  const rows: number[] = [];
  for (let row = 0; row < spans.length; row++) if (duration(row) >= thresholdUs) rows.push(row);
  return rows.sort((a, b) => duration(b) - duration(a));
}
