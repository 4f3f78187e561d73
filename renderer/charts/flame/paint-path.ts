/** The critical path over the bars: a line along what the trace waited for, from one bar to the next. */
import { at } from '../../../core/model/assert.ts';
import type { AnyContext } from './canvas.ts';
import { BAR_PX, rowTop } from './geometry.ts';
import { fold, unfold } from './gaps.ts';
import { barOfSpan } from './picture.ts';
import type { FlameScene, PathSegments } from './scene.ts';

const NUMBERS = 3;
const LINE_PX = 2.5;
/** Stretches narrower than this are drawn without the steps between them, which would cover all. */
const STEP_PX = 5;

export function paintPath(context: AnyContext, scene: FlameScene): void {
  const { path, picture, view, width, height, scrollTop, palette } = scene;
  // Merged bars stand in no order of time: no line leads from one to the next.
  if (path === undefined || picture.merged !== undefined) return;
  const perUs = width / (view.to - view.from);
  const drawnTo = new Float64Array(picture.rows).fill(-Infinity);
  context.strokeStyle = palette.ink;
  context.lineWidth = LINE_PX;
  context.beginPath();
  let [lastX1, lastWidth, lastY] = [-Infinity, 0, Number.NaN];
  for (let i = findStretch(path, unfold(picture.folds, view.from)); i < path.length; i += NUMBERS) {
    const x0 = Math.max((fold(picture.folds, at(path, i + 1)) - view.from) * perUs, -8);
    const x1 = Math.min((fold(picture.folds, at(path, i + 2)) - view.from) * perUs, width + 8);
    if (x0 > width) break;
    const bar = barOfSpan(picture, at(path, i));
    const row = bar < 0 ? 0 : at(picture.row, bar);
    const y = bar < 0 ? Number.NaN : rowTop(row) - scrollTop + BAR_PX - LINE_PX / 2;
    const steps = Math.min(lastWidth, x1 - x0) >= STEP_PX && x0 - lastX1 < 1;
    if (steps && !Number.isNaN(lastY) && !Number.isNaN(y)) {
      context.moveTo(x0, lastY);
      context.lineTo(x0, y);
    }
    [lastX1, lastWidth, lastY] = [x1, x1 - x0, y];
    // Of many stretches on one pixel of a row, one is drawn.
    if (Number.isNaN(y) || y < 0 || y > height || x1 - at(drawnTo, row) < 0.5) continue;
    context.moveTo(Math.max(x0, at(drawnTo, row)), y);
    context.lineTo(Math.max(x1, x0 + 1), y);
    drawnTo[row] = Math.max(x1, x0 + 1);
  }
  context.stroke();
}

/** Where the first stretch begins that ends at `time` or later. */
function findStretch(path: PathSegments, time: number): number {
  let [low, high] = [0, path.length / NUMBERS];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(path, middle * NUMBERS + 2) < time) low = middle + 1;
    else high = middle;
  }
  return low * NUMBERS;
}
