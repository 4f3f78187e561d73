/** What a span's record says, sorted by how the inspector shows it. Reads hostile JSON, promises nothing. */
import { readMessages } from '../../../core/analysis/messages.ts';
import type { Message } from '../../../core/analysis/message.ts';
import { objectAt, ownAt, stringAt, type Json, type JsonObject } from '../../../core/model/json.ts';
import type { SpanKind } from '../../../core/model/span-kind.ts';

export interface SpanFacts {
  /** The span's own error; `data` where it says more. */
  readonly error: { readonly message: string; readonly data: Json | undefined } | undefined;
  readonly messages: readonly Message[];
  /** What went in and came out of anything but a call of a model. */
  readonly input: Json | undefined;
  readonly output: Json | undefined;
  /** How the span of another tool was read, and what it said that nobody understood; undefined for our own. */
  readonly origin: JsonObject | undefined;
  /** Everything else of `span_data`, as it is. */
  readonly rest: JsonObject;
}

/** Shown elsewhere: as the head of the inspector, or as messages, input and output. */
const SHOWN: Readonly<Partial<Record<SpanKind, readonly string[]>>> = {
  generation: ['type', 'model', 'input', 'output', 'usage', 'system_instructions'],
  response: ['type', 'response_id', 'input', 'response', 'usage', '_input', '_response'],
  function: ['type', 'name', 'input', 'output'],
  guardrail: ['type', 'name', 'triggered', 'input', 'output'],
  handoff: ['type', 'from_agent', 'to_agent'],
  agent: ['type', 'name', 'input', 'output'],
  transcription: ['type', 'model'],
  speech: ['type', 'model'],
};

export function readSpanFacts(record: JsonObject, kind: SpanKind): SpanFacts {
  const data = objectAt(record, 'span_data') ?? {};
  const isModelCall = kind === 'generation' || kind === 'response';
  const around = SHOWN[kind]?.includes('input') === true ? data : (objectAt(data, 'data') ?? {});
  const shown = new Set(SHOWN[kind] ?? ['type']);
  const rest = Object.entries(data).filter(([key, value]) => !shown.has(key) && value !== null);
  return {
    error: readError(record),
    messages: isModelCall ? readMessages(data) : [],
    input: isModelCall ? undefined : (ownAt(around, 'input') ?? undefined),
    output: isModelCall ? undefined : (ownAt(around, 'output') ?? undefined),
    origin: objectAt(record, 'origin'),
    rest: Object.fromEntries(rest),
  };
}

function readError(record: JsonObject): SpanFacts['error'] {
  const error = ownAt(record, 'error');
  if (error === undefined || error === null) return undefined;
  if (typeof error === 'string') return { message: error, data: undefined };
  const object = objectAt(record, 'error') ?? {};
  const message = stringAt(object, 'message');
  if (message === undefined) return { message: 'The span has an error without a message.', data: error };
  return { message, data: ownAt(object, 'data') ?? undefined };
}
