/** What a span's record says, sorted by how the inspector shows it. Reads hostile JSON, promises nothing. */
import { readMessages } from '../../../core/analysis/messages.ts';
import type { Message } from '../../../core/analysis/message.ts';
import {
  isJsonList,
  isJsonObject,
  objectAt,
  ownAt,
  stringAt,
  type Json,
  type JsonObject,
} from '../../../core/model/json.ts';
import type { SpanKind } from '../../../core/model/span-kind.ts';

export interface SpanFacts {
  /** The span's own error; `data` where it says more. */
  readonly error:
    | { readonly message: string; readonly data: Json | undefined; readonly stack: string | undefined }
    | undefined;
  readonly messages: readonly Message[];
  /** What went in and came out of anything but a call of a model. */
  readonly input: Json | undefined;
  readonly output: Json | undefined;
  /** How the span of another tool was read; undefined for our own. */
  readonly origin: JsonObject | undefined;
  /** What the other tool said of the span, word for word. */
  readonly attributes: JsonObject;
  readonly events: readonly SpanEvent[];
  /** Everything else of `span_data`, as it is. */
  readonly rest: JsonObject;
}

export interface SpanEvent {
  readonly name: string;
  /** ISO 8601; undefined where it was not said. */
  readonly at: string | undefined;
  readonly attributes: JsonObject | undefined;
}

/** Shown elsewhere: as the head of the inspector, or as messages, input and output. */
const SHOWN: Readonly<Partial<Record<SpanKind, readonly string[]>>> = {
  generation: [
    ...['type', 'model', 'input', 'output', 'usage', 'system_instructions', 'model_config', 'provider'],
    ...['finish_reason', 'time_to_first_token_ms', 'recorded_cost'],
  ],
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
  const origin = objectAt(record, 'origin');
  const rest = Object.entries(data).filter(([key, value]) => !shown.has(key) && value !== null);
  return {
    error: readError(record),
    messages: isModelCall ? readMessages(data) : [],
    input: isModelCall ? undefined : (ownAt(around, 'input') ?? undefined),
    output: isModelCall ? undefined : (ownAt(around, 'output') ?? undefined),
    origin,
    attributes: objectAt(origin ?? {}, 'attributes') ?? {},
    events: readEvents(ownAt(origin ?? {}, 'events')),
    rest: Object.fromEntries(rest),
  };
}

function readEvents(events: Json | undefined): readonly SpanEvent[] {
  if (!isJsonList(events)) return [];
  return events.filter(isJsonObject).map((event) => ({
    name: stringAt(event, 'name') ?? '(no name)',
    at: stringAt(event, 'at') ?? stringAt(event, 'time'),
    attributes: objectAt(event, 'attributes'),
  }));
}

/** Where the field keeps the stack of an error. */
const STACKS = ['stacktrace', 'stack', 'traceback', 'stack_trace'];

function readError(record: JsonObject): SpanFacts['error'] {
  const error = ownAt(record, 'error');
  if (error === undefined || error === null) return undefined;
  if (typeof error === 'string') return { message: error, data: undefined, stack: undefined };
  const object = objectAt(record, 'error') ?? {};
  const message = stringAt(object, 'message');
  if (message === undefined) {
    return { message: 'The span has an error without a message.', data: error, stack: undefined };
  }
  const said = ownAt(object, 'data') ?? undefined;
  const data = objectAt(object, 'data');
  const key = STACKS.find((name) => data !== undefined && stringAt(data, name) !== undefined);
  if (data === undefined || key === undefined) return { message, data: said, stack: undefined };
  const others = Object.entries(data).filter(([name]) => name !== key);
  return {
    message,
    data: others.length > 0 ? Object.fromEntries(others) : undefined,
    stack: stringAt(data, key),
  };
}
