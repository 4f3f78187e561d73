/** The way of a conversation through its agents, as a list row shows it. */
import type { ListedTrace } from '../../../core/store/listed-trace.ts';

export interface AgentPath {
  readonly shown: readonly string[];
  /** Further stops that are not shown. */
  readonly more: number;
  /** As much of the path as the list keeps, for a title. */
  readonly full: string;
}

const MOST_SHOWN = 4;

export function agentPath({ path, stops }: Pick<ListedTrace, 'path' | 'stops'>): AgentPath {
  return {
    shown: path.slice(0, MOST_SHOWN),
    more: Math.max(0, stops - MOST_SHOWN),
    full: [...path, ...(stops > path.length ? ['…'] : [])].join(' → '),
  };
}
