import { describe, expect, test } from 'vitest';
import { computeHandoffs, type HandoffStory } from '../../../../core/analysis/handoffs.ts';
import { at } from '../../../../core/model/assert.ts';
import type { FlameModel } from '../../../../renderer/charts/flame/model.ts';
import {
  laneTicks,
  layoutArrows,
  layoutLanes,
  scaleLanes,
  type LaneScale,
} from '../../../../renderer/charts/handoffs/layout-lanes.ts';
import {
  labelOf,
  nameOf,
  runsOf,
  sentenceOf,
  summaryOf,
  toolsOf,
} from '../../../../renderer/charts/handoffs/story-words.ts';
import { flameOf } from '../flame/draw-flame.ts';

function storyOf(drawing: string): { model: FlameModel; story: HandoffStory } {
  const model = flameOf(drawing);
  return { model, story: computeHandoffs(model.table, model.tree) };
}

const DESK = `
  Triage           agent     0---20              to=Billing
    ask            function   2-4
    ask            function     6-8              !boom
    Triage>Billing handoff        19-20
  Billing          agent          20----60
    Billing>       handoff             59-60     !boom
  Triage           agent                 60...
`;

describe('the words of a story', () => {
  const { model, story } = storyOf(DESK);

  test('count runs and time, and say what is running or never ran', () => {
    const words = story.agents.map(
      (agent) => `${nameOf(model, agent)}: ${runsOf(model, story, agent, 90_000)}`,
    );
    expect(words).toEqual([
      'Triage: 2 runs, one running · 50.0 ms',
      'Billing: 1 run · 40.0 ms',
      'Nobody: never ran',
    ]);
  });

  test('put the tools that failed first', () => {
    const { model: other, story: told } = storyOf(
      'A agent 0--9\n  good function 1-2\n  bad function 3-4 !boom',
    );
    expect(toolsOf(other, at(told.agents, 0)).map(({ text }) => text)).toEqual(['bad ×1 failed', 'good ×1']);
    expect(toolsOf(model, at(story.agents, 0)).map(({ text }) => text)).toEqual(['ask ×2, 1 failed']);
  });

  test('tell every passage in a sentence', () => {
    expect(story.passages.map((passage) => sentenceOf(model, story, passage))).toEqual([
      'Handoff from Triage to Billing, 19.0 ms in',
      'Handoff from Billing to Nobody, 59.0 ms in, with an error',
      'Next run from Billing to Triage, 60.0 ms in',
    ]);
    expect(labelOf(model, story, at(story.edges, 0))).toBe('19.0 ms in');
    expect(summaryOf(model, story)).toBe('2 agents, 2 handoffs, no loop');
  });

  test('name a loop and its rounds', () => {
    const { model: other, story: told } = storyOf(`
      A agent 0-9
        A>B handoff 8-9
      B agent 10-19
        B>A handoff 18-19
      A agent 20-29
    `);
    expect(summaryOf(other, told)).toBe('2 agents, 2 handoffs, loop A → B → A');
  });
});

/** The exact whole, so that shares are round. */
const scaled = (model: FlameModel, now: number, width: number): LaneScale => ({
  ...scaleLanes(model, now, width),
  whole: Math.max(model.lastKnown, now),
});

describe('lanes', () => {
  test('grow in steps while something runs, and end with the trace when nothing does', () => {
    const { model } = storyOf(DESK);
    const wholes = Array.from({ length: 100 }, (_, i) => scaleLanes(model, 100_000 + i * 100, 500).whole);
    expect(new Set(wholes).size).toBeLessThan(8);
    for (const [i, whole] of wholes.entries()) expect(whole).toBeGreaterThanOrEqual(100_000 + i * 100);
    expect(scaleLanes(storyOf('A agent 0--50').model, 0, 500).whole).toBe(50_000);
  });

  test('hold the runs of one agent as shares of the whole; a running one ends now', () => {
    const { model, story } = storyOf(DESK);
    const lanes = layoutLanes(story, model, scaled(model, 100_000, 1000));
    expect(lanes.map(({ bars }) => bars.map(({ from, to }) => [from, to]))).toEqual([
      [
        [0, 0.2],
        [0.6, 1],
      ],
      [[0.2, 0.6]],
    ]);
  });

  test('never draw a run backwards where the clocks differ', () => {
    const { model, story } = storyOf('A agent 0--50\nB agent 40...');
    for (const { bars } of layoutLanes(story, model, scaled(model, 10_000, 500))) {
      for (const { from, to } of bars) expect(to).toBeGreaterThanOrEqual(from);
    }
  });

  test('give runs that overlap rows of their own', () => {
    const { model, story } = storyOf('A agent 0--50\nA agent 10--40\nA agent 60-70');
    expect(
      layoutLanes(story, model, scaled(model, 0, 500)).map(({ rows, bars }) => [
        rows,
        bars.map(({ row }) => row),
      ]),
    ).toEqual([[2, [0, 1, 0]]]);
  });

  test('merge what cannot be told apart, and lose no run and no error by it', () => {
    const lines = Array.from(
      { length: 400 },
      (_, i) => `A agent ${String(i * 10)}-${String(i * 10 + 9)}${i === 200 ? ' !x' : ''}`,
    );
    const { model, story } = storyOf(lines.join('\n'));
    const [lane] = layoutLanes(story, model, scaled(model, 0, 300));
    const bars = lane?.bars ?? [];
    expect(bars.length).toBeLessThan(110);
    expect(bars.reduce((sum, { visits }) => sum + visits, 0)).toBe(400);
    expect(bars.reduce((sum, { errors }) => sum + errors, 0)).toBe(1);
  });

  test('are joined by arrows where a run begins; arrows on the same pixels stand for one another', () => {
    const { model, story } = storyOf(DESK);
    const lanes = layoutLanes(story, model, scaled(model, 100_000, 1000));
    const arrows = layoutArrows(story, lanes, model, scaled(model, 100_000, 1000), -1);
    expect(arrows.map(({ share, from, to }) => [share, from, to])).toEqual([
      [0.2, 0, 1],
      [0.6, 1, 0],
    ]);
    const many = Array.from({ length: 200 }, (_, i) => `  B agent ${String(i * 4)}-${String(i * 4 + 3)}`);
    const crowd = storyOf(['A agent 0--900', ...many].join('\n'));
    const drawn = layoutLanes(crowd.story, crowd.model, scaled(crowd.model, 0, 300));
    expect(
      layoutArrows(crowd.story, drawn, crowd.model, scaled(crowd.model, 0, 300), -1).length,
    ).toBeLessThan(40);
    const last = at(crowd.story.passages, 199);
    const chosen = layoutArrows(crowd.story, drawn, crowd.model, scaled(crowd.model, 0, 300), last.row);
    expect(chosen.some(({ passage }) => passage === last)).toBe(true);
  });

  test('have an axis with room for its figures', () => {
    const ticks = laneTicks({ now: 0, whole: 12_400_000, width: 634 });
    expect(ticks.map(({ us }) => us)).toEqual([0, 2e6, 4e6, 6e6, 8e6, 10e6, 12e6]);
    expect(ticks.every((tick) => tick.at >= 0 && tick.at <= 1)).toBe(true);
  });
});
