import { expect, test } from 'vitest';
import { agentPath } from '../../../../renderer/panels/library/agent-path.ts';
import { durationScale } from '../../../../renderer/panels/library/duration-scale.ts';

test('the path follows the handoffs, there and back', () => {
  const path = agentPath({
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
  expect(agentPath({ agents: ['A', 'B'], handoffs: [] }).full).toBe('A → B');
});

test('a long path says how many stops it leaves out', () => {
  const path = agentPath({ agents: ['A', 'B', 'C', 'D', 'E', 'F'], handoffs: [] });
  expect(path.shown).toHaveLength(4);
  expect(path.more).toBe(2);
});

test('a handoff that failed names nobody', () => {
  expect(agentPath({ agents: [], handoffs: [['A', null]] }).shown).toEqual(['A']);
});

test('bars grow with the duration and stay inside their column', () => {
  const scale = durationScale([{ durationMs: 100 }, { durationMs: 10_000 }]);
  expect(scale(10_000)).toBe(1);
  expect(scale(100)).toBeCloseTo(0.1);
  expect(durationScale([{ durationMs: 1e9 }])(1e9)).toBe(1);
  expect(scale(-5)).toBe(0);
});
