/**
 * What of one row is on the screen. Binary search to the first span that is visible; then a span, or a
 * bunch of spans that would all fall on the same pixel and a half, at a time. The work is bounded by the
 * pixels, not by the spans.
 */
import { at } from '../model/assert.ts';
import type { DurationUs } from '../model/time.ts';
import type { BarLayout, BarTimes } from './bar-layout.ts';
import type { Viewport } from './viewport.ts';

/** Narrower than this, CSS pixels, a span is merged with its neighbours. */
export const NARROW_PX = 1.5;

/**
 * `x0` and `x1` are CSS pixels, not clipped; `spans` counts the merged ones, `errors` those with an error;
 * `place` is where the first of them stands in `rowSpans`.
 */
export type VisitSpan = (
  span: number,
  x0: number,
  x1: number,
  spans: number,
  errors: number,
  place: number,
) => void;

export interface RowView {
  readonly view: Viewport;
  /** Width of the time shown, CSS pixels. */
  readonly width: number;
  /** Where open spans end. */
  readonly now: DurationUs;
}

export function walkRow(
  model: BarLayout,
  row: number,
  { view, width, now }: RowView,
  visit: VisitSpan,
): void {
  const perUs = width / (view.to - view.from);
  const end = at(model.rowBegin, row + 1);
  let place = findVisible(model, row, view.from);
  while (place < end) {
    const span = at(model.rowSpans, place);
    const from = at(model.start, span);
    if (from > view.to) return;
    const x0 = (from - view.from) * perUs;
    const x1 = (drawnEnd(model, span, now) - view.from) * perUs;
    let next = place + 1;
    if (x1 - x0 < NARROW_PX) {
      next = findPlace(model, next, end, from + NARROW_PX / perUs);
      // Spans of a row never overlap: of those that begin here only the last can be wide enough alone.
      const last = at(model.rowSpans, next - 1);
      const lastWidth = (drawnEnd(model, last, now) - at(model.start, last)) * perUs;
      if (next - 1 > place && lastWidth >= NARROW_PX) next--;
    }
    const errors = at(model.errorsBefore, next) - at(model.errorsBefore, place);
    visit(span, x0, x1, next - place, errors, place);
    place = next;
  }
}

/** When a span's bar ends: its end, or now; never before its start. */
export function drawnEnd(model: BarTimes, span: number, now: DurationUs): DurationUs {
  const end = at(model.end, span);
  return end === Infinity ? Math.max(at(model.start, span), now) : end;
}

/** The place of the first span in a row that ends at `time` or later. */
export function findVisible(model: BarLayout, row: number, time: DurationUs): number {
  let low = at(model.rowBegin, row);
  let high = at(model.rowBegin, row + 1);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(model.end, at(model.rowSpans, middle)) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first place in [low, high) whose span starts at `time` or later. */
function findPlace(model: BarLayout, low: number, high: number, time: DurationUs): number {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(model.start, at(model.rowSpans, middle)) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
