/** Where the points of a plugin's series stand: columns or a line over numbers or names, with both axes. */
import { line, scaleLinear, scalePoint } from 'd3';

export type CssPx = number;

export interface SeriesPoint {
  readonly x: string | number;
  readonly y: number;
}

export interface SeriesTick<Value> {
  readonly at: CssPx;
  readonly value: Value;
}

export interface SeriesLayout {
  /** One a point, in the order of the points; `top` to `foot` of a column is its value. */
  readonly marks: readonly { readonly x: CssPx; readonly top: CssPx; readonly bottom: CssPx }[];
  /** Width of a column. */
  readonly wide: CssPx;
  /** Of the line, as an SVG path. */
  readonly path: string;
  readonly across: readonly SeriesTick<string | number>[];
  readonly up: readonly SeriesTick<number>[];
  readonly left: CssPx;
  readonly foot: CssPx;
}

const LEFT_PX = 66;
const RIGHT_PX = 18;
const FOOT_PX = 22;
const HEAD_PX = 8;
const TICK_PX = 84;
const WIDEST_PX = 44;

export function layoutSeries(points: readonly SeriesPoint[], width: CssPx, height: CssPx): SeriesLayout {
  const foot = height - FOOT_PX;
  const right = Math.max(LEFT_PX + 40, width - RIGHT_PX);
  const ys = points.map(({ y }) => y).filter((y) => Number.isFinite(y));
  const least = Math.min(0, ...rangeOf(ys));
  const most = Math.max(0, ...rangeOf(ys));
  const up = scaleLinear([least, most > least ? most : least + 1], [foot, HEAD_PX]).nice(4);
  const { place, ticks } = placeAcross(points, right);
  const wide = Math.max(1, Math.min(WIDEST_PX, ((right - LEFT_PX) / Math.max(1, points.length)) * 0.72));
  const marks = points.map(({ y }, i) => {
    const [value, ground] = [up(Number.isFinite(y) ? y : 0), up(0)];
    return { x: place(i), top: Math.min(value, ground), bottom: Math.max(value, ground) };
  });
  const path =
    line<SeriesPoint>()
      .defined(({ y }) => Number.isFinite(y))
      .x((_, i) => place(i))
      .y(({ y }) => up(y))(points) ?? '';
  return {
    ...{ marks, wide, path, left: LEFT_PX, foot },
    across: ticks,
    up: up.ticks(4).map((value) => ({ at: up(value), value })),
  };
}

/** Numbers stand where they are on an axis, names one behind the other. */
function placeAcross(
  points: readonly SeriesPoint[],
  right: CssPx,
): { readonly place: (i: number) => CssPx; readonly ticks: SeriesLayout['across'] } {
  const numbers = points.flatMap(({ x }) => (typeof x === 'number' ? [x] : []));
  const count = Math.max(2, Math.floor((right - LEFT_PX) / TICK_PX));
  if (numbers.length === points.length) {
    const [first = 0, last = 1] = rangeOf(numbers);
    const inset = Math.min(WIDEST_PX / 2, (right - LEFT_PX) / 8);
    const scale = scaleLinear([first, last > first ? last : first + 1], [LEFT_PX + inset, right - inset]);
    const ticks = scale.ticks(count).map((value) => ({ at: scale(value), value }));
    return { place: (i) => scale(numbers[i] ?? 0), ticks };
  }
  const scale = scalePoint(
    points.map((_, i) => i),
    [LEFT_PX, right],
  ).padding(0.6);
  const place = (i: number): CssPx => scale(i) ?? LEFT_PX;
  const every = Math.max(1, Math.ceil(points.length / count));
  const ticks = points.flatMap(({ x }, i) => (i % every === 0 ? [{ at: place(i), value: x }] : []));
  return { place, ticks };
}

/** The smallest and the largest; without spreading, for there may be many. */
function rangeOf(values: readonly number[]): readonly number[] {
  if (values.length === 0) return [];
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return [least, most];
}
