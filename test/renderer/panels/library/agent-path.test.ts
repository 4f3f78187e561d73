import { expect, test } from 'vitest';
import { agentStops, MAX_STOPS } from '../../../../core/store/listed-trace.ts';
import type { TraceSummary } from '../../../../core/model/trace-summary.ts';
import { agentPath, type AgentPath } from '../../../../renderer/panels/library/agent-path.ts';
import { durationScale } from '../../../../renderer/panels/library/duration-scale.ts';

/** The path of a trace as the library lists it. */
function pathOf(trace: Pick<TraceSummary, 'agents' | 'handoffs'>): AgentPath {
  const stops = agentStops(trace);
  return agentPath({ path: stops.slice(0, MAX_STOPS), stops: stops.length });
}

test('the path follows the handoffs, there and back', () => {
  const path = pathOf({
    agents: ['Triage', 'Billing'],
    handoffs: [
      ['Triage', 'Billing'],
      ['Billing', 'Triage'],
    ],
  });
  expect(path.shown).toEqual(['Triage', 'Billing', 'Triage']);
  expect(path.more).toBe(0);
});

test('without handoffs the agents stand in order of their start', () => {
  expect(pathOf({ agents: ['A', 'B'], handoffs: [] }).full).toBe('A → B');
});

test('a long path says how many stops it leaves out', () => {
  const path = pathOf({ agents: ['A', 'B', 'C', 'D', 'E', 'F'], handoffs: [] });
  expect(path.shown).toHaveLength(4);
  expect(path.more).toBe(2);
});

test('a way without an end is cut, and says so', () => {
  const handoffs = Array.from({ length: 50 }, (): [string, string] => ['A', 'B']);
  const path = pathOf({ agents: ['A', 'B'], handoffs });
  expect(path.more).toBe(96);
  expect(path.full.endsWith(' → …')).toBe(true);
});

test('a handoff that failed names nobody', () => {
  expect(pathOf({ agents: [], handoffs: [['A', null]] }).shown).toEqual(['A']);
});

test('bars grow with the duration and stay inside their column', () => {
  const scale = durationScale(10_000);
  expect(scale(10_000)).toBe(1);
  expect(scale(100)).toBeCloseTo(0.1);
  expect(durationScale(1e9)(1e9)).toBe(1);
  expect(scale(-5)).toBe(0);
});
