/** The handoff map: agents, the ways between them, and the tools they call, over many traces. */
import { at } from '../../model/assert.ts';
import { KIND_CODE } from '../../model/span-kind.ts';
import type { CorpusMap, MapEdge, MapNode, MapTool } from '../../rpc/corpus.ts';
import { findBackEdges } from './back-edges.ts';
import { FactBit, type TraceRows } from './corpus-facts.ts';
import type { ReachQueries } from './reach-query.ts';
import { Samples } from './samples.ts';
import { PASSAGE_KINDS } from './story-facts.ts';
import { ReachTally, UsageTally } from './tallies.ts';
import {
  describeScope,
  reachQueries,
  walkTraces,
  type Aggregate,
  type CorpusQuestion,
} from './walk-traces.ts';

class NodeTally {
  runs = 0;
  failed = 0;
  readonly durations = new Samples();
  readonly usage = new UsageTally();
  readonly reach = new ReachTally();
}

class EdgeTally {
  readonly kind: number;
  readonly from: number;
  readonly to: number;
  count = 0;
  failed = 0;
  /** Some of them stand in no handoff span. */
  isGuessed = false;
  readonly answer = new Samples();
  readonly reach = new ReachTally();

  constructor(kind: number, from: number, to: number) {
    this.kind = kind;
    this.from = from;
    this.to = to;
  }
}

class ToolTally {
  /** -1: outside of every run. */
  readonly agent: number;
  readonly tool: number;
  calls = 0;
  failed = 0;
  readonly durations = new Samples();
  readonly reach = new ReachTally();

  constructor(agent: number, tool: number) {
    this.agent = agent;
    this.tool = tool;
  }

  addCall(bits: number, durationUs: number, traceId: string): void {
    this.calls++;
    if ((bits & FactBit.error) !== 0) this.failed++;
    this.durations.add(durationUs);
    this.reach.add(traceId, durationUs);
  }
}

/** Everything that the map counts, trace by trace. */
class MapTallies {
  readonly nodes = new Map<number, NodeTally>();
  readonly edges = new Map<string, EdgeTally>();
  readonly tools = new Map<number, Map<number, ToolTally>>();
  readonly #facts: CorpusQuestion['facts'];

  constructor({ facts }: CorpusQuestion) {
    this.#facts = facts;
  }

  add(trace: TraceRows): void {
    this.#addSpans(trace);
    this.#addPassages(trace);
  }

  #addSpans({ summary, spans: { from, to } }: TraceRows): void {
    const spans = this.#facts.spans.columns;
    for (let row = from; row < to; row++) {
      const bits = at(spans.bits, row);
      const isTool = spans.kind[row] === KIND_CODE.function;
      const durationUs = at(spans.durationUs, row);
      if (isTool) this.#toolOf(bits, row).addCall(bits, durationUs, summary.id);
      if ((bits & FactBit.inRun) === 0 || (bits & (FactBit.run | FactBit.asked)) === 0) continue;
      const node = this.#nodeOf(at(spans.agent, row));
      node.usage.add(spans, row);
      if ((bits & FactBit.run) === 0) continue;
      node.runs++;
      if ((bits & FactBit.runFailed) !== 0) node.failed++;
      node.durations.add(durationUs);
      node.reach.add(summary.id, durationUs);
    }
  }

  #addPassages({ summary, passages: { from, to } }: TraceRows): void {
    const passages = this.#facts.passages.columns;
    for (let i = from; i < to; i++) {
      const [kind, source, target] = [at(passages.kind, i), at(passages.from, i), at(passages.to, i)];
      const key = `${String(kind)} ${String(source)} ${String(target)}`;
      let edge = this.edges.get(key);
      if (edge === undefined) this.edges.set(key, (edge = new EdgeTally(kind, source, target)));
      edge.count++;
      edge.failed += at(passages.failed, i);
      if (passages.isTold[i] === 0) edge.isGuessed = true;
      const answerUs = at(passages.answerUs, i);
      edge.answer.add(answerUs);
      edge.reach.add(summary.id, answerUs);
      this.#nodeOf(source);
      const reached = this.#nodeOf(target);
      if (passages.isUnrun[i] === 1) reached.reach.add(summary.id, -1);
    }
  }

  #nodeOf(agent: number): NodeTally {
    let node = this.nodes.get(agent);
    if (node === undefined) this.nodes.set(agent, (node = new NodeTally()));
    return node;
  }

  #toolOf(bits: number, row: number): ToolTally {
    const spans = this.#facts.spans.columns;
    const agent = (bits & FactBit.inRun) === 0 ? -1 : at(spans.agent, row);
    const tool = at(spans.name, row);
    let ofAgent = this.tools.get(agent);
    if (ofAgent === undefined) this.tools.set(agent, (ofAgent = new Map<number, ToolTally>()));
    let tally = ofAgent.get(tool);
    if (tally === undefined) ofAgent.set(tool, (tally = new ToolTally(agent, tool)));
    return tally;
  }
}

export function* computeCorpusMap(question: CorpusQuestion): Aggregate<CorpusMap> {
  const scope = yield* describeScope(question);
  const tallies = new MapTallies(question);
  yield* walkTraces(question, (trace) => {
    tallies.add(trace);
  });
  const queries = reachQueries(question);
  const nameOf = (code: number): string => question.facts.strings.at(code) ?? '';
  const nodes: MapNode[] = [];
  for (const [agent, tally] of tallies.nodes) {
    yield question.traces.length;
    nodes.push(describeNode(nameOf(agent), tally, queries));
  }
  const edges = describeEdges([...tallies.edges.values()], nameOf, queries);
  const tools: MapTool[] = [];
  for (const tally of [...tallies.tools.values()].flatMap((each) => [...each.values()])) {
    yield question.traces.length;
    tools.push(describeTool(tally, nameOf, queries));
  }
  return {
    scope,
    nodes: nodes.sort((a, b) => b.runs - a.runs || compare(a.agent, b.agent)),
    edges,
    tools: tools.sort((a, b) => b.calls - a.calls || compare(a.tool, b.tool)),
  };
}

function describeNode(agent: string, tally: NodeTally, queries: ReachQueries): MapNode {
  return {
    agent,
    runs: tally.runs,
    failed: tally.failed,
    durations: tally.durations.describe(),
    tokens: tally.usage.tokens(),
    cost: tally.usage.cost(),
    reach: tally.reach.describe(agent === '' || tally.runs === 0 ? null : queries.field('agent', agent)),
  };
}

function describeEdges(
  tallies: readonly EdgeTally[],
  nameOf: (code: number) => string,
  queries: ReachQueries,
): readonly MapEdge[] {
  const leaving = new Map<string, number>();
  for (const { kind, from, count } of tallies) {
    const key = `${String(kind)} ${String(from)}`;
    leaving.set(key, (leaving.get(key) ?? 0) + count);
  }
  const edges = tallies.map((tally): MapEdge => {
    const { kind, from, to, count, failed, answer, reach, isGuessed } = tally;
    return {
      kind: PASSAGE_KINDS[kind] ?? 'handoff',
      from: nameOf(from),
      to: nameOf(to),
      count,
      failed,
      share: count / (leaving.get(`${String(kind)} ${String(from)}`) ?? count),
      isBack: false,
      answer: answer.describe(),
      reach: reach.describe(kind === 0 && !isGuessed ? queries.handoff(nameOf(from), nameOf(to)) : null),
    };
  });
  const back = findBackEdges(edges);
  return edges
    .map((edge) => (back.has(edge) ? { ...edge, isBack: true } : edge))
    .sort((a, b) => b.count - a.count || compare(a.from, b.from) || compare(a.to, b.to));
}

function describeTool(tally: ToolTally, nameOf: (code: number) => string, queries: ReachQueries): MapTool {
  const tool = nameOf(tally.tool);
  const agent = tally.agent < 0 ? null : nameOf(tally.agent);
  return {
    agent,
    tool,
    calls: tally.calls,
    failed: tally.failed,
    durations: tally.durations.describe(),
    reach: tally.reach.describe(agent === null || agent === '' ? null : queries.span({ tool, agent })),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
