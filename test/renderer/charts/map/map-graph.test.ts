import fc from 'fast-check';
import { expect, test } from 'vitest';

import { buildMapGraph, scaleHeat, scaleWidths } from '../../../../renderer/charts/map/map-graph.ts';

function edge(from: string, to: string, isBack = false): Parameters<typeof buildMapGraph>[1][number] {
  return { kind: 'handoff', from, to, count: 1, isBack };
}

test('an agent stands to the right of those that hand to it, whatever its number of runs', () => {
  const { agents, edges } = buildMapGraph(
    ['Refunds', 'Billing', 'Triage'],
    [edge('Billing', 'Refunds'), edge('Triage', 'Billing'), edge('Refunds', 'Billing', true)],
  );
  expect(agents).toEqual(['Triage', 'Billing', 'Refunds']);
  expect(edges.map(({ fromPlace, toPlace }) => [fromPlace, toPlace])).toEqual([
    [1, 2],
    [0, 1],
    [2, 1],
  ]);
});

test('of two hundred agents the most important are drawn, and the rest is counted', () => {
  const agents = Array.from({ length: 200 }, (_, i) => `agent ${i}`);
  const edges = agents.flatMap((from, i) => agents.slice(i + 1, i + 5).map((to) => edge(from, to)));
  const graph = buildMapGraph(agents, edges);
  expect(graph.agents).toHaveLength(120);
  expect(graph.leftAgents).toBe(80);
  expect(graph.edges).toHaveLength(300);
  expect(graph.leftEdges).toBe(edges.length - 300);
});

test('any graph without a way back is drawn without one', () => {
  const pairs = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 25 });
  fc.assert(
    fc.property(pairs, fc.shuffledSubarray(Array.from({ length: 10 }, (_, i) => i)), (drawn, agents) => {
      const edges = drawn.filter(([a, b]) => a < b).map(([a, b]) => edge(`a${a}`, `a${b}`));
      const graph = buildMapGraph(
        agents.map((i) => `a${i}`),
        edges,
      );
      expect([...graph.agents].sort()).toEqual(agents.map((i) => `a${i}`).sort());
      expect(graph.edges.every(({ fromPlace, toPlace }) => fromPlace < toPlace)).toBe(true);
    }),
  );
});

test('agents that only hand round are drawn all the same', () => {
  expect(buildMapGraph(['A', 'B'], [edge('A', 'B'), edge('B', 'A')]).agents).toEqual(['A', 'B']);
});

test('a hundred times as much is ten times as wide, and what is unknown is not hot', () => {
  expect(scaleWidths([100, 1, 0], 0, 10)).toEqual([10, 1, 0]);
  expect(scaleWidths([0, 0], 2, 10)).toEqual([2, 2]);
  expect(scaleHeat([null, 0.5, 0.25])).toEqual([0, 1, 0.5]);
});
