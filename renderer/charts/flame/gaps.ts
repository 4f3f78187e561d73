/**
 * Waiting taken out of the picture: where no span without children runs, nothing is done that the trace
 * tells of, and a long stretch of it is drawn as a short one.
 *
 *   real    ██████····················██████      drawn   ██████··██████
 *                 └── folded to a hundredth of what is left ──┘
 */
import { at } from '../../../core/model/assert.ts';
import type { DurationUs } from '../../../core/model/time.ts';
import type { BarTimes } from '../../../core/flame/bar-layout.ts';

/** A map of the trace's time to drawn time: each fold is drawn `shown` wide. */
export interface Folds {
  /** Real times, in order, never overlapping. */
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly shown: DurationUs;
}

export const NO_FOLDS: Folds = { from: new Float64Array(0), to: new Float64Array(0), shown: 0 };
/** Gaps shorter than this share of the trace stay. */
const SHORTEST_SHARE = 0.01;
const SHOWN_SHARE = 0.01;

/** The stretches to fold. Open spans run until `now`. */
export function findFolds(times: BarTimes, firstChild: Int32Array, now: DurationUs): Folds {
  const leaves: number[] = [];
  let end = 0;
  for (let span = 0; span < firstChild.length; span++) {
    end = Math.max(end, drawn(times, span, now));
    if (at(firstChild, span) < 0) leaves.push(span);
  }
  const byStart = Uint32Array.from(leaves).sort((a, b) => at(times.start, a) - at(times.start, b));
  const gaps: { from: number; to: number }[] = [];
  const shortest = end * SHORTEST_SHARE;
  let until = 0;
  for (const span of byStart) {
    const from = at(times.start, span);
    if (from - until > shortest) gaps.push({ from: until, to: from });
    until = Math.max(until, drawn(times, span, now));
  }
  if (end - until > shortest) gaps.push({ from: until, to: end });
  const waiting = gaps.reduce((sum, gap) => sum + gap.to - gap.from, 0);
  // Never longer than what is folded, or time would stretch.
  const shown = Math.min(Math.max(end - waiting, shortest) * SHOWN_SHARE, shortest);
  return {
    from: Float64Array.from(gaps, (gap) => gap.from),
    to: Float64Array.from(gaps, (gap) => gap.to),
    shown,
  };
}

/** Drawn time of a real one. Times that are not finite stay. */
export function fold(folds: Folds, time: DurationUs): DurationUs {
  const before = countUntil(folds.from, time);
  if (before === 0 || !Number.isFinite(time)) return time;
  const last = before - 1;
  const [from, to] = [at(folds.from, last), at(folds.to, last)];
  let taken = 0;
  for (let i = 0; i < last; i++) taken += at(folds.to, i) - at(folds.from, i) - folds.shown;
  if (time >= to) return time - taken - (to - from - folds.shown);
  return from - taken + ((time - from) / (to - from)) * folds.shown;
}

/** Real time of a drawn one. */
export function unfold(folds: Folds, drawnTime: DurationUs): DurationUs {
  let taken = 0;
  for (let i = 0; i < folds.from.length; i++) {
    const [from, to] = [at(folds.from, i), at(folds.to, i)];
    if (drawnTime <= from - taken) break;
    const inside = drawnTime - (from - taken);
    if (inside < folds.shown) return from + (inside / folds.shown) * (to - from);
    taken += to - from - folds.shown;
  }
  return drawnTime + taken;
}

/** Drawn starts and ends of all spans. */
export function foldTimes({ start, end }: BarTimes, folds: Folds): BarTimes {
  if (folds.from.length === 0) return { start, end };
  return { start: start.map((time) => fold(folds, time)), end: end.map((time) => fold(folds, time)) };
}

function drawn({ start, end }: BarTimes, span: number, now: DurationUs): DurationUs {
  const until = at(end, span);
  return until === Infinity ? Math.max(at(start, span), now) : until;
}

/** How many of the sorted times are before `time`. */
function countUntil(sorted: Float64Array, time: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(sorted, middle) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
