/**
 * One lane an agent, its runs as bars over time. Runs of one agent that overlap get rows of their own in its
 * lane; runs too narrow to be told apart become one bar, so that the work is bounded by the pixels.
 */
import { scaleLinear } from 'd3';
import type { AgentPassage } from '../../../core/analysis/agent-passages.ts';
import type { HandoffStory } from '../../../core/analysis/handoffs.ts';
import { at } from '../../../core/model/assert.ts';
import type { DurationUs } from '../../../core/model/time.ts';
import type { FlameModel } from '../flame/model.ts';
import { drawnEnd } from '../../../core/flame/walk-row.ts';

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

/** What the lanes are drawn against. */
export interface LaneScale {
  /** Where open runs end. */
  readonly now: DurationUs;
  /** The time from edge to edge. */
  readonly whole: DurationUs;
  /** Of the whole time, CSS pixels. */
  readonly width: number;
}

/**
 * While spans run, the whole grows in steps of a thirtieth or less: between two steps only the running bars
 * change, not the place of everything.
 */
export function scaleLanes({ lastKnown, open }: FlameModel, now: DurationUs, width: number): LaneScale {
  const exact = Math.max(lastKnown, now, 1);
  const step = 2 ** Math.ceil(Math.log2(exact)) / 64;
  return { now, whole: open === 0 ? exact : Math.ceil(exact / step) * step, width };
}

/** Agents that never ran have no lane. */
export function layoutLanes(
  story: HandoffStory,
  model: FlameModel,
  { now, whole, width }: LaneScale,
): readonly Lane[] {
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

export interface LaneArrow {
  readonly passage: AgentPassage;
  /** Share of the whole time, 0 to 1: where the reached run begins. */
  readonly share: number;
  /** Places in the lanes. */
  readonly from: number;
  readonly to: number;
}

/** Arrows nearer to each other than this stand for one another, unless one of them is chosen. */
const ARROW_PX = 9;

/** The passages between two lanes; `selected` is a row of the table, -1 for none. */
export function layoutArrows(
  story: HandoffStory,
  lanes: readonly Lane[],
  model: FlameModel,
  { whole, width }: LaneScale,
  selected: number,
): readonly LaneArrow[] {
  const laneOf = new Map(lanes.map(({ agent }, i) => [at(story.agents, agent).name, i]));
  const taken = new Set<string>();
  return story.passages.flatMap((passage) => {
    const from = laneOf.get(passage.from);
    const to = laneOf.get(passage.to);
    if (passage.toVisit < 0 || from === undefined || to === undefined || from === to) return [];
    const share = at(model.start, at(story.visits, passage.toVisit).row) / whole;
    const place = `${String(from)} ${String(to)} ${String(Math.round((share * width) / ARROW_PX))}`;
    if (taken.has(place) && passage.row !== selected) return [];
    taken.add(place);
    return [{ passage, share, from, to }];
  });
}

/** Times for the axis above the lanes, as shares of the whole; about one every hundred pixels. */
export function laneTicks({
  whole,
  width,
}: LaneScale): readonly { readonly at: number; readonly us: DurationUs }[] {
  const scale = scaleLinear([0, whole], [0, 1]);
  return scale.ticks(Math.max(2, Math.floor(width / 110))).map((us) => ({ at: scale(us), us }));
}
