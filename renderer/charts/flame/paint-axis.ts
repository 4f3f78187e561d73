/** Draws the ticks above the rows. */
import type { AnyContext } from './canvas.ts';
import { scaleLinear } from 'd3';
import { at } from '../../../core/model/assert.ts';
import type { DurationUs } from '../../../core/model/time.ts';
import { formatExactUsd } from '../../format/cost.ts';
import { formatCount } from '../../format/count.ts';
import { AXIS_PX } from './geometry.ts';
import { fold, unfold } from './gaps.ts';
import { formatMeasure } from './measure.ts';
import { COUNT_SCALE, USD_SCALE, type PictureSettings } from './picture.ts';
import type { FlameScene } from './scene.ts';
import type { Viewport } from '../../../core/flame/viewport.ts';

/** A tick's label needs about so much room, CSS pixels. */
const TICK_PX = 110;
const SECOND_US = 1_000_000;
const MINUTE_US = 60 * SECOND_US;
const HOUR_US = 60 * MINUTE_US;
/** Tens and fives of a second make no round minutes. */
const STEPS_US = [15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400].map(
  (seconds) => seconds * SECOND_US,
);

/** The round times to write at, for a width in CSS pixels. */
export function axisTicks({ from, to }: Viewport, width: number): readonly DurationUs[] {
  const wanted = Math.max(2, Math.floor(width / TICK_PX));
  const step = (to - from) / wanted;
  if (step <= 10 * SECOND_US) return roundTicks({ from, to }, width);
  const round =
    STEPS_US.find((candidate) => candidate >= step) ?? Math.ceil(step / at(STEPS_US, 12)) * at(STEPS_US, 12);
  const ticks: DurationUs[] = [];
  for (let time = Math.ceil(from / round) * round; time <= to; time += round) ticks.push(time);
  return ticks;
}

/** Tens and fives, for what is no time. */
function roundTicks({ from, to }: Viewport, width: number): readonly number[] {
  return scaleLinear([from, to], [0, width]).ticks(Math.max(2, Math.floor(width / TICK_PX)));
}

/** One unit for the whole axis, chosen by its step, and as many digits as tell two ticks apart. */
export function formatTick(time: DurationUs, step: DurationUs): string {
  if (step > 10 * SECOND_US || (time >= 2 * MINUTE_US && step >= SECOND_US)) return formatMinutes(time);
  const [unit, name] = step >= 100_000 ? [SECOND_US, 's'] : step >= 100 ? [1000, 'ms'] : [1, 'µs'];
  const digits = Math.max(0, Math.ceil(-Math.log10(step / unit) - 1e-9));
  return `${(time / unit).toFixed(digits)} ${name}`;
}

function formatMinutes(time: DurationUs): string {
  const seconds = Math.round(time / SECOND_US);
  const pad = (value: number): string => String(value).padStart(2, '0');
  if (time >= HOUR_US) {
    const minutes = `${String(Math.floor(seconds / 3600))} h ${pad(Math.floor(seconds / 60) % 60)} m`;
    return seconds % 60 === 0 ? minutes : `${minutes} ${pad(seconds % 60)} s`;
  }
  if (seconds < 60) return `${String(seconds)} s`;
  return seconds % 60 === 0
    ? `${String(seconds / 60)} m`
    : `${String(Math.floor(seconds / 60))} m ${pad(seconds % 60)} s`;
}

export type AxisScene = Pick<FlameScene, 'view' | 'width' | 'palette' | 'picture' | 'range'>;

export function paintAxis(context: AnyContext, scene: AxisScene): void {
  const { view, width, palette, picture, range } = scene;
  context.clearRect(0, 0, width, AXIS_PX);
  const toX = (drawn: number): number => ((drawn - view.from) / (view.to - view.from)) * width;
  if (range !== undefined) {
    context.fillStyle = palette.accentSoft;
    context.fillRect(toX(range.from), 0, toX(range.to) - toX(range.from), AXIS_PX);
  }
  const { folds, settings } = picture;
  const real = { from: unfold(folds, view.from), to: unfold(folds, view.to) };
  const counts = picture.merged !== undefined && settings.weight !== 'duration' && settings.weight !== 'self';
  const ticks = counts ? roundTicks(real, width) : axisTicks(real, width);
  const step = ticks.length > 1 ? at(ticks, 1) - at(ticks, 0) : real.to - real.from;
  context.font = `10.5px ${palette.mono}`;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  let free = -Infinity;
  for (const time of ticks) {
    const x = Math.round(toX(fold(folds, time))) + 0.5;
    context.strokeStyle = palette.line;
    context.beginPath();
    context.moveTo(x, 4);
    context.lineTo(x, AXIS_PX);
    context.stroke();
    const label = counts ? formatCountTick(time, settings) : formatTick(time, step);
    const end = x + 5 + context.measureText(label).width;
    // Where waiting is folded, ticks crowd.
    if (end > width || x < free) continue;
    free = end + 4;
    context.fillStyle = palette.muted;
    context.fillText(label, x + 5, AXIS_PX / 2 + 1);
  }
  markFolds(context, scene, toX);
}

function formatCountTick(value: number, { weight, measure }: PictureSettings): string {
  if (weight === 'cost') return formatExactUsd(value / USD_SCALE);
  if (weight === 'measure') return formatMeasure(value, measure);
  return formatCount(Math.round(weight === 'tokens' ? value / COUNT_SCALE : value));
}

/** A zigzag at the lower edge, where waiting was taken out. */
function markFolds(
  context: AnyContext,
  { picture, palette, width }: AxisScene,
  toX: (drawn: number) => number,
): void {
  const { folds } = picture;
  context.strokeStyle = palette.faint;
  context.lineWidth = 1;
  context.beginPath();
  for (const from of folds.from) {
    const drawn = fold(folds, from);
    const [x0, x1] = [toX(drawn), toX(drawn + folds.shown)];
    if (x1 < 0 || x0 > width) continue;
    const middle = (x0 + x1) / 2;
    for (const side of [-2.5, 2.5]) {
      context.moveTo(middle + side - 2, AXIS_PX);
      context.lineTo(middle + side + 2, AXIS_PX - 6);
    }
  }
  context.stroke();
}
