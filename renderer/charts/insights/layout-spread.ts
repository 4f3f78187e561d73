/** Where the bars of a spread of durations stand, on a scale of logarithms, and the quantiles in it. */
import { scaleLinear, scaleLog } from 'd3';
import type { DurationUs } from '../../../core/model/time.ts';
import type { AxisTick, CssPx } from './layout-rank.ts';

/** Bar i begins at `fromUs * 2 ** (i / perDoubling)`. */
export interface Spread {
  readonly fromUs: DurationUs;
  readonly perDoubling: number;
  readonly counts: readonly number[];
}

export interface SpreadBar {
  readonly x: CssPx;
  readonly y: CssPx;
  readonly width: CssPx;
  readonly height: CssPx;
  readonly fromUs: DurationUs;
  readonly toUs: DurationUs;
  readonly count: number;
}

export interface SpreadLayout {
  readonly bars: readonly SpreadBar[];
  /** Durations to write below. */
  readonly times: readonly AxisTick[];
  /** Counts to write at the left. */
  readonly ticks: readonly AxisTick[];
  readonly marks: readonly { readonly x: CssPx; readonly name: string }[];
  readonly left: CssPx;
  readonly foot: CssPx;
}

export interface SpreadSize {
  readonly width: CssPx;
  readonly height: CssPx;
}

const LEFT_PX = 44;
const RIGHT_PX = 24;
const HEAD_PX = 16;
const FOOT_PX = 22;
const TIME_TICK_PX = 64;
const LEAST_PX = 1.5;
/** A lone bar is not a door. */
const LEAST_BARS = 12;
const SLIM_PX = 6;

/** `quantiles`: p50 and the like; unknown ones are left out. */
export function layoutSpread(
  spread: Spread,
  quantiles: readonly { readonly name: string; readonly us: DurationUs | null }[],
  { width, height }: SpreadSize,
): SpreadLayout {
  const foot = height - FOOT_PX;
  const { fromUs, perDoubling, counts } = coarsen(spread, width - LEFT_PX - RIGHT_PX);
  const edge = (bar: number): DurationUs => fromUs * 2 ** (bar / perDoubling);
  const spare = Math.max(0, LEAST_BARS - counts.length) / 2;
  const across = scaleLog(
    [edge(-spare), edge(counts.length + spare)],
    [LEFT_PX, Math.max(LEFT_PX + 20, width - RIGHT_PX)],
  );
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const up = scaleLinear([0, Math.max(1, most)], [0, foot - HEAD_PX]).nice(3);
  const bars = counts.flatMap((count, bar): SpreadBar[] => {
    if (count === 0) return [];
    const [x0, x1] = [across(edge(bar)), across(edge(bar + 1))];
    const tall = Math.max(LEAST_PX, up(count));
    return [
      {
        x: x0,
        y: foot - tall,
        width: Math.max(1, x1 - x0 - 1),
        height: tall,
        fromUs: edge(bar),
        toUs: edge(bar + 1),
        count,
      },
    ];
  });
  const marks = quantiles.flatMap(({ name, us }) =>
    us === null || us <= 0 ? [] : [{ x: across(us), name }],
  );
  return {
    bars,
    times: counts.length === 0 ? [] : timeTicks(across, edge(-spare), edge(counts.length + spare)),
    ticks: most === 0 ? [] : wholeTicks(up).map((value) => ({ at: foot - up(value), value })),
    marks,
    left: LEFT_PX,
    foot,
  };
}

/** Two bars to one until each can be seen. */
function coarsen(spread: Spread, room: CssPx): Spread {
  let { perDoubling, counts } = spread;
  while (perDoubling > 1 && counts.length * SLIM_PX > room) {
    const fine = counts;
    perDoubling /= 2;
    counts = Array.from(
      { length: Math.ceil(fine.length / 2) },
      (_, bar) => (fine[bar * 2] ?? 0) + (fine[bar * 2 + 1] ?? 0),
    );
  }
  return { fromUs: spread.fromUs, perDoubling, counts };
}

/** What people say of times, the roundest first: powers of ten, then minutes, hours and days, then what lies between. */
const ROUND_US: readonly (readonly DurationUs[])[] = [
  [1, 1e3, 1e6, 60e6, 3600e6, 86_400e6],
  [10, 100, 1e4, 1e5, 1e7, 600e6, 36_000e6, 864_000e6, 8_640_000e6],
  [3, 30, 300, 3e3, 3e4, 3e5, 3e6, 30e6, 180e6, 1800e6, 10_800e6],
];

function timeTicks(across: (us: number) => number, from: DurationUs, to: DurationUs): readonly AxisTick[] {
  const ticks: AxisTick[] = [];
  for (const value of ROUND_US.flat()) {
    const at = across(value);
    const isFree = ticks.every((tick) => Math.abs(tick.at - at) >= TIME_TICK_PX);
    if (value >= from && value <= to && isFree) ticks.push({ at, value });
  }
  return ticks.sort((a, b) => a.at - b.at);
}

/** Half a trace does not exist. */
function wholeTicks(up: ReturnType<typeof scaleLinear<number>>): readonly number[] {
  return up.ticks(3).filter((value) => Number.isInteger(value));
}
