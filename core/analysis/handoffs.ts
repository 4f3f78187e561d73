/**
 * The agents of a trace as one story: who ran when, who passed to whom, how often, what went round and what
 * failed. Everything names rows, so that whatever is drawn of it leads to its spans.
 */
import { at } from '../model/assert.ts';
import type { SpanTable } from '../model/span-table.ts';
import { computePassages, type AgentPassage, type PassageKind } from './agent-passages.ts';
import { computeAgentVisits, type AgentVisit, type ToolUse } from './agent-visits.ts';
import { findHandoffLoops, type AgentLoop } from './handoff-loops.ts';
import type { SpanTree } from './span-tree.ts';

export interface StoryAgent {
  /** Code of the name in the table's strings; 0: a nameless agent, or the end of a handoff to nobody. */
  readonly name: number;
  /** Places in the visits, by time; none: it was named by a handoff but never ran. */
  readonly visits: readonly number[];
  readonly errors: number;
  /** -1: none. */
  readonly firstErrorRow: number;
  /** By the code of the tool's name, in order of the first call. */
  readonly tools: ReadonlyMap<number, ToolUse>;
}

/** All passages of one kind between two agents. */
export interface StoryEdge {
  readonly kind: PassageKind;
  /** Places in the agents. */
  readonly from: number;
  readonly to: number;
  /** Places in the passages, by time. */
  readonly passages: readonly number[];
  readonly failed: number;
  /** No span tells any of them. */
  readonly inferred: boolean;
}

export interface HandoffStory {
  /** In order of their first appearance. */
  readonly agents: readonly StoryAgent[];
  readonly visits: readonly AgentVisit[];
  /** The visit that a span belongs to, -1 for none; by row. */
  readonly visitOf: Int32Array;
  readonly passages: readonly AgentPassage[];
  readonly edges: readonly StoryEdge[];
  readonly loops: readonly AgentLoop[];
}

/** `spans` are folded and linked. Linear in the spans. */
export function computeHandoffs(spans: SpanTable, tree: SpanTree): HandoffStory {
  const { visits, visitOf } = computeAgentVisits(spans, tree);
  const passages = computePassages(spans, tree, { visits, visitOf });
  const agents = gatherAgents(visits, passages);
  const edges = gatherEdges(agents, passages);
  return { agents, visits, visitOf, passages, edges, loops: findHandoffLoops(passages) };
}

function gatherAgents(
  visits: readonly AgentVisit[],
  passages: readonly AgentPassage[],
): readonly StoryAgent[] {
  const byName = new Map<number, number[]>();
  visits.forEach(({ name }, i) => {
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [i]);
    else known.push(i);
  });
  for (const { from, to } of passages) {
    for (const name of [from, to]) if (!byName.has(name)) byName.set(name, []);
  }
  return [...byName].map(([name, places]) => summarizeAgent(name, places, visits));
}

function summarizeAgent(name: number, places: readonly number[], visits: readonly AgentVisit[]): StoryAgent {
  let errors = 0;
  let firstErrorRow = -1;
  const tools = new Map<number, ToolUse>();
  for (const place of places) {
    const visit = at(visits, place);
    errors += visit.errors;
    if (firstErrorRow < 0) firstErrorRow = visit.firstErrorRow;
    for (const [tool, use] of visit.tools) tools.set(tool, addUse(tools.get(tool), use));
  }
  return { name, visits: places, errors, firstErrorRow, tools };
}

function addUse(known: ToolUse | undefined, use: ToolUse): ToolUse {
  if (known === undefined) return use;
  return {
    calls: known.calls + use.calls,
    errors: known.errors + use.errors,
    firstRow: known.firstRow,
    firstErrorRow: known.firstErrorRow >= 0 ? known.firstErrorRow : use.firstErrorRow,
  };
}

function gatherEdges(agents: readonly StoryAgent[], passages: readonly AgentPassage[]): readonly StoryEdge[] {
  const placeOf = new Map(agents.map(({ name }, i) => [name, i]));
  const edges = new Map<string, { kind: PassageKind; from: number; to: number; passages: number[] }>();
  passages.forEach(({ kind, from, to }, i) => {
    const key = `${kind} ${String(from)} ${String(to)}`;
    const known = edges.get(key);
    if (known === undefined) {
      edges.set(key, { kind, from: placeOf.get(from) ?? 0, to: placeOf.get(to) ?? 0, passages: [i] });
    } else {
      known.passages.push(i);
    }
  });
  return [...edges.values()].map((edge) => ({
    ...edge,
    failed: edge.passages.filter((i) => at(passages, i).failed).length,
    inferred: edge.passages.every((i) => at(passages, i).inferred),
  }));
}
