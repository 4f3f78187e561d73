/** The critical path of a trace as the flame graph draws and lists it: stretches in the trace's own time. */
import {
  computeCriticalPath,
  computePathShares,
  type PathShares,
} from '../../../core/analysis/critical-path.ts';
import type { DurationUs } from '../../../core/model/time.ts';
import type { FlameModel } from './model.ts';

export interface PathOfTrace {
  /** Three numbers a stretch: the span (-1: waiting), from, to after the trace's beginning. */
  readonly segments: Float64Array<ArrayBuffer>;
  readonly shares: PathShares;
}

/** Open spans end at `now`. */
export function describePath(model: FlameModel, now: DurationUs): PathOfTrace {
  const { table, tree, originUs } = model;
  const path = computeCriticalPath(table, tree, originUs + now);
  const segments = new Float64Array(path.segments.length * 3);
  path.segments.forEach(({ row, startUs, endUs }, i) => {
    segments.set([row, startUs - originUs, endUs - originUs], i * 3);
  });
  return { segments, shares: computePathShares(table, path) };
}

/** A span of the path, with all its stretches added up. */
export interface PathStep {
  readonly span: number;
  readonly us: DurationUs;
  readonly stretches: number;
}

/** What the path spent most of its time in, at most `most` spans; waiting is span -1. */
export function sumPath(segments: Float64Array, most: number): readonly PathStep[] {
  const steps = new Map<number, { span: number; us: DurationUs; stretches: number }>();
  for (let i = 0; i + 2 < segments.length; i += 3) {
    const [span = -1, from = 0, to = 0] = segments.subarray(i, i + 3);
    const step = steps.get(span) ?? { span, us: 0, stretches: 0 };
    step.us += to - from;
    step.stretches++;
    steps.set(span, step);
  }
  return [...steps.values()].sort((a, b) => b.us - a.us || a.span - b.span).slice(0, most);
}
