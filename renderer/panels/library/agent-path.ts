/** The way of a conversation through its agents, as a list row shows it. */
import type { TraceSummary } from '../../../core/model/trace-summary.ts';

export interface AgentPath {
  readonly shown: readonly string[];
  /** Further stops that are not shown. */
  readonly more: number;
  /** The whole path, for a title. */
  readonly full: string;
}

const MOST_SHOWN = 4;

/** Follows the handoffs where there are any; else names the agents in order of their first start. */
export function agentPath({ handoffs, agents }: Pick<TraceSummary, 'handoffs' | 'agents'>): AgentPath {
  const stops: string[] = [];
  for (const [from, to] of handoffs) {
    if (from !== null && stops.at(-1) !== from) stops.push(from);
    if (to !== null) stops.push(to);
  }
  const path = stops.length > 0 ? stops : agents;
  return {
    shown: path.slice(0, MOST_SHOWN),
    more: Math.max(0, path.length - MOST_SHOWN),
    full: path.join(' → '),
  };
}
