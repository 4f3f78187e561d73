/**
 * What one call of a model shows of the conversation: what it was told that was not said before, and what it
 * said, each tool call with its result. The repeated rest stays at hand, folded.
 */
import type { Json } from '../model/json.ts';
import { at } from '../model/assert.ts';
import { joinToolCalls } from './join-tool-calls.ts';
import { messageKey } from './message-key.ts';
import type { Message, MessagePart } from './message.ts';
import { markRepeated } from './repeated-messages.ts';

export type ToolCallPart = Extract<MessagePart, { kind: 'tool-call' }>;

/** A tool span of the trace. */
export interface ToolRun {
  readonly row: number;
  readonly name: string;
  /** undefined: its record has not been read. */
  readonly input: Json | undefined;
  readonly output: Json | undefined;
}

export type ConversationLine =
  /** Messages that say nothing new; `results` of them stand at their tool calls. */
  | { readonly kind: 'repeated'; readonly messages: readonly Message[]; readonly results: number }
  | { readonly kind: 'message'; readonly message: Message; readonly parts: readonly MessagePart[] }
  | {
      readonly kind: 'tool';
      /** undefined: the span ran, but no message asks for it. */
      readonly call: ToolCallPart | undefined;
      /** undefined: no span tells that it ran. */
      readonly run: ToolRun | undefined;
      /** What the model was told of it; undefined where nothing is known. */
      readonly result: Json | undefined;
    };

export interface CallContext {
  /** Input and output of the call. */
  readonly messages: readonly Message[];
  /** Those of the call that it goes on from; none: it begins anew. */
  readonly before: readonly Message[];
  /** Those of an earlier call of the same agent: its system prompt is not new. */
  readonly earlier: readonly Message[];
  /** Those of the call that goes on from it: they hold results that no span tells. */
  readonly after: readonly Message[];
  readonly runs: readonly ToolRun[];
}

const NO_RUNS: ReadonlyMap<MessagePart, ToolRun | undefined> = new Map();

export function computeLines(context: CallContext): readonly ConversationLine[] {
  const { messages, before, earlier, after } = context;
  const inputs = messages.filter(({ origin }) => origin === 'input');
  const outputs = messages.filter(({ origin }) => origin === 'output');
  const results = readResults([...after, ...inputs]);
  const asked = new Set([...before, ...inputs].flatMap((message) => callIdsOf(message)));
  const repeated = markRepeated(before.map(messageKey), inputs.map(messageKey));
  const known = new Set(earlier.filter(({ role }) => role === 'system').map(messageKey));
  const lines = new LineList(results);
  inputs.forEach((message, i) => {
    // A result is shown at its call; the same prompt of an agent that comes back is not new.
    if (isJoined(message, asked)) lines.repeat(message, true);
    else if (at(repeated, i)) lines.repeat(message, false);
    else if (message.role === 'system' && known.has(messageKey(message))) lines.repeat(message, false);
    else lines.say(message, NO_RUNS);
  });
  const calls = outputs.flatMap(({ parts }) => parts).filter((part) => part.kind === 'tool-call');
  const joined = joinToolCalls(calls, context.runs);
  const runOf = new Map<MessagePart, ToolRun | undefined>(
    calls.map((call, i) => [call, context.runs[joined[i] ?? -1]]),
  );
  for (const message of outputs) lines.say(message, runOf);
  const taken = new Set(joined);
  context.runs.forEach((run, i) => {
    if (!taken.has(i)) lines.add({ kind: 'tool', call: undefined, run, result: run.output });
  });
  return lines.all;
}

class LineList {
  readonly all: ConversationLine[] = [];
  readonly #results: ReadonlyMap<string, Json>;

  constructor(results: ReadonlyMap<string, Json>) {
    this.#results = results;
  }

  add(line: ConversationLine): void {
    this.all.push(line);
  }

  repeat(message: Message, joined: boolean): void {
    const last = this.all.at(-1);
    const results = Number(joined);
    if (last?.kind !== 'repeated') {
      this.all.push({ kind: 'repeated', messages: [message], results });
    } else {
      this.all[this.all.length - 1] = {
        ...last,
        messages: [...last.messages, message],
        results: last.results + results,
      };
    }
  }

  /** Each tool call of a message has a line of its own, in its place. */
  say(message: Message, runs: ReadonlyMap<MessagePart, ToolRun | undefined>): void {
    let parts: MessagePart[] = [];
    const flush = (): void => {
      if (parts.length > 0) this.all.push({ kind: 'message', message, parts });
      parts = [];
    };
    for (const part of message.parts) {
      if (part.kind !== 'tool-call') {
        parts.push(part);
        continue;
      }
      flush();
      const run = runs.get(part);
      const told = part.callId === undefined ? undefined : this.#results.get(part.callId);
      this.all.push({ kind: 'tool', call: part, run, result: run?.output ?? told });
    }
    flush();
    if (message.parts.length === 0) this.all.push({ kind: 'message', message, parts: [] });
  }
}

function readResults(messages: readonly Message[]): ReadonlyMap<string, Json> {
  const results = new Map<string, Json>();
  for (const { parts } of messages) {
    for (const part of parts) {
      if (part.kind === 'tool-result' && part.callId !== undefined) results.set(part.callId, part.output);
    }
  }
  return results;
}

function callIdsOf({ parts }: Message): readonly string[] {
  return parts.flatMap((part) =>
    part.kind === 'tool-call' && part.callId !== undefined ? [part.callId] : [],
  );
}

function isJoined({ parts }: Message, asked: ReadonlySet<string>): boolean {
  return (
    parts.length > 0 &&
    parts.every((part) => part.kind === 'tool-result' && part.callId !== undefined && asked.has(part.callId))
  );
}
