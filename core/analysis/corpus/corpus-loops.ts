/** What goes round in many traces: agents that hand to each other, and tools that are asked the same again. */
import { at } from '../../model/assert.ts';
import type { CorpusLoops, LoopRow, RepeatRow } from '../../rpc/corpus.ts';
import type { TraceRows } from './corpus-facts.ts';
import { Samples } from './samples.ts';
import { describeCost, ReachTally } from './tallies.ts';
import { describeScope, walkTraces, type Aggregate, type CorpusQuestion } from './walk-traces.ts';

class LoopTally {
  readonly rounds = new Samples();
  extraUs = 0;
  extraUsd = 0;
  priced = 0;
  unpriced = 0;
  readonly reach = new ReachTally();
}

class RepeatTally {
  calls = 0;
  maxCalls = 0;
  extraUs = 0;
  /** The trace with the most calls, and the first of them in it. */
  example = { traceId: '', row: 0 };
  readonly reach = new ReachTally();
}

/** A loop in a trace may stand there in several turns: those are one row of the trace. */
interface TraceLoop {
  rounds: number;
}

class LoopTallies {
  readonly loops = new Map<number, LoopTally>();
  /** By agent (-1: outside of every run), then by tool. */
  readonly repeats = new Map<number, Map<number, RepeatTally>>();
  readonly #facts: CorpusQuestion['facts'];

  constructor({ facts }: CorpusQuestion) {
    this.#facts = facts;
  }

  add(trace: TraceRows): void {
    this.#addLoops(trace);
    this.#addRepeats(trace);
  }

  #addLoops({ summary, loops: { from, to } }: TraceRows): void {
    if (from === to) return;
    const facts = this.#facts.loops.columns;
    const inTrace = new Map<LoopTally, TraceLoop>();
    for (let i = from; i < to; i++) {
      const key = at(facts.loop, i);
      let tally = this.loops.get(key);
      if (tally === undefined) this.loops.set(key, (tally = new LoopTally()));
      tally.extraUs += at(facts.extraUs, i);
      tally.extraUsd += at(facts.extraUsd, i);
      tally.priced += at(facts.pricedCalls, i);
      tally.unpriced += at(facts.unpricedCalls, i);
      const rounds = (inTrace.get(tally)?.rounds ?? 0) + at(facts.rounds, i);
      inTrace.set(tally, { rounds });
    }
    for (const [tally, { rounds }] of inTrace) {
      tally.rounds.add(rounds);
      tally.reach.add(summary.id, rounds);
    }
  }

  #addRepeats({ summary, repeats: { from, to } }: TraceRows): void {
    const facts = this.#facts.repeats.columns;
    for (let i = from; i < to; i++) {
      const tally = this.#repeatOf(facts.inRun[i] === 1 ? at(facts.agent, i) : -1, at(facts.tool, i));
      const calls = at(facts.calls, i);
      tally.calls += calls;
      tally.extraUs += at(facts.extraUs, i);
      if (calls > tally.maxCalls) {
        tally.maxCalls = calls;
        tally.example = { traceId: summary.id, row: at(facts.row, i) };
      }
      tally.reach.add(summary.id, calls);
    }
  }

  #repeatOf(agent: number, tool: number): RepeatTally {
    let ofAgent = this.repeats.get(agent);
    if (ofAgent === undefined) this.repeats.set(agent, (ofAgent = new Map<number, RepeatTally>()));
    let tally = ofAgent.get(tool);
    if (tally === undefined) ofAgent.set(tool, (tally = new RepeatTally()));
    return tally;
  }
}

/** The id of a span by its trace and its row there; columns of facts do not hold it. */
export type FindSpanId = (traceId: string, row: number) => string;

export function* computeCorpusLoops(
  question: CorpusQuestion,
  findSpanId: FindSpanId,
): Aggregate<CorpusLoops> {
  const scope = yield* describeScope(question);
  const tallies = new LoopTallies(question);
  yield* walkTraces(question, (trace) => {
    tallies.add(trace);
  });
  const { strings } = question.facts;
  const loops = [...tallies.loops].map(([key, tally]) => describeLoop(strings.at(key) ?? '', tally));
  const repeats: RepeatRow[] = [];
  for (const [agent, tools] of tallies.repeats) {
    for (const [tool, tally] of tools) {
      yield question.traces.length;
      repeats.push({
        tool: strings.at(tool) ?? '',
        agent: agent < 0 ? null : (strings.at(agent) ?? ''),
        calls: tally.calls,
        maxCalls: tally.maxCalls,
        extraUs: tally.extraUs,
        reach: tally.reach.describe(null),
        exampleSpanId: findSpanId(tally.example.traceId, tally.example.row),
      });
    }
  }
  return {
    scope,
    loops: loops.sort((a, b) => b.reach.traces - a.reach.traces || b.rounds - a.rounds),
    repeats: repeats.sort((a, b) => b.reach.traces - a.reach.traces || b.calls - a.calls),
  };
}

function describeLoop(names: string, tally: LoopTally): LoopRow {
  const agents = names.split('\n');
  const { totalUs: rounds, p50Us, maxUs } = tally.rounds.describe();
  return {
    agents: [...agents, ...agents.slice(0, 1)],
    rounds,
    p50Rounds: p50Us ?? 0,
    maxRounds: maxUs ?? 0,
    extraUs: tally.extraUs,
    extra: describeCost(tally.extraUsd, tally.priced, tally.unpriced),
    reach: tally.reach.describe(null),
  };
}
