/**
 * Traces that belong together on one axis of time, a lane for each service or process. Between two things that
 * somebody says there may be days: waiting is drawn short, and marked.
 *
 *   desk   ▓▓▓  ▓▓ ≀ ▓▓▓▓
 *   shop     ▓▓    ≀  ▓
 */
import { scaleLinear } from 'd3';
import type { DurationUs, EpochUs } from '../../../core/model/time.ts';

export type CssPx = number;

export interface PlacedTrace {
  /** What its lane is called. */
  readonly lane: string;
  readonly startUs: EpochUs;
  readonly durationUs: DurationUs;
}

export interface TraceBar {
  readonly x: CssPx;
  readonly y: CssPx;
  readonly width: CssPx;
}

export interface TraceLane {
  readonly name: string;
  readonly y: CssPx;
  readonly height: CssPx;
}

export interface TracesLayout {
  /** In the order of the traces. */
  readonly bars: readonly TraceBar[];
  readonly lanes: readonly TraceLane[];
  readonly ticks: readonly { readonly x: CssPx; readonly us: EpochUs; readonly stepUs: DurationUs }[];
  /** Middles of waiting that is drawn short, and how long it was. */
  readonly gaps: readonly { readonly x: CssPx; readonly us: DurationUs }[];
  readonly left: CssPx;
  /** Of the lanes; the axis stands above them. */
  readonly height: CssPx;
}

export const BAR_PX = 20;
export const HEAD_PX = 24;
const ROW_PX = 25;
const LANE_GAP_PX = 8;
const LEFT_PX = 150;
const RIGHT_PX = 16;
const LEAST_PX = 4;
const GAP_PX = 26;
const TICK_PX = 120;
/** Waiting is drawn short where it takes more of the time than this. */
const GAP_SHARE = 0.06;

interface Stretch {
  readonly fromUs: EpochUs;
  toUs: EpochUs;
}

/** By start; those without one stand at the beginning. `short`: whether waiting is drawn short. */
export function layoutTraces(traces: readonly PlacedTrace[], width: CssPx, short: boolean): TracesLayout {
  const starts = traces.map(({ startUs }) => startUs).filter((us) => Number.isFinite(us));
  const firstUs = starts.reduce((least, us) => Math.min(least, us), Infinity);
  const placed = traces.map(({ lane, startUs, durationUs }) => {
    const fromUs = Number.isFinite(startUs) ? startUs : Number.isFinite(firstUs) ? firstUs : 0;
    return { lane, fromUs, toUs: fromUs + Math.max(0, durationUs || 0) };
  });
  const stretches = findStretches(placed, short);
  const { toX, gaps } = placeStretches(stretches, Math.max(60, width - LEFT_PX - RIGHT_PX));
  const bars: TraceBar[] = [];
  const lanes: TraceLane[] = [];
  let y = HEAD_PX;
  for (const name of new Set(placed.map(({ lane }) => lane))) {
    const rowEnds: CssPx[] = [];
    placed.forEach((trace, i) => {
      if (trace.lane !== name) return;
      const x = LEFT_PX + toX(trace.fromUs);
      const wide = Math.max(LEAST_PX, LEFT_PX + toX(trace.toUs) - x);
      const free = rowEnds.findIndex((end) => end <= x);
      const row = free < 0 ? rowEnds.length : free;
      rowEnds[row] = x + wide + 1;
      bars[i] = { x, y: y + row * ROW_PX, width: wide };
    });
    const height = rowEnds.length * ROW_PX;
    lanes.push({ name, y, height });
    y += height + LANE_GAP_PX;
  }
  return { bars, lanes, ticks: placeTicks(stretches, toX), gaps, left: LEFT_PX, height: y };
}

/** What is drawn to scale: all of the time, or the parts of it in which something ran. */
function findStretches(
  placed: readonly { readonly fromUs: EpochUs; readonly toUs: EpochUs }[],
  short: boolean,
): readonly Stretch[] {
  const byStart = placed.toSorted((a, b) => a.fromUs - b.fromUs);
  const busyUs = placed.reduce((sum, { fromUs, toUs }) => sum + (toUs - fromUs), 0);
  const leastUs = short ? Math.max(busyUs * GAP_SHARE, 1000) : Infinity;
  const stretches: Stretch[] = [];
  for (const { fromUs, toUs } of byStart) {
    const last = stretches.at(-1);
    if (last !== undefined && fromUs - last.toUs <= leastUs) last.toUs = Math.max(last.toUs, toUs);
    else stretches.push({ fromUs, toUs });
  }
  return stretches;
}

function placeStretches(
  stretches: readonly Stretch[],
  room: CssPx,
): { readonly toX: (us: EpochUs) => CssPx; readonly gaps: TracesLayout['gaps'] } {
  const wholeUs = stretches.reduce((sum, { fromUs, toUs }) => sum + (toUs - fromUs), 0);
  const count = Math.max(0, stretches.length - 1);
  // So many gaps that they leave no room become thinner.
  const gapPx = Math.min(GAP_PX, (room * 0.6) / Math.max(1, count));
  const perUs = wholeUs > 0 ? (room - gapPx * count) / wholeUs : 0;
  const [domain, range]: [number[], number[]] = [[], []];
  const gaps: { x: CssPx; us: DurationUs }[] = [];
  let x = 0;
  stretches.forEach(({ fromUs, toUs }, i) => {
    const before = stretches[i - 1];
    if (before !== undefined) {
      gaps.push({ x: LEFT_PX + x + gapPx / 2, us: fromUs - before.toUs });
      x += gapPx;
    }
    domain.push(fromUs);
    range.push(x);
    x += (toUs - fromUs) * perUs;
    domain.push(toUs);
    range.push(x);
  });
  const scale = scaleLinear(domain, range).clamp(true);
  return { toX: (us) => (domain.length < 2 ? 0 : scale(us) || 0), gaps };
}

/** The beginning of each stretch, and round times inside of long ones, as far as there is room. */
function placeTicks(stretches: readonly Stretch[], toX: (us: EpochUs) => CssPx): TracesLayout['ticks'] {
  const ticks: { x: CssPx; us: EpochUs; stepUs: DurationUs }[] = [];
  let free = -Infinity;
  for (const { fromUs, toUs } of stretches) {
    const wide = toX(toUs) - toX(fromUs);
    const inner = Math.floor(wide / TICK_PX);
    const stepUs = inner < 2 ? Math.max(1, toUs - fromUs) : (toUs - fromUs) / inner;
    for (let i = 0; i < Math.max(1, inner); i++) {
      const us = fromUs + i * stepUs;
      const x = LEFT_PX + toX(us);
      if (x < free) continue;
      ticks.push({ x, us, stepUs });
      free = x + TICK_PX * 0.8;
    }
  }
  return ticks;
}
