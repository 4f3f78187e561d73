/** Where the bars of a ranking stand: one line a name, the largest first, and an axis below them. */
import { scaleLinear } from 'd3';

export type CssPx = number;

export interface RankRow {
  /** NaN: unknown; no bar. */
  readonly value: number;
  /** A part of the value that is drawn in another colour. */
  readonly part: number;
}

export interface RankBar {
  /** Top and height of the line. */
  readonly y: CssPx;
  readonly height: CssPx;
  readonly width: CssPx;
  readonly part: CssPx;
}

export interface AxisTick {
  readonly at: CssPx;
  readonly value: number;
}

export interface RankLayout {
  readonly bars: readonly RankBar[];
  readonly ticks: readonly AxisTick[];
  /** Where bars begin, and how wide the widest may be. */
  readonly left: CssPx;
  readonly room: CssPx;
  readonly height: CssPx;
}

export const LINE_PX = 24;
export const AXIS_PX = 22;
/** Behind the longest bar its figure is written. */
const FIGURE_PX = 76;
const TICK_PX = 90;
/** What is not nothing is seen. */
const LEAST_PX = 1.5;

export function layoutRank(rows: readonly RankRow[], width: CssPx): RankLayout {
  const left = Math.round(Math.min(240, Math.max(96, width * 0.26)));
  const room = Math.max(40, width - left - FIGURE_PX);
  const most = rows.reduce((largest, { value }) => Math.max(largest, value || 0), 0);
  const scale = scaleLinear([0, most > 0 ? most : 1], [0, room]).nice(tickCount(room));
  const bars = rows.map(({ value, part }, i): RankBar => {
    const long = value > 0 ? Math.max(LEAST_PX, scale(value)) : 0;
    return {
      y: i * LINE_PX,
      height: LINE_PX,
      width: long,
      part: part > 0 ? Math.min(long, Math.max(LEAST_PX, scale(part))) : 0,
    };
  });
  const ticks = keepWhole(most > 0 ? scale.ticks(tickCount(room)) : [], rows).map((value) => ({
    at: left + scale(value),
    value,
  }));
  return { bars, ticks, left, room, height: rows.length * LINE_PX + AXIS_PX };
}

/** Half a trace does not exist: where all values are whole, so are the ticks. */
export function keepWhole(
  ticks: readonly number[],
  rows: readonly { readonly value: number }[],
): readonly number[] {
  const isWhole = rows.every(({ value }) => Number.isNaN(value) || Number.isInteger(value));
  return isWhole ? ticks.filter((tick) => Number.isInteger(tick)) : ticks;
}

function tickCount(room: CssPx): number {
  return Math.max(2, Math.floor(room / TICK_PX));
}
