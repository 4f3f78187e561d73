/**
 * What is around a passage from agent to agent: the call of a model that decided it, and the first answer of
 * the agent that was reached.
 *
 *   Triage    ▒▒▒▒▒▒▒▒▒├ handoff
 *   Billing             ░░░▒▒▒▒▒▒▒▒▒▒├ answer
 *                      └── until the answer ──┘
 */
import { at } from '../model/assert.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import type { SpanTable } from '../model/span-table.ts';
import type { DurationUs } from '../model/time.ts';
import { compareStarts } from './agent-visits.ts';
import type { ConversationEntry } from './conversation.ts';
import type { HandoffStory } from './handoffs.ts';
import type { Message } from './message.ts';

export interface PassageDetail {
  /** The last call of a model in the run that passes on, -1: none is known. */
  readonly decidedBy: number;
  /** The first call of a model in the run that is reached, -1: none is known. */
  readonly answeredBy: number;
  /** From the passage to the end of that call, NaN where unknown or under way. */
  readonly answerUs: DurationUs;
  /** From the passage to the beginning of that call, NaN where unknown. */
  readonly waitUs: DurationUs;
}

/** One detail a passage, in the order of the story's passages. */
export function computePassageDetails(
  spans: SpanTable,
  story: HandoffStory,
  entries: readonly ConversationEntry[],
): readonly PassageDetail[] {
  const callsOf = new Map<number, number[]>();
  for (const entry of entries) {
    if (entry.kind !== 'call') continue;
    const calls = callsOf.get(entry.visit);
    if (calls === undefined) callsOf.set(entry.visit, [entry.row]);
    else calls.push(entry.row);
  }
  const { startUs, endUs } = spans.columns;
  return story.passages.map(({ kind, fromVisit, toVisit, atUs }) => {
    const before = callsOf.get(fromVisit) ?? [];
    const place = kind === 'handoff' ? countUpTo(before, (row) => at(startUs, row), atUs) : 0;
    const answeredBy = toVisit < 0 ? -1 : (callsOf.get(toVisit)?.[0] ?? -1);
    return {
      decidedBy: fromVisit < 0 ? -1 : (before[place - 1] ?? -1),
      answeredBy,
      answerUs: answeredBy < 0 ? NaN : at(endUs, answeredBy) - atUs,
      waitUs: answeredBy < 0 ? NaN : at(startUs, answeredBy) - atUs,
    };
  });
}

/** How many rows, which stand in order of time, begin no later than a time. */
function countUpTo(rows: readonly number[], startOf: (row: number) => number, atUs: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareStarts(startOf(at(rows, middle)), atUs) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The tool call by which a model handed off. */
export interface HandoffReason {
  readonly tool: string;
  readonly callId: string | undefined;
  readonly input: Json;
  /** The arguments in a line; empty where it was given none. */
  readonly text: string;
}

const TRANSFER = /^(transfer|hand_?off|delegate)(_?to)?_?/i;

/**
 * Finds the reason in what the deciding call said. A call whose name holds the agent's name is the one; else
 * the last that reads as a transfer; never any other tool.
 */
export function findHandoffReason(
  messages: readonly Message[],
  target: string | undefined,
): HandoffReason | undefined {
  const calls = messages
    .filter(({ origin }) => origin === 'output')
    .flatMap(({ parts }) => parts)
    .filter((part) => part.kind === 'tool-call' && TRANSFER.test(part.name));
  const wanted = plainName(target ?? '');
  const found =
    calls.findLast(
      (part) => part.kind === 'tool-call' && wanted !== '' && plainName(part.name).endsWith(wanted),
    ) ?? calls.at(-1);
  if (found?.kind !== 'tool-call') return undefined;
  const input = readInput(found.input);
  return { tool: found.name, callId: found.callId, input, text: describeInput(input) };
}

/** `reason: card declined, amount: 42`; the words alone where there is but one field of words. */
export function describeInput(input: Json): string {
  if (isJsonObject(input)) {
    return Object.entries(input)
      .map(([name, value]) => `${name}: ${plainText(value)}`)
      .join(', ');
  }
  return input === null ? '' : plainText(input);
}

function readInput(input: Json): Json {
  if (typeof input !== 'string') return input;
  if (input.trim() === '') return null;
  try {
    return JSON.parse(input) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return input;
    throw error;
  }
}

function plainText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Tool names hold letters, digits and underscores only: `transfer_to_billing_agent` leads to "Billing agent". */
function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '_');
}
