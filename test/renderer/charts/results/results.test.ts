import { expect, test } from 'vitest';
import { chooseGraph } from '../../../../renderer/charts/results/choose-graph.ts';
import { layoutSeries } from '../../../../renderer/charts/results/layout-series.ts';

test('numbers stand where they are on the axis, and columns grow from nothing', () => {
  const points = [0, 1, 3].map((x) => ({ x, y: x * 10 }));
  const { marks, up, foot } = layoutSeries(points, 600, 200);
  const [first, second, third] = marks.map(({ x }) => x);
  expect(((third ?? 0) - (first ?? 0)) / ((second ?? 0) - (first ?? 0))).toBeCloseTo(3);
  expect(marks[0]).toMatchObject({ top: foot, bottom: foot });
  expect(up[0]).toEqual({ at: foot, value: 0 });
});

test('what is below nothing hangs from the line of nothing', () => {
  const { marks } = layoutSeries(
    [
      { x: 'a', y: 5 },
      { x: 'b', y: -5 },
    ],
    600,
    200,
  );
  expect(marks[0]?.bottom).toBe(marks[1]?.top);
});

test('no points, one point and a hundred thousand points are laid out', () => {
  expect(layoutSeries([], 600, 200).marks).toEqual([]);
  expect(layoutSeries([{ x: 'one', y: 1 }], 600, 200).marks).toHaveLength(1);
  const many = Array.from({ length: 100_000 }, (_, x) => ({ x, y: x % 7 }));
  expect(layoutSeries(many, 600, 200).across.length).toBeLessThan(20);
});

test('of a graph that nobody could read the heaviest lines are drawn, and the rest is counted', () => {
  const edges = Array.from({ length: 1000 }, (_, i) => ({
    from: `a${String(i)}`,
    to: `b${String(i)}`,
    weight: i,
  }));
  const nodes = edges.flatMap(({ from, to }) => [from, to]);
  const chosen = chooseGraph({ nodes, edges });
  expect(chosen.nodes.slice(0, 2)).toEqual(['a999', 'b999']);
  expect(chosen.nodes).toHaveLength(60);
  expect(chosen.edges).toHaveLength(30);
  expect([chosen.leftNodes, chosen.leftEdges]).toEqual([1940, 970]);
});

test('a small graph is drawn whole, with the node that leads nowhere', () => {
  const graph = { nodes: ['a', 'b', 'alone'], edges: [{ from: 'a', to: 'b', weight: 1 }] };
  expect(chooseGraph(graph)).toEqual({
    nodes: ['a', 'b', 'alone'],
    edges: [{ from: 0, to: 1, weight: 1 }],
    leftNodes: 0,
    leftEdges: 0,
  });
});
