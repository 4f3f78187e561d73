/** Messages that travel as events of a span or as log records beside it, as OpenTelemetry wrote them until 1.36. */
import {
  isJsonList,
  isJsonObject,
  objectAt,
  ownAt,
  stringAt,
  type Json,
  type JsonObject,
} from '../../model/json.ts';
import { Attributes } from './attributes.ts';
import { toMessages } from './message-shapes.ts';

export interface EventMessages {
  readonly input: readonly Json[];
  readonly output: readonly Json[];
}

/** An event's name, and its body or attributes as one object. */
export interface GenaiEvent {
  readonly name: string;
  readonly body: JsonObject;
}

const ROLE_EVENT = /^gen_ai\.(system|user|assistant|tool)\.message$/;

/** True for events that carry messages. */
export function isMessageEvent(name: string): boolean {
  return ROLE_EVENT.test(name) || OTHER_EVENTS.has(name);
}

const OTHER_EVENTS = new Set([
  'gen_ai.choice',
  'gen_ai.content.prompt',
  'gen_ai.content.completion',
  'gen_ai.client.inference.operation.details',
]);

/** In the order of the events. */
export function readMessageEvents(events: readonly GenaiEvent[]): EventMessages {
  const input: Json[] = [];
  const output: Json[] = [];
  for (const { name, body } of events) {
    const attributes = new Attributes(body);
    const role = ROLE_EVENT.exec(name)?.[1];
    if (role !== undefined) input.push(...listOf(toMessages({ role, ...bodyOf(attributes, body) })));
    else if (name === 'gen_ai.choice') output.push(readChoice(attributes, body));
    else if (name === 'gen_ai.content.prompt')
      input.push(...listOf(toMessages(attributes.json('gen_ai.prompt'))));
    else if (name === 'gen_ai.content.completion') {
      output.push(...listOf(toMessages(attributes.json('gen_ai.completion'))));
    } else if (name === 'gen_ai.client.inference.operation.details') {
      input.push(...systemOf(attributes), ...listOf(toMessages(attributes.json('gen_ai.input.messages'))));
      output.push(...listOf(toMessages(attributes.json('gen_ai.output.messages'))));
    }
  }
  return { input, output };
}

/** `gen_ai.system_instructions` as the first message. */
export function systemOf(attributes: Attributes): readonly Json[] {
  const said = attributes.json('gen_ai.system_instructions');
  if (said === undefined) return [];
  return listOf(
    toMessages(Array.isArray(said) ? { role: 'system', parts: said } : { role: 'system', content: said }),
  );
}

function bodyOf(attributes: Attributes, body: JsonObject): JsonObject {
  const content = attributes.object('gen_ai.event.content');
  const calls = attributes.json('tool_calls');
  const id = stringAt(body, 'id');
  return {
    ...plainFields(content ?? body),
    ...(calls !== undefined && { tool_calls: calls }),
    ...(id !== undefined && { tool_call_id: id }),
  };
}

function readChoice(attributes: Attributes, body: JsonObject): Json {
  const content = attributes.object('gen_ai.event.content') ?? body;
  const inner = objectAt(content, 'message') ?? attributes.json('message', 'content');
  const message: JsonObject = isJsonObject(inner) ? inner : { content: inner ?? null };
  const [own = message] = listOf(toMessages({ role: 'assistant', ...message }));
  const calls = attributes.json('tool_calls');
  const finish = ownAt(content, 'finish_reason');
  return {
    ...(isJsonObject(own) ? own : { role: 'assistant', content: own }),
    ...(Array.isArray(calls) && { tool_calls: calls }),
    ...(finish !== undefined && { finish_reason: finish }),
  };
}

const MESSAGE_FIELDS = new Set(['role', 'content', 'parts', 'name', 'tool_call_id', 'tool_calls']);

function plainFields(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([key]) => MESSAGE_FIELDS.has(key)));
}

/** A text is a message of its own only among others. */
export function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return isJsonList(value) ? value : [value];
}
