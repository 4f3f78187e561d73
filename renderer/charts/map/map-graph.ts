/**
 * Which agents and edges of a handoff map are drawn, and in what order: those that lead on stand to the right of
 * those that lead to them, so that only what goes back is drawn back.
 */
import { at } from '../../../core/model/assert.ts';

/** What is needed of an edge of the map. */
export interface MapGraphEdge {
  readonly kind: 'handoff' | 'call';
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly isBack: boolean;
}

export interface MapGraph<Edge extends MapGraphEdge> {
  /** Names of agents, from left to right. */
  readonly agents: readonly string[];
  readonly edges: readonly (Edge & {
    /** Places in `agents`. */
    readonly fromPlace: number;
    readonly toPlace: number;
  })[];
  /** How many are not drawn: more would be read by nobody. */
  readonly leftAgents: number;
  readonly leftEdges: number;
}

const MOST_AGENTS = 120;
const MOST_EDGES = 300;
/** So many lines at least, and so many for each agent, are the main ones. */
const MAIN_EDGES = 24;
const MAIN_EDGES_PER_AGENT = 2;

/** `agents` and `edges`: the most important first. `mainOnly`: no more lines than one can follow. */
export function buildMapGraph<Edge extends MapGraphEdge>(
  agents: readonly string[],
  edges: readonly Edge[],
  mainOnly = false,
): MapGraph<Edge> {
  const shown = new Set(agents.slice(0, MOST_AGENTS));
  const between = edges.filter(({ from, to }) => shown.has(from) && shown.has(to));
  const main = Math.max(MAIN_EDGES, shown.size * MAIN_EDGES_PER_AGENT);
  const drawn = between.slice(0, mainOnly ? Math.min(main, MOST_EDGES) : MOST_EDGES);
  const ordered = orderAgents([...shown], drawn);
  const places = new Map(ordered.map((agent, place) => [agent, place]));
  return {
    agents: ordered,
    edges: drawn.map((edge) => ({
      ...edge,
      fromPlace: places.get(edge.from) ?? -1,
      toPlace: places.get(edge.to) ?? -1,
    })),
    leftAgents: agents.length - shown.size,
    leftEdges: edges.length - drawn.length,
  };
}

/**
 * Agents whose forward edges all come from agents before them, the most important first among those that may
 * stand next. Where edges that are not marked as leading back go round all the same, the most important goes first.
 */
function orderAgents(agents: readonly string[], edges: readonly MapGraphEdge[]): readonly string[] {
  const before = new Map(agents.map((agent) => [agent, new Set<string>()]));
  for (const { from, to, isBack } of edges) if (!isBack && from !== to) before.get(to)?.add(from);
  const ordered: string[] = [];
  const left = [...agents];
  while (left.length > 0) {
    const next = left.findIndex((agent) => before.get(agent)?.size === 0);
    const [agent] = left.splice(Math.max(0, next), 1);
    if (agent === undefined) break;
    ordered.push(agent);
    for (const reached of before.values()) reached.delete(agent);
  }
  return ordered;
}

/** A measure of 0 to 1 for each value, by its square root: what is a hundred times as much is ten times as wide. */
export function scaleWidths(values: readonly number[], leastPx: number, mostPx: number): readonly number[] {
  const most = Math.max(0, ...values);
  return values.map((value) =>
    most <= 0 ? leastPx : leastPx + (mostPx - leastPx) * Math.sqrt(Math.max(0, value) / most),
  );
}

/** Shares of the largest, 0 to 1; of what is unknown 0. */
export function scaleHeat(values: readonly (number | null)[]): readonly number[] {
  const most = values.reduce<number>((largest, value) => Math.max(largest, value ?? 0), 0);
  return Array.from(values, (_, i) => (most <= 0 ? 0 : Math.max(0, at(values, i) ?? 0) / most));
}
