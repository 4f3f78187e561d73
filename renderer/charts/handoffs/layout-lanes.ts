/**
 * One lane an agent, its runs as bars over time. Runs of one agent that overlap get rows of their own in its
 * lane; runs too narrow to be told apart become one bar, so that the work is bounded by the pixels.
 */
import { scaleLinear } from 'd3';
import type { HandoffStory } from '../../../core/analysis/handoffs.ts';
import { at } from '../../../core/model/assert.ts';
import type { DurationUs } from '../../../core/model/time.ts';
import type { FlameModel } from '../flame/model.ts';
import { drawnEnd } from '../flame/walk-row.ts';

export interface LaneBar {
  /** The first of the visits that it stands for. */
  readonly visit: number;
  /** Shares of the whole time, 0 to 1. */
  readonly from: number;
  readonly to: number;
  /** Row within the lane. */
  readonly row: number;
  readonly visits: number;
  readonly errors: number;
  readonly open: boolean;
}

export interface Lane {
  readonly agent: number;
  readonly rows: number;
  readonly bars: readonly LaneBar[];
}

/** More runs of one agent at a time than this share the last row. */
const MOST_ROWS = 6;
const NARROW_PX = 3;

/** `width`: of the whole time, CSS pixels. Agents that never ran have no lane. */
export function layoutLanes(
  story: HandoffStory,
  model: FlameModel,
  now: DurationUs,
  width: number,
): readonly Lane[] {
  const whole = Math.max(model.lastKnown, now, 1);
  const narrow = NARROW_PX / Math.max(width, 1);
  return story.agents.flatMap(({ visits }, agent) => {
    if (visits.length === 0) return [];
    const bars: LaneBar[] = [];
    const rowEnds: number[] = [];
    const lastOfRow: number[] = [];
    for (const visit of visits) {
      const { row: span, errors, open } = at(story.visits, visit);
      const from = at(model.start, span) / whole;
      const to = drawnEnd(model, span, now) / whole;
      const row = findRow(rowEnds, from);
      rowEnds[row] = Math.max(rowEnds[row] ?? 0, to);
      const before = lastOfRow[row];
      const last = before === undefined ? undefined : at(bars, before);
      if (before !== undefined && last !== undefined && isBunch(last, from, to, narrow)) {
        const end = Math.max(last.to, to);
        bars[before] = { ...last, to: end, visits: last.visits + 1, errors: last.errors + errors, open };
      } else {
        lastOfRow[row] = bars.push({ visit, from, to, row, visits: 1, errors, open }) - 1;
      }
    }
    return [{ agent, rows: rowEnds.length, bars }];
  });
}

/** The first row that is free at a time; runs that touch share a row. */
function findRow(rowEnds: readonly number[], from: number): number {
  const free = rowEnds.findIndex((end) => end <= from);
  return free >= 0 ? free : Math.min(rowEnds.length, MOST_ROWS - 1);
}

function isBunch(last: LaneBar, from: number, to: number, narrow: number): boolean {
  return to - from < narrow && last.to - last.from < narrow * 4 && from - last.to < narrow;
}

/** Times for the axis above the lanes, as shares of the whole; about one every hundred pixels. */
export function laneTicks(
  whole: DurationUs,
  width: number,
): readonly { readonly at: number; readonly us: DurationUs }[] {
  const scale = scaleLinear([0, Math.max(whole, 1)], [0, 1]);
  return scale.ticks(Math.max(2, Math.floor(width / 110))).map((us) => ({ at: scale(us), us }));
}
