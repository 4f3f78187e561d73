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
}

/** `passages` by time. Only handoffs go round: an agent called as a tool twice is no loop. */
export function findHandoffLoops(passages: readonly AgentPassage[]): readonly AgentLoop[] {
  const loops = new Map<string, { agents: readonly number[]; closedBy: number[] }>();
  // One walk for each conversation, known by the visit that it has reached.
  const walks = new Map<number, number[]>();
  passages.forEach(({ kind, from, to, fromVisit, toVisit }, i) => {
    if (kind !== 'handoff' || from === 0 || to === 0 || toVisit < 0) return;
    const walk = walks.get(fromVisit) ?? [from];
    walks.delete(fromVisit);
    walks.set(toVisit, walk);
    const seenAt = walk.indexOf(to);
    if (seenAt < 0) {
      walk.push(to);
      return;
    }
    const agents = [...walk.slice(seenAt), to];
    walk.length = seenAt + 1;
    const key = agents.join(' ');
    const loop = loops.get(key);
    if (loop === undefined) loops.set(key, { agents, closedBy: [i] });
    else loop.closedBy.push(i);
  });
  return [...loops.values()]
    .map(({ agents, closedBy }) => ({ agents, closedBy, rounds: closedBy.length }))
    .sort((a, b) => b.rounds - a.rounds || at(a.closedBy, 0) - at(b.closedBy, 0));
}
