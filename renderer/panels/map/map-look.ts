/** By what the lines and cards of the handoff map are made wide and coloured, and what is written on them. */
import type { MapEdge, MapNode } from '../../../core/rpc/corpus.ts';
import { scaleHeat, scaleWidths } from '../../charts/map/map-graph.ts';
import { formatUsd } from '../../format/cost.ts';
import { formatCount, formatCountOf, formatShare } from '../../format/count.ts';
import { formatDuration } from '../../format/duration.ts';

export const WIDTHS = [
  { id: 'traces', label: 'traces' },
  { id: 'count', label: 'handoffs' },
] as const;
export type WidthBy = (typeof WIDTHS)[number]['id'];

export const COLOURS = [
  { id: 'errors', label: 'error rate' },
  { id: 'time', label: 'time, p95' },
  { id: 'tokens', label: 'tokens a run' },
  { id: 'cost', label: 'cost a run' },
] as const;
export type ColourBy = (typeof COLOURS)[number]['id'];

const LEAST_PX = 1.5;
const MOST_PX = 9;

export function edgeWidths(edges: readonly MapEdge[], by: WidthBy): readonly number[] {
  return scaleWidths(
    edges.map(({ count, reach }) => (by === 'count' ? count : reach.traces)),
    LEAST_PX,
    MOST_PX,
  );
}

/** Of every edge how much of the colour it has, 0 to 1; tokens and money are the agents' alone. */
export function edgeHeat(edges: readonly MapEdge[], by: ColourBy): readonly number[] {
  if (by === 'errors') return edges.map(({ failed, count }) => rate(failed, count));
  return by === 'time' ? scaleHeat(edges.map(({ answer }) => answer.p95Us)) : edges.map(() => 0);
}

export function nodeHeat(nodes: readonly MapNode[], by: ColourBy): readonly number[] {
  if (by === 'errors') return nodes.map(({ failed, runs }) => rate(failed, runs));
  return scaleHeat(nodes.map((node) => READ[by](node)));
}

const READ: Readonly<Record<Exclude<ColourBy, 'errors'>, (node: MapNode) => number | null>> = {
  time: ({ durations }) => durations.p95Us,
  tokens: ({ tokens, runs }) => (runs === 0 ? null : (tokens.input + tokens.output) / runs),
  cost: ({ cost, runs }) => (cost.usd === null || runs === 0 ? null : cost.usd / runs),
};

/** A few failures in a hundred are to be seen: the root makes of 1 in 100 a tenth of the colour. */
function rate(failed: number, of: number): number {
  return of === 0 ? 0 : Math.sqrt(failed / of);
}

export function edgeLabel({ count, reach }: MapEdge, by: WidthBy): string {
  return formatCount(by === 'count' ? count : reach.traces);
}

export function describeEdge(edge: MapEdge): string {
  const word = edge.kind === 'handoff' ? 'handoff' : 'call';
  const failed = edge.failed > 0 ? `, ${formatShare(edge.failed, edge.count)} failed` : '';
  return `${agentName(edge.from)} to ${agentName(edge.to)}: ${formatCountOf(edge.count, word)} in ${formatCountOf(edge.reach.traces, 'trace')}${failed}`;
}

/** The line below a name. */
export function describeNode({ runs, durations }: MapNode): string {
  if (runs === 0) return 'no run of it is known';
  const middle = durations.p50Us === null ? '' : ` · p50 ${formatDuration(durations.p50Us)}`;
  return `${formatCountOf(runs, 'run')}${middle}`;
}

export function agentName(agent: string | null): string {
  if (agent === null) return 'outside of every agent';
  return agent === '' ? 'Unnamed agent' : agent;
}

export function costPerRun({ cost, runs }: MapNode): string {
  return cost.usd === null || runs === 0 ? '–' : formatUsd(cost.usd / runs);
}
