/** The search for the span under a point, alone and in Node, whose clock is fine enough for it. */
import { linkSpans } from '../../../core/analysis/span-tree.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import { findSpanAt } from '../../../renderer/charts/flame/hit-test.ts';
import { buildFlameModel } from '../../../renderer/charts/flame/model.ts';
import { plainPicture } from '../../../renderer/charts/flame/picture.ts';
import { wholeTrace } from '../../../core/flame/viewport.ts';
import { rowsHeight } from '../../../renderer/charts/flame/geometry.ts';
import { median, quantile } from '../median.ts';

const POINTS = 20_000;
const WIDTH = 1240;
/** Parts of the whole that are in view: each a tenth of the last. */
const ZOOMS = [1, 0.1, 0.01, 0.001];

export interface HitFigures {
  readonly rows: number;
  readonly p50Us: number;
  readonly p95Us: number;
}

export function measureHits(table: SpanTable): HitFigures {
  const model = buildFlameModel(table, linkSpans(table));
  const picture = plainPicture(model);
  const height = rowsHeight(picture.rows);
  const whole = wholeTrace(picture.lastKnown);
  const found: number[] = [];
  for (let point = 0; point < POINTS; point++) {
    const [x, y, z] = [(point * 0.618034) % 1, (point * 0.754877) % 1, (point * 0.569841) % 1];
    const length = (whole.to - whole.from) * (ZOOMS[point % ZOOMS.length] ?? 1);
    const from = whole.from + z * (whole.to - whole.from - length);
    const rowView = { view: { from, to: from + length }, width: WIDTH, now: picture.lastKnown };
    const start = performance.now();
    findSpanAt(picture, rowView, x * WIDTH, y * height);
    found.push((performance.now() - start) * 1000);
  }
  return { rows: picture.rows, p50Us: median(found), p95Us: quantile(found, 0.95) };
}
