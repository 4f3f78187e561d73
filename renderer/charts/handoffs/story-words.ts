/** What the story of a trace's agents says in words: names, figures, and a sentence for every arrow. */
import type { AgentPassage, PassageKind } from '../../../core/analysis/agent-passages.ts';
import type { HandoffStory, StoryAgent, StoryEdge } from '../../../core/analysis/handoffs.ts';
import { at } from '../../../core/model/assert.ts';
import type { DurationUs } from '../../../core/model/time.ts';
import { formatCount, formatCountOf } from '../../format/count.ts';
import { formatDuration } from '../../format/duration.ts';
import type { FlameModel } from '../flame/model.ts';
import { drawnEnd } from '../../../core/flame/walk-row.ts';

export const KIND_WORD: Readonly<Record<PassageKind, string>> = {
  handoff: 'Handoff',
  call: 'Call',
  next: 'Next run',
};

/** The name of an agent; a handoff may name nobody, and an agent may have no name. */
export function nameOf(model: FlameModel, agent: Pick<StoryAgent, 'name' | 'visits'>): string {
  const name = model.table.strings.at(agent.name);
  return name ?? (agent.visits.length > 0 ? 'Unnamed agent' : 'Nobody');
}

/** `1 run · 2.00 s`, `3 runs · 12.4 s`, `running · 2.40 s`, `never ran`. */
export function runsOf(model: FlameModel, story: HandoffStory, agent: StoryAgent, now: DurationUs): string {
  const count = agent.visits.length;
  if (count === 0) return 'never ran';
  const time = formatDuration(timeOf(model, story, agent, now));
  const running = agent.visits.some((visit) => at(story.visits, visit).open);
  if (running) return count === 1 ? `running · ${time}` : `${formatCount(count)} runs, one running · ${time}`;
  return `${formatCountOf(count, 'run')} · ${time}`;
}

/** All runs of an agent together. */
export function timeOf(
  model: FlameModel,
  story: HandoffStory,
  agent: StoryAgent,
  now: DurationUs,
): DurationUs {
  return agent.visits.reduce((sum, visit) => {
    const { row } = at(story.visits, visit);
    return sum + drawnEnd(model, row, now) - at(model.start, row);
  }, 0);
}

export interface ToolWords {
  readonly text: string;
  readonly failed: boolean;
  /** The first call, or the first that failed. */
  readonly row: number;
}

/** `refund_payment ×2, 1 failed`, `lookup_invoice ×1`: what failed first, so that no cut hides it. */
export function toolsOf(model: FlameModel, { tools }: StoryAgent): readonly ToolWords[] {
  const words = [...tools].map(([name, { calls, errors, firstRow, firstErrorRow }]) => {
    const failed = errors === 0 ? '' : calls === errors ? ' failed' : `, ${formatCount(errors)} failed`;
    const text = `${model.table.strings.at(name) ?? 'tool'} ×${formatCount(calls)}${failed}`;
    return { text, failed: errors > 0, row: errors > 0 ? firstErrorRow : firstRow };
  });
  return words.sort((a, b) => Number(b.failed) - Number(a.failed));
}

/** How far into the trace a passage was: `1.92 s in`. */
export function timeIn(model: FlameModel, { atUs }: AgentPassage): string {
  const offset = Math.max(0, atUs - model.originUs);
  return Number.isFinite(offset) ? `${formatDuration(offset)} in` : 'time unknown';
}

/** What stands at an edge: `1.92 s in`, `3× from 1.92 s in`. */
export function labelOf(model: FlameModel, story: HandoffStory, edge: StoryEdge): string {
  const first = timeIn(model, at(story.passages, at(edge.passages, 0)));
  const count = edge.passages.length;
  const label = count === 1 ? first : `${formatCount(count)}×, ${first}`;
  return edge.inferred ? `${label}, inferred` : label;
}

/** One passage as a sentence, for titles and screen readers. */
export function sentenceOf(model: FlameModel, story: HandoffStory, passage: AgentPassage): string {
  const name = (code: number): string =>
    nameOf(model, story.agents.find((agent) => agent.name === code) ?? { name: code, visits: [] });
  const marks = [
    ...(passage.inferred ? ['inferred: no handoff span tells it'] : []),
    ...(passage.failed ? ['with an error'] : []),
    ...(passage.toVisit < 0 && passage.to !== 0 ? ['the agent never ran'] : []),
  ];
  const arrow = `${KIND_WORD[passage.kind]} from ${name(passage.from)} to ${name(passage.to)}`;
  return [`${arrow}, ${timeIn(model, passage)}`, ...marks].join(', ');
}

/** The whole story in a line: `3 agents, 2 handoffs, 1 loop`. */
export function summaryOf(model: FlameModel, story: HandoffStory): string {
  const count = (kind: PassageKind): number => story.passages.filter((each) => each.kind === kind).length;
  const handoffs = count('handoff');
  const calls = count('call');
  return [
    formatCountOf(story.agents.filter(({ visits }) => visits.length > 0).length, 'agent'),
    formatCountOf(handoffs, 'handoff'),
    ...(calls > 0 ? [formatCountOf(calls, 'call')] : []),
    ...(handoffs > 0 ? [loopWords(model, story)] : []),
  ].join(', ');
}

function loopWords(model: FlameModel, { loops }: HandoffStory): string {
  const [longest] = loops;
  if (longest === undefined) return 'no loop';
  if (loops.length > 1) return `${formatCount(loops.length)} loops`;
  const names = longest.agents.map((code) => model.table.strings.at(code) ?? '?');
  return `loop ${names.join(' → ')}${longest.rounds > 1 ? ` ×${formatCount(longest.rounds)}` : ''}`;
}
