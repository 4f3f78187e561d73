/**
 * The course of a conversation, from the columns alone: every call of a model, the tools it led to, the
 * passages between agents, in order of time. What was said stands in the records, which are read as they
 * come into sight; a trace of a million spans has its course at once.
 */
import { at } from '../model/assert.ts';
import { KIND_CODE } from '../model/span-kind.ts';
import { SpanFlag } from '../model/span-row.ts';
import type { SpanTable } from '../model/span-table.ts';
import type { EpochUs } from '../model/time.ts';
import type { AgentPassage } from './agent-passages.ts';
import { compareStarts } from './agent-visits.ts';
import type { HandoffStory } from './handoffs.ts';
import type { SpanTree } from './span-tree.ts';

/** A call of a model. Places are those of the entries; -1: none. */
export interface CallEntry {
  readonly kind: 'call';
  readonly row: number;
  /** The run of the agent that made it. */
  readonly visit: number;
  /** The call whose context it goes on from: of the same run, or of the run that passed to it. */
  readonly before: number;
  /** It is the same run, or was handed over: the context goes on, whatever the words say. */
  readonly goesOn: boolean;
  /** The last call of the same agent in an earlier run. */
  readonly earlier: number;
  /** The call that goes on from it first. */
  readonly after: number;
  /** Rows of the tools that ran after it and before the next call of the run. */
  readonly tools: readonly number[];
}

export type ConversationEntry =
  | CallEntry
  /** A tool that ran without any call of a model before it. */
  | { readonly kind: 'tool'; readonly row: number; readonly visit: number }
  /** One agent passing to another; `passage` is its place in the story. */
  | { readonly kind: 'passage'; readonly row: number; readonly passage: number }
  /** A guardrail that tripped. */
  | { readonly kind: 'guardrail'; readonly row: number; readonly visit: number }
  /** Speech that was heard or spoken. */
  | { readonly kind: 'voice'; readonly row: number; readonly visit: number };

const NONE = -1;

/** What is to be put in order: the time, and the turn among what happens at that time. */
interface Placed {
  readonly entries: ConversationEntry[];
  readonly atUs: number[];
  /** What an agent does, then how it passes on, then the next agent. */
  readonly turn: number[];
}

/** `story` is of the same spans and tree. */
export function computeConversation(
  spans: SpanTable,
  tree: SpanTree,
  story: HandoffStory,
): readonly ConversationEntry[] {
  const placed: Placed = { entries: [], atUs: [], turn: [] };
  placeSpans(spans, tree, story, placed);
  placePassages(story, placed);
  const { entries, atUs, turn } = placed;
  // Spans and passages are each nearly in order already, which the sort of a plain list makes use of.
  const order: number[] = [];
  for (let i = 0; i < entries.length; i++) order.push(i);
  order.sort((a, b) => compareStarts(at(atUs, a), at(atUs, b)) || at(turn, a) - at(turn, b));
  return linkCalls(
    story,
    order.map((place) => at(entries, place)),
  );
}

function placeSpans(spans: SpanTable, tree: SpanTree, { visitOf }: HandoffStory, placed: Placed): void {
  const { kind, startUs, flags } = spans.columns;
  for (const row of tree.preorder) {
    const visit = at(visitOf, row);
    const entry = readEntry(at(kind, row), at(flags, row), row, visit);
    if (entry !== undefined) place(placed, entry, at(startUs, row), visit * 2);
  }
}

function place({ entries, atUs, turn }: Placed, entry: ConversationEntry, us: EpochUs, its: number): void {
  entries.push(entry);
  atUs.push(us);
  turn.push(its);
}

function readEntry(kind: number, flags: number, row: number, visit: number): ConversationEntry | undefined {
  switch (kind) {
    case KIND_CODE.generation:
    case KIND_CODE.response:
      return { kind: 'call', row, visit, before: NONE, goesOn: false, earlier: NONE, after: NONE, tools: [] };
    case KIND_CODE.function:
      return { kind: 'tool', row, visit };
    case KIND_CODE.guardrail:
      return (flags & SpanFlag.triggered) === 0 ? undefined : { kind: 'guardrail', row, visit };
    case KIND_CODE.speech:
    case KIND_CODE.transcription:
      return { kind: 'voice', row, visit };
    default:
      return undefined;
  }
}

function placePassages({ passages }: HandoffStory, placed: Placed): void {
  passages.forEach(({ kind, row, atUs, fromVisit, toVisit }, passage) => {
    const turn = kind === 'handoff' ? fromVisit * 2 + 1 : toVisit * 2 - 1;
    place(placed, { kind: 'passage', row, passage }, atUs, turn);
  });
}

/** A call while it is linked to what comes after it. */
type OpenCall = { -readonly [Name in keyof CallEntry]: CallEntry[Name] } & { readonly tools: number[] };

/**
 * Gives tools to the calls that led to them, and each call the one it goes on from. A tool `transfer_to_x`
 * that tells a handoff is none of them: its passage says it.
 */
function linkCalls(
  { passages, visits }: HandoffStory,
  entries: readonly ConversationEntry[],
): readonly ConversationEntry[] {
  const told = new Set(passages.flatMap(({ kind, row }) => (kind === 'handoff' ? [row] : [])));
  const reachedBy = new Map<number, AgentPassage>();
  for (const passage of passages) if (passage.toVisit >= 0) reachedBy.set(passage.toVisit, passage);
  const kept: ConversationEntry[] = [];
  // At the places of what is no call stands nothing.
  const calls: (OpenCall | undefined)[] = [];
  // Places of the last calls, by visit and by the name of the agent.
  const lastOfVisit = new Map<number, number>();
  const lastOfAgent = new Map<number, number>();
  for (const entry of entries) {
    if (entry.kind === 'tool') {
      if (told.has(entry.row)) continue;
      const call = calls[lastOfVisit.get(entry.visit) ?? NONE];
      if (call === undefined) kept.push(entry);
      else call.tools.push(entry.row);
    } else if (entry.kind !== 'call') {
      kept.push(entry);
    } else {
      const { visit } = entry;
      const name = visit < 0 ? NONE : at(visits, visit).name;
      const own = lastOfVisit.get(visit);
      const passage = own === undefined ? reachedBy.get(visit) : undefined;
      const given = passage === undefined || passage.kind === 'call' ? NONE : passage.fromVisit;
      const before = own ?? (given < 0 ? NONE : (lastOfVisit.get(given) ?? NONE));
      const goesOn = before >= 0 && (own !== undefined || passage?.kind === 'handoff');
      const earlier = own === undefined && visit >= 0 ? (lastOfAgent.get(name) ?? NONE) : NONE;
      const call: OpenCall = { ...entry, before, goesOn, earlier, tools: [] };
      const place = kept.push(call) - 1;
      const previous = calls[before];
      if (previous?.after === NONE) previous.after = place;
      calls[place] = call;
      lastOfVisit.set(visit, place);
      lastOfAgent.set(name, place);
    }
  }
  return kept;
}
