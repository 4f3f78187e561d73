/** Where the columns of days stand. A day on which nothing was is a gap of its width. */
import { scaleLinear, scaleUtc, type ScaleTime } from 'd3';
import { keepWhole, type AxisTick, type CssPx } from './layout-rank.ts';

export interface DayRow {
  /** `2026-09-23`; empty: nobody knows, which has no column. */
  readonly day: string;
  readonly value: number;
  readonly part: number;
}

export interface DayColumn {
  /** Place of the row. */
  readonly row: number;
  readonly x: CssPx;
  readonly y: CssPx;
  readonly width: CssPx;
  readonly height: CssPx;
  /** From the foot up. */
  readonly part: CssPx;
}

export interface DaysLayout {
  readonly columns: readonly DayColumn[];
  /** Days to write below. */
  readonly days: readonly { readonly at: CssPx; readonly date: Date }[];
  readonly ticks: readonly AxisTick[];
  readonly left: CssPx;
  readonly foot: CssPx;
}

const DAY_MS = 86_400_000;
/** For the figures at the left, and the days below. */
const LEFT_PX = 60;
const FOOT_PX = 22;
const HEAD_PX = 6;
const DAY_TICK_PX = 74;
const WIDEST_PX = 44;
const LEAST_PX = 1.5;

export function layoutDays(rows: readonly DayRow[], width: CssPx, height: CssPx): DaysLayout {
  const foot = height - FOOT_PX;
  const times = rows.map(({ day }) => Date.parse(`${day}T00:00:00Z`));
  const known = times.filter((ms) => !Number.isNaN(ms));
  if (known.length === 0) return { columns: [], days: [], ticks: [], left: LEFT_PX, foot };
  const [first, last] = [Math.min(...known), Math.max(...known) + DAY_MS];
  const dayCount = Math.round((last - first) / DAY_MS);
  const room = Math.max(20, width - LEFT_PX - 8);
  const across = scaleUtc([new Date(first), new Date(last)], [0, Math.min(room, dayCount * WIDEST_PX)]);
  const most = rows.reduce((largest, { value }) => Math.max(largest, value || 0), 0);
  const up = scaleLinear([0, most > 0 ? most : 1], [0, foot - HEAD_PX]).nice(4);
  const dayPx = across(new Date(first + DAY_MS));
  const gap = dayPx > 5 ? Math.min(4, dayPx * 0.2) : 0;
  const columns = rows.flatMap(({ value, part }, row): DayColumn[] => {
    const ms = times[row] ?? Number.NaN;
    if (Number.isNaN(ms) || !(value > 0)) return [];
    const tall = Math.max(LEAST_PX, up(value));
    return [
      {
        row,
        x: LEFT_PX + across(new Date(ms)) + gap / 2,
        y: foot - tall,
        width: Math.max(1, dayPx - gap),
        height: tall,
        part: part > 0 ? Math.min(tall, Math.max(LEAST_PX, up(part))) : 0,
      },
    ];
  });
  return {
    columns,
    days: dayTicks(across, dayCount, dayPx),
    ticks: keepWhole(most > 0 ? up.ticks(4) : [], rows).map((value) => ({ at: foot - up(value), value })),
    left: LEFT_PX,
    foot,
  };
}

/** Below the middles of the columns. */
function dayTicks(
  across: ScaleTime<number, number>,
  dayCount: number,
  dayPx: CssPx,
): readonly { readonly at: CssPx; readonly date: Date }[] {
  const [from = new Date(0)] = across.domain();
  const every = Math.max(1, Math.ceil(DAY_TICK_PX / Math.max(dayPx, 0.01)));
  return Array.from({ length: Math.ceil(dayCount / every) }, (_, i) => {
    const date = new Date(from.getTime() + i * every * DAY_MS);
    return { at: LEFT_PX + across(date) + dayPx / 2, date };
  });
}
