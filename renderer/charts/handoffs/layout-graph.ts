/**
 * Places for cards and edges. Edges to an agent that appeared later go forward and are laid out in layers
 * (dagre), so that time runs to the right; those to the same or an earlier agent go back, below:
 *
 *   [Triage] ──▶ [Billing] ──▶ [Refunds]
 *                    ▲             │
 *                    ╰─────────────╯
 */
import { Graph, layout } from '@dagrejs/dagre';
import { at } from '../../../core/model/assert.ts';
import { countCrossings } from './count-crossings.ts';
import { bowPath, forwardPath, type EdgePath, type Point } from './edge-path.ts';

/** All that a place depends on, so that a story that only grew older is not laid out anew. */
export interface GraphShape {
  /** Height of each card with what stands below it, CSS pixels. */
  readonly cards: readonly { readonly height: number }[];
  readonly edges: readonly {
    readonly from: number;
    readonly to: number;
    /** Width of what stands at it, CSS pixels. */
    readonly labelWidth: number;
  }[];
}

export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  /** Upper left corners. */
  readonly cards: readonly Point[];
  readonly edges: readonly (EdgePath & {
    /** Middle of the label. */
    readonly label: Point;
    /** Goes to the same or to an earlier agent. */
    readonly back: boolean;
  })[];
}

export const CARD_WIDTH = 176;
export const CARD_HEIGHT = 54;
export const LABEL_HEIGHT = 18;
const MARGIN = 20;
const BOW_PX = 34;
const SPREAD_PX = 11;

export function layoutGraph(shape: GraphShape): GraphLayout {
  const placed = placeBest(shape);
  const cards = placed.cards.map(({ x, y }) => ({
    x: x - CARD_WIDTH / 2 + MARGIN,
    y: y - CARD_HEIGHT / 2 + MARGIN,
  }));
  const ports = spreadEnds(shape, cards);
  const bows = new Bows(shape, cards);
  const edges = shape.edges.map(({ from, to }, i) => {
    if (to <= from) return { ...bows.draw(from, to), back: true };
    const through = (placed.points[i] ?? []).map(({ x, y }) => ({ x: x + MARGIN, y: y + MARGIN }));
    const points = [at(ports.start, i), ...through, at(ports.end, i)];
    return { ...forwardPath(points), label: middleOf(points), back: false };
  });
  const right = Math.max(0, ...cards.map(({ x }) => x + CARD_WIDTH));
  const bottom = Math.max(0, bows.lowest, ...cards.map(({ y }, i) => y + at(shape.cards, i).height));
  return { width: right + MARGIN, height: bottom + MARGIN, cards, edges };
}

interface Placed {
  readonly cards: readonly Point[];
  /** For each forward edge the points between its ends. */
  readonly points: readonly (readonly Point[])[];
}

/** Cards of a layer stand in the order of their first run, unless fewer lines cross in another. */
function placeBest(shape: GraphShape): Placed {
  const inTime = placeCards(shape, true);
  if (countCrossings(shape, inTime) === 0) return inTime;
  const untangled = placeCards(shape, false);
  return countCrossings(shape, untangled) < countCrossings(shape, inTime) ? untangled : inTime;
}

function placeCards({ cards, edges }: GraphShape, inTime: boolean): Placed {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 16, edgesep: 18, ranksep: 36 });
  // All of one height and as much room above a card as below, so that a row of cards stands in one line.
  const tallest = Math.max(CARD_HEIGHT, ...cards.map(({ height }) => height));
  const height = 2 * tallest - CARD_HEIGHT;
  cards.forEach((_, i) => graph.setNode(String(i), { width: CARD_WIDTH, height }));
  edges.forEach(({ from, to, labelWidth }, i) => {
    if (to <= from) return;
    const label = { width: labelWidth, height: LABEL_HEIGHT, labelpos: 'c' };
    graph.setEdge(String(from), String(to), label, String(i));
  });
  layout(graph, { disableOptimalOrderHeuristic: inTime });
  return {
    cards: cards.map((_, i) => readPoint(graph.node(String(i)))),
    points: edges.map(({ from, to }, i) => {
      if (to <= from) return [];
      const edge: unknown = graph.edge(String(from), String(to), String(i));
      return readPoints(edge).slice(1, -1);
    }),
  };
}

/** What dagre writes has no type of its own. */
function readPoint(value: unknown): Point {
  if (typeof value !== 'object' || value === null || !('x' in value) || !('y' in value)) {
    throw new Error('the layout forgot a place');
  }
  return { x: Number(value.x), y: Number(value.y) };
}

function readPoints(edge: unknown): Point[] {
  const points = typeof edge === 'object' && edge !== null && 'points' in edge ? edge.points : undefined;
  if (!Array.isArray(points)) throw new Error('the layout forgot an edge');
  return points.map(readPoint);
}

/** Edges that share a side of a card get ends of their own, in the order of where they lead. */
function spreadEnds(
  { edges }: GraphShape,
  cards: readonly Point[],
): { readonly start: readonly Point[]; readonly end: readonly Point[] } {
  const place = (near: 'from' | 'to', x: number): Point[] => {
    const far = near === 'from' ? 'to' : 'from';
    return edges.map((edge, i) => {
      const mates = edges
        .map((other, j) => ({ ...other, j }))
        .filter((other) => other[near] === edge[near] && other.to > other.from)
        .sort((a, b) => at(cards, a[far]).y - at(cards, b[far]).y || a.j - b.j);
      const turn = mates.findIndex(({ j }) => j === i) - (mates.length - 1) / 2;
      const step = Math.min(SPREAD_PX, (CARD_HEIGHT - 16) / Math.max(mates.length, 1));
      const card = at(cards, edge[near]);
      return { x: card.x + x, y: card.y + CARD_HEIGHT / 2 + turn * step };
    });
  };
  return { start: place('from', CARD_WIDTH), end: place('to', -2) };
}

/** The middle of a way of points, where its label stands. */
function middleOf(points: readonly Point[]): Point {
  const middle = points[Math.floor(points.length / 2)];
  if (middle !== undefined && points.length % 2 === 1) return middle;
  const [a, b] = [at(points, points.length / 2 - 1), at(points, points.length / 2)];
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

/** Lines that go back: each below all cards that it passes, and below the bows before it. */
class Bows {
  lowest = 0;
  readonly #shape: GraphShape;
  readonly #cards: readonly Point[];
  readonly #taken: { readonly left: number; readonly right: number; readonly bottom: number }[] = [];

  constructor(shape: GraphShape, cards: readonly Point[]) {
    this.#shape = shape;
    this.#cards = cards;
  }

  draw(from: number, to: number): EdgePath & { label: Point } {
    const start = this.#below(from, 0.6);
    const end = this.#below(to, 0.4);
    const [left, right] = [Math.min(start.x, end.x), Math.max(start.x, end.x)];
    const passed = this.#cards.flatMap((card, i) =>
      card.x + CARD_WIDTH > left && card.x < right ? [card.y + at(this.#shape.cards, i).height] : [],
    );
    const before = this.#taken.filter((bow) => bow.right > left && bow.left < right);
    const floor = Math.max(start.y, end.y, ...passed, ...before.map(({ bottom }) => bottom));
    const bottom = floor + BOW_PX;
    // Half-way a Bézier curve has three quarters of its control points, and an eighth of either end.
    const control = (bottom - (start.y + end.y) / 8) / 0.75;
    this.#taken.push({ left, right, bottom: bottom + LABEL_HEIGHT / 2 });
    this.lowest = Math.max(this.lowest, bottom + LABEL_HEIGHT / 2);
    return { ...bowPath(start, end, control), label: { x: (left + right) / 2, y: bottom - 3 } };
  }

  #below(card: number, share: number): Point {
    const { x, y } = at(this.#cards, card);
    return { x: x + CARD_WIDTH * share, y: y + at(this.#shape.cards, card).height + 2 };
  }
}
