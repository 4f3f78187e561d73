/** The passages and the rounds of a trace's agents as facts. */
import { at } from '../../model/assert.ts';
import { KIND_CODE } from '../../model/span-kind.ts';
import type { SpanTable } from '../../model/span-table.ts';
import type { AgentPassage } from '../agent-passages.ts';
import { compareStarts } from '../agent-visits.ts';
import type { AgentLoop } from '../handoff-loops.ts';
import type { HandoffStory } from '../handoffs.ts';
import { FactBit, type CorpusFacts, type Stretch } from './corpus-facts.ts';

export interface StoryParts {
  readonly facts: CorpusFacts;
  /** The code of a string of the trace among those of the facts. */
  readonly codes: (code: number) => number;
  readonly spans: SpanTable;
  readonly story: HandoffStory;
  /** Where the facts of the trace's spans begin. */
  readonly first: number;
}

export const PASSAGE_KINDS = ['handoff', 'call'] as const;

/** A run that simply came next was passed to by nobody. */
export function addPassages({ facts, codes, spans, story, first }: StoryParts): Stretch {
  const told = story.passages.filter(({ kind }) => kind !== 'next');
  const from = facts.passages.add(told.length);
  const into = facts.passages.columns;
  const answers = findFirstAnswers({ facts, spans, story, first });
  const { kind, agent, target } = spans.columns;
  told.forEach((passage, n) => {
    const i = from + n;
    into.kind[i] = passage.kind === 'handoff' ? 0 : 1;
    into.from[i] = codes(passage.from);
    into.to[i] = codes(passage.to);
    into.failed[i] = Number(passage.failed);
    into.isUnrun[i] = Number(passage.toVisit < 0);
    into.isTold[i] = Number(
      kind[passage.row] === KIND_CODE.handoff &&
        agent[passage.row] === passage.from &&
        target[passage.row] === passage.to &&
        passage.from !== 0 &&
        passage.to !== 0,
    );
    const answeredUs = passage.toVisit < 0 ? Number.NaN : at(answers, passage.toVisit);
    into.answerUs[i] = Math.max(0, answeredUs - passage.atUs);
  });
  return { from, to: from + told.length };
}

/** By visit: when its first call of a model ended; NaN where none is known. */
function findFirstAnswers({ facts, spans, story, first }: Omit<StoryParts, 'codes'>): Float64Array {
  const { startUs } = spans.columns;
  const { bits, durationUs } = facts.spans.columns;
  const earliest = new Int32Array(story.visits.length).fill(-1);
  if (earliest.length > 0) {
    for (let row = 0; row < spans.length; row++) {
      const visit = at(story.visitOf, row);
      if (visit < 0 || (at(bits, first + row) & FactBit.call) === 0) continue;
      const known = at(earliest, visit);
      if (known < 0 || compareStarts(at(startUs, row), at(startUs, known)) < 0) earliest[visit] = row;
    }
  }
  const ends = new Float64Array(earliest.length).fill(Number.NaN);
  earliest.forEach((row, visit) => {
    if (row >= 0) ends[visit] = at(startUs, row) + at(durationUs, first + row);
  });
  return ends;
}

export function addLoops(parts: StoryParts): Stretch {
  const { facts, codes, story } = parts;
  const { loops } = story;
  const from = facts.loops.add(loops.length);
  if (loops.length === 0) return { from, to: from };
  const into = facts.loops.columns;
  const costs = sumCosts(parts);
  loops.forEach((loop, n) => {
    const names = loop.agents.slice(0, -1).map((code) => facts.strings.at(codes(code)) ?? '');
    into.loop[from + n] = facts.strings.add(turnSmallestFirst(names).join('\n'));
    into.rounds[from + n] = loop.rounds;
    const extra = sumRounds(parts, loop, costs);
    into.extraUs[from + n] = extra.us;
    into.extraUsd[from + n] = extra.usd;
    into.pricedCalls[from + n] = extra.priced;
    into.unpricedCalls[from + n] = extra.unpriced;
  });
  return { from, to: from + loops.length };
}

/** One form for a round, wherever one begins it. The names are different ones. */
export function turnSmallestFirst(names: readonly string[]): readonly string[] {
  const smallest = names.reduce((found, name, i) => (name < at(names, found) ? i : found), 0);
  return [...names.slice(smallest), ...names.slice(0, smallest)];
}

/** By visit: the run of the conversation that it was done for: its own, or that which called it as a tool. */
function findOwners({ visits, passages }: HandoffStory): Int32Array {
  const owners = new Int32Array(visits.length).map((_, visit) => visit);
  const callers = new Map(
    passages.flatMap(({ kind, fromVisit, toVisit }) =>
      kind === 'call' && fromVisit >= 0 && toVisit >= 0 ? [[toVisit, fromVisit] as const] : [],
    ),
  );
  // A visit begins after the one that called it, so that its caller's owner is settled; a clock that lies is no harm.
  visits.forEach((_, visit) => {
    const caller = callers.get(visit);
    if (caller !== undefined && caller < visit) owners[visit] = at(owners, caller);
  });
  return owners;
}

interface RoundSum {
  us: number;
  usd: number;
  priced: number;
  unpriced: number;
}

/** From leaving the agent to being back at it: the time, and what the runs in between cost. */
function sumRounds({ story }: StoryParts, loop: AgentLoop, costs: readonly RoundSum[]): RoundSum {
  const sum: RoundSum = { us: 0, usd: 0, priced: 0, unpriced: 0 };
  const between = new Set<number>();
  loop.closedBy.forEach((closing, n) => {
    const opening = at(loop.openedBy, n);
    const took = at(story.passages, closing).atUs - at(story.passages, opening).atUs;
    if (took > 0) sum.us += took;
    for (const visit of visitsBetween(story.passages, opening, closing)) between.add(visit);
  });
  for (const visit of between) {
    const { usd, priced, unpriced } = at(costs, visit);
    sum.usd += usd;
    sum.priced += priced;
    sum.unpriced += unpriced;
  }
  return sum;
}

/** By visit: what it cost, with the runs that it called as tools. */
function sumCosts({ facts, story, spans, first }: StoryParts): readonly RoundSum[] {
  const owners = findOwners(story);
  const sums = story.visits.map((): RoundSum => ({ us: 0, usd: 0, priced: 0, unpriced: 0 }));
  const { bits, usd } = facts.spans.columns;
  for (let row = 0; row < spans.length; row++) {
    const visit = at(story.visitOf, row);
    if (visit < 0 || (at(bits, first + row) & FactBit.asked) === 0) continue;
    const sum = at(sums, at(owners, visit));
    const cost = at(usd, first + row);
    if (Number.isNaN(cost)) sum.unpriced++;
    else {
      sum.usd += cost;
      sum.priced++;
    }
  }
  return sums;
}

/** The runs that a conversation went through from one handoff to a later one. */
function visitsBetween(
  passages: readonly AgentPassage[],
  opening: number,
  closing: number,
): readonly number[] {
  const visits: number[] = [];
  let reached = at(passages, opening).toVisit;
  for (let i = opening; i <= closing && reached >= 0; i++) {
    const { kind, fromVisit, toVisit } = at(passages, i);
    if (i > opening && (kind !== 'handoff' || fromVisit !== reached)) continue;
    if (i > opening) {
      visits.push(reached);
      reached = toVisit;
    }
  }
  return visits;
}
