/**
 * When anything of a trace ran, told by as few spans as it takes: each goes on until one that began before its
 * end and ends later takes over.
 *
 *   a      ██████████
 *   b         ▓▓▓
 *   c             ▒▒▒▒▒▒
 *   d                        ░░░░
 *   steps  aaaaaaaaaaccc     dddd
 */
import { at } from '../model/assert.ts';
import type { EpochUs } from '../model/time.ts';
import type { SpanExtents } from './span-extents.ts';

export interface RunningStep {
  readonly row: number;
  readonly startUs: EpochUs;
  readonly endUs: EpochUs;
}

/** In order of time, none of them overlapping. */
export function computeRunningSteps({ start, end }: SpanExtents): readonly RunningStep[] {
  const rows: number[] = [];
  for (let row = 0; row < start.length; row++) if (at(end, row) > at(start, row)) rows.push(row);
  rows.sort((a, b) => at(start, a) - at(start, b) || at(end, b) - at(end, a));
  const steps: RunningStep[] = [];
  let reached = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    if (at(end, row) <= reached) continue;
    steps.push({ row, startUs: Math.max(reached, at(start, row)), endUs: at(end, row) });
    reached = at(end, row);
  }
  return steps;
}
