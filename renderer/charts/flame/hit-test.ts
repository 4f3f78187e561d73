/** Which span is at a point. Instants and thin bars are found from a few pixels beside them. */
import { at } from '../../../core/model/assert.ts';
import { HIT_SLACK_PX, rowAt } from './geometry.ts';
import type { BarLayout } from '../../../core/flame/bar-layout.ts';
import { drawnEnd, findVisible, type RowView } from '../../../core/flame/walk-row.ts';

/** `x` in CSS pixels of the canvas, `y` below the top of all rows. -1: nothing is there. */
export function findSpanAt(model: BarLayout, rowView: RowView, x: number, y: number): number {
  const row = rowAt(y);
  if (row === undefined || row >= model.rows) return -1;
  const { view, width, now } = rowView;
  const perPx = (view.to - view.from) / width;
  const time = view.from + x * perPx;
  const slack = HIT_SLACK_PX * perPx;
  const end = at(model.rowBegin, row + 1);
  let best = -1;
  let bestLength = Infinity;
  for (let place = findVisible(model, row, time - slack); place < end; place++) {
    const span = at(model.rowSpans, place);
    const from = at(model.start, span);
    if (from > time + slack) break;
    const until = drawnEnd(model, span, now);
    const length = until - from;
    const inside = time >= from && time <= until;
    const reach = length <= slack * 2 ? slack : 0;
    if (!inside && (time < from - reach || time > until + reach)) continue;
    // Of a thin span and the wide one behind it, the thin one is harder to hit: it wins.
    if (length < bestLength) [best, bestLength] = [span, length];
    // Bunches of merged spans: the first near the pointer will do.
    if (bestLength === 0 || from > time) break;
  }
  return best;
}
