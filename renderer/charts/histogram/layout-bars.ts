/** Where the bars of a time histogram stand, which part of each failed, and what the axis says. */
import { scaleTime } from 'd3';
import type { EpochUs } from '../../../core/model/time.ts';
import type { TimeHistogram } from '../../../core/store/library-query.ts';
import { formatBinTick } from '../../format/clock.ts';

export type CssPx = number;

export interface HistogramSize {
  readonly width: CssPx;
  /** Of the bars; the axis stands below. */
  readonly height: CssPx;
}

export interface Bar {
  readonly x: CssPx;
  readonly y: CssPx;
  readonly width: CssPx;
  readonly height: CssPx;
  /** Height of the part on top that stands for failed traces; 0 for none. */
  readonly failed: CssPx;
  readonly fromUs: EpochUs;
  readonly toUs: EpochUs;
  readonly count: number;
  readonly failures: number;
}

export interface Tick {
  readonly x: CssPx;
  readonly text: string;
}

export interface HistogramLayout {
  readonly bars: readonly Bar[];
  readonly ticks: readonly Tick[];
  readonly fromUs: EpochUs;
  readonly toUs: EpochUs;
}

/** No count is drawn so small that it cannot be seen. */
const LEAST_PX = 2;
const FAILED_PX = 3;
const TICK_PX = 130;
/** Three bins of a library of one minute should not become three doors. */
const WIDEST_PX = 28;

export function layoutBars(
  { startUs, stepUs, counts, failed }: TimeHistogram,
  { width, height }: HistogramSize,
): HistogramLayout {
  const bins = Math.max(counts.length, Math.ceil(width / WIDEST_PX));
  // What is left over stands before the first bin: the newest is always at the right edge.
  const fromUs = startUs - (bins - counts.length) * stepUs;
  const binPx = width / bins;
  const gapPx = binPx >= 4 ? 1 : 0;
  const most = counts.reduce((a, b) => Math.max(a, b), 1);
  const bars = counts.flatMap((count, i): Bar[] => {
    if (count === 0) return [];
    const bin = i + bins - counts.length;
    const barPx = Math.max(LEAST_PX, (count / most) * height);
    const failures = failed[i] ?? 0;
    const failedPx = failures === 0 ? 0 : Math.min(barPx, Math.max(FAILED_PX, (failures / count) * barPx));
    return [
      {
        x: bin * binPx,
        y: height - barPx,
        width: binPx - gapPx,
        height: barPx,
        failed: failedPx,
        fromUs: startUs + i * stepUs,
        toUs: startUs + (i + 1) * stepUs,
        count,
        failures,
      },
    ];
  });
  const toUs = startUs + counts.length * stepUs;
  return { bars, ticks: layoutTicks(fromUs, toUs, width), fromUs, toUs };
}

function layoutTicks(fromUs: EpochUs, toUs: EpochUs, width: CssPx): readonly Tick[] {
  const scale = scaleTime([new Date(fromUs / 1000), new Date(toUs / 1000)], [0, width]);
  const ticks = scale.ticks(Math.max(2, Math.floor(width / TICK_PX)));
  const stepMs = (ticks[1]?.getTime() ?? 0) - (ticks[0]?.getTime() ?? 0);
  return ticks
    .map((date) => ({ x: scale(date), text: formatBinTick(date, stepMs) }))
    .filter(({ x }) => x > 20 && x < width - 20);
}

/** Where a time stands. */
export function timeToX({ fromUs, toUs }: HistogramLayout, us: EpochUs, width: CssPx): CssPx {
  return Math.min(Math.max(((us - fromUs) / (toUs - fromUs)) * width, 0), width);
}

/** The whole bins that a part of the width touches; undefined for less than a pixel. */
export function binsBetween(
  { fromUs, toUs }: HistogramLayout,
  stepUs: number,
  [left, right]: readonly [CssPx, CssPx],
  width: CssPx,
): { readonly fromUs: EpochUs; readonly toUs: EpochUs } | undefined {
  if (right - left < 1) return undefined;
  const bins = Math.round((toUs - fromUs) / stepUs);
  // A hair inside, so that an edge that was snapped before does not slip into the next bin.
  const first = Math.floor((left / width) * bins + 0.01);
  const end = Math.max(first + 1, Math.ceil((right / width) * bins - 0.01));
  return { fromUs: fromUs + first * stepUs, toUs: fromUs + end * stepUs };
}
