/** Draws the ticks above the rows. */
import { scaleLinear } from 'd3';
import { at } from '../../../core/model/assert.ts';
import type { DurationUs } from '../../../core/model/time.ts';
import { AXIS_PX } from './geometry.ts';
import type { Palette } from './palette.ts';
import type { Viewport } from './viewport.ts';

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
  if (step <= 10 * SECOND_US) return scaleLinear([from, to], [0, width]).ticks(wanted);
  const round =
    STEPS_US.find((candidate) => candidate >= step) ?? Math.ceil(step / at(STEPS_US, 12)) * at(STEPS_US, 12);
  const ticks: DurationUs[] = [];
  for (let time = Math.ceil(from / round) * round; time <= to; time += round) ticks.push(time);
  return ticks;
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

export function paintAxis(
  context: CanvasRenderingContext2D,
  view: Viewport,
  width: number,
  palette: Palette,
): void {
  context.clearRect(0, 0, width, AXIS_PX);
  const ticks = axisTicks(view, width);
  const step = ticks.length > 1 ? at(ticks, 1) - at(ticks, 0) : view.to - view.from;
  context.font = `10.5px ${palette.mono}`;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  for (const time of ticks) {
    const x = Math.round(((time - view.from) / (view.to - view.from)) * width) + 0.5;
    context.strokeStyle = palette.line;
    context.beginPath();
    context.moveTo(x, 4);
    context.lineTo(x, AXIS_PX);
    context.stroke();
    const label = formatTick(time, step);
    if (x + 5 + context.measureText(label).width > width) continue;
    context.fillStyle = palette.muted;
    context.fillText(label, x + 5, AXIS_PX / 2 + 1);
  }
}
