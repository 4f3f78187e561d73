import { describe, expect, test } from 'vitest';
import { at } from '../../../../core/model/assert.ts';
import { countCrossings } from '../../../../renderer/charts/handoffs/count-crossings.ts';
import {
  CARD_HEIGHT,
  CARD_WIDTH,
  layoutGraph,
  type GraphLayout,
  type GraphShape,
} from '../../../../renderer/charts/handoffs/layout-graph.ts';

/** `0>1 1>2`: edges between cards by number. */
function shapeOf(drawing: string, cards: number): GraphShape {
  const edges = drawing.split(' ').map((edge) => {
    const [from = 0, to = 0] = edge.split('>').map(Number);
    return { from, to, labelWidth: 80 };
  });
  return { cards: Array.from({ length: cards }, () => ({ height: CARD_HEIGHT + 20 })), edges };
}

function overlaps({ cards }: GraphLayout): boolean {
  return cards.some((a, i) =>
    cards
      .slice(i + 1)
      .some((b) => Math.abs(a.x - b.x) < CARD_WIDTH && Math.abs(a.y - b.y) < CARD_HEIGHT + 20),
  );
}

test('a chain runs to the right in one line, with room for what stands at its edges', () => {
  const { cards, edges } = layoutGraph(shapeOf('0>1 1>2', 3));
  expect(new Set(cards.map(({ y }) => y)).size).toBe(1);
  for (const [i, { label }] of edges.entries()) {
    expect(label.x - 40).toBeGreaterThan(at(cards, i).x + CARD_WIDTH);
    expect(label.x + 40).toBeLessThan(at(cards, i + 1).x);
  }
});

test('cards of different heights still stand in one line', () => {
  const shape = { ...shapeOf('0>1', 2), cards: [{ height: CARD_HEIGHT }, { height: CARD_HEIGHT + 40 }] };
  const { cards } = layoutGraph(shape);
  expect(at(cards, 0).y).toBe(at(cards, 1).y);
});

describe('what goes back', () => {
  test('is drawn below every card that it passes, and moves none of them', () => {
    const forward = layoutGraph(shapeOf('0>1 1>2', 3));
    const looped = layoutGraph(shapeOf('0>1 1>2 2>0', 3));
    expect(looped.cards).toEqual(forward.cards);
    const back = at(looped.edges, 2);
    expect(back.back).toBe(true);
    expect(back.label.y).toBeGreaterThan(at(looped.cards, 0).y + CARD_HEIGHT + 20);
    expect(looped.height).toBeGreaterThan(back.label.y);
  });

  test('twice over the same way is drawn twice, not over itself', () => {
    const { edges } = layoutGraph(shapeOf('0>1 1>0 1>0', 2));
    expect(at(edges, 2).label.y).toBeGreaterThan(at(edges, 1).label.y + 10);
  });

  test('to the same agent is a bow of some width', () => {
    const { edges } = layoutGraph(shapeOf('0>0', 1));
    expect(at(edges, 0).back).toBe(true);
    expect(at(edges, 0).line).not.toBe('');
  });
});

test('agents that one led to stand below each other in the order of their first run', () => {
  const { cards } = layoutGraph(shapeOf('0>1 0>2 0>3 0>4', 5));
  const heights = cards.slice(1).map(({ y }) => y);
  expect(heights).toEqual([...heights].sort((a, b) => a - b));
});

test('where that order tangles the lines, the untangled one is taken', () => {
  const shape = shapeOf('0>2 1>3 0>3 1>2 2>5 3>4', 6);
  const { cards, edges } = layoutGraph(shape);
  expect(overlaps({ cards, edges, width: 0, height: 0 })).toBe(false);
  // Two lines must cross here, and no more need to.
  const points = edges.map(() => []);
  expect(countCrossings(shape, { cards, points })).toBeLessThanOrEqual(1);
});

test('sixty agents find a place each, in less than a second', () => {
  const drawing = Array.from({ length: 59 }, (_, i) => `${String(Math.floor(i / 3))}>${String(i + 1)}`);
  const startMs = performance.now();
  const layout = layoutGraph(shapeOf(drawing.join(' '), 60));
  expect(performance.now() - startMs).toBeLessThan(5000);
  expect(overlaps(layout)).toBe(false);
});

test('one agent alone, and none', () => {
  expect(layoutGraph({ cards: [{ height: CARD_HEIGHT }], edges: [] }).cards).toHaveLength(1);
  expect(layoutGraph({ cards: [], edges: [] })).toMatchObject({ cards: [], edges: [] });
});
