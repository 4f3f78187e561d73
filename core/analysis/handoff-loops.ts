/**
 * Conversations that come back: a walk from agent to agent that meets one it was at before has gone round.
 * The walk is then cut back to that agent, so that each round counts once:
 *
 *   A → B → C → B → A     rounds: B → C → B, and A → B → A
 */
import { at } from '../model/assert.ts';
import type { AgentPassage } from './agent-passages.ts';

export interface AgentLoop {
  /** Codes of names; the first and the last are the same. */
  readonly agents: readonly number[];
  readonly rounds: number;
  /** Places of the handoffs that closed a round, by time. */
  readonly closedBy: readonly number[];
  /** Places of those by which the round was begun: each left the agent that the round came back to. */
  readonly openedBy: readonly number[];
}

interface Walk {
  readonly agents: number[];
  /** The handoff by which each of them was left last. */
  readonly leftBy: number[];
}

/** `passages` by time. Only handoffs go round: an agent called as a tool twice is no loop. */
export function findHandoffLoops(passages: readonly AgentPassage[]): readonly AgentLoop[] {
  const loops = new Map<string, { agents: readonly number[]; closedBy: number[]; openedBy: number[] }>();
  // One walk for each conversation, known by the visit that it has reached.
  const walks = new Map<number, Walk>();
  passages.forEach(({ kind, from, to, fromVisit, toVisit }, i) => {
    if (kind !== 'handoff' || from === 0 || to === 0 || toVisit < 0) return;
    const walk = walks.get(fromVisit) ?? { agents: [from], leftBy: [] };
    walks.delete(fromVisit);
    walks.set(toVisit, walk);
    walk.leftBy[walk.agents.length - 1] = i;
    const seenAt = walk.agents.indexOf(to);
    if (seenAt < 0) {
      walk.agents.push(to);
      return;
    }
    const agents = [...walk.agents.slice(seenAt), to];
    const openedBy = walk.leftBy[seenAt] ?? i;
    walk.agents.length = seenAt + 1;
    const key = agents.join(' ');
    const loop = loops.get(key);
    if (loop === undefined) loops.set(key, { agents, closedBy: [i], openedBy: [openedBy] });
    else {
      loop.closedBy.push(i);
      loop.openedBy.push(openedBy);
    }
  });
  return [...loops.values()]
    .map((loop) => ({ ...loop, rounds: loop.closedBy.length }))
    .sort((a, b) => b.rounds - a.rounds || at(a.closedBy, 0) - at(b.closedBy, 0));
}
