/**
 * The part of time that is on the screen. A range of microseconds, not of pixels, so that it survives a
 * resized window and a trace that grows. Pure: every change gives a new viewport.
 */
import type { DurationUs } from '../model/time.ts';

export interface Viewport {
  readonly from: DurationUs;
  readonly to: DurationUs;
}

/** Nothing is known below a microsecond. */
const SHORTEST_US = 10;
/** A little air at both ends, so that the first and the last edge are seen. */
const AIR = 0.013;

/** The whole trace. One too short to be looked into still gets a millisecond. */
export function wholeTrace(length: DurationUs): Viewport {
  const shown = length < SHORTEST_US ? 1000 : length;
  return { from: -shown * AIR, to: shown * (1 + AIR) };
}

/** Scales the time shown by `factor` (below 1 zooms in) around the time at `share` of the width. */
export function zoomAt(view: Viewport, share: number, factor: number, length: DurationUs): Viewport {
  const whole = wholeTrace(length);
  const longest = whole.to - whole.from;
  const size = view.to - view.from;
  const next = Math.min(Math.max(size * factor, Math.min(SHORTEST_US, longest)), longest);
  if (next >= longest) return whole;
  const from = view.from + (size - next) * share;
  return keepInside({ from, to: from + next }, length);
}

/** Moves by a share of what is shown. */
export function pan(view: Viewport, share: number, length: DurationUs): Viewport {
  const by = (view.to - view.from) * share;
  return keepInside({ from: view.from + by, to: view.to + by }, length);
}

/** A span with some of its surroundings. */
export function zoomTo(from: DurationUs, to: DurationUs, length: DurationUs): Viewport {
  const air = Math.max((to - from) * 0.04, SHORTEST_US / 2);
  return keepInside({ from: from - air, to: to + air }, length);
}

/** From one time to another, but never less than can be told apart. */
export function range(from: DurationUs, to: DurationUs, length: DurationUs): Viewport {
  return keepInside({ from, to: Math.max(to, from + SHORTEST_US) }, length);
}

/** The same viewport, moved as little as needed to show a span's beginning (or its whole). */
export function reveal(view: Viewport, from: DurationUs, to: DurationUs, length: DurationUs): Viewport {
  const size = view.to - view.from;
  if (from >= view.from && to <= view.to) return view;
  if (from < view.to && to > view.from && to - from > size * 0.25) return view;
  const middle = Math.min(from + size / 2, (from + to) / 2);
  return keepInside({ from: middle - size / 2, to: middle + size / 2 }, length);
}

/** The same zoom, with a time near the right edge. */
export function keepInView(view: Viewport, time: DurationUs, length: DurationUs): Viewport {
  const size = view.to - view.from;
  const to = Math.min(time + size * 0.04, wholeTrace(length).to);
  return keepInside({ from: to - size, to }, length);
}

export function isWhole(view: Viewport, length: DurationUs): boolean {
  const whole = wholeTrace(length);
  return view.from <= whole.from && view.to >= whole.to * 0.9999;
}

/** Somewhere on the way from one viewport to another: sizes change by a ratio, so that speed looks even. */
export function between(a: Viewport, b: Viewport, share: number): Viewport {
  const sizeA = a.to - a.from;
  const sizeB = b.to - b.from;
  if (share >= 1 || sizeA <= 0 || sizeB <= 0) return b;
  const size = sizeA * (sizeB / sizeA) ** share;
  const moved = Math.abs(sizeB - sizeA) < sizeA * 1e-6 ? share : (size - sizeA) / (sizeB - sizeA);
  const from = a.from + (b.from - a.from) * moved;
  return { from, to: from + size };
}

function keepInside({ from, to }: Viewport, length: DurationUs): Viewport {
  const whole = wholeTrace(length);
  const size = to - from;
  if (size >= whole.to - whole.from) return whole;
  const first = Math.min(Math.max(from, whole.from), whole.to - size);
  return { from: first, to: first + size };
}
