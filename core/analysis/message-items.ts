/** Reads one entry of a model's input or output: a chat message, a completion, or an item of the Responses API. */
import { isJsonObject, objectAt, ownAt, stringAt, type Json, type JsonObject } from '../model/json.ts';
import { joinTexts, readContent } from './message-parts.ts';
import type { Message, MessagePart, MessageRole } from './message.ts';

type Origin = Message['origin'];

/** All messages of an input or output list; a bare string is one message. Never throws. */
export function readItems(value: Json | undefined, origin: Origin): Message[] {
  if (value === undefined || value === null || value === '') return [];
  if (Array.isArray(value)) return value.flatMap((item: Json) => readItem(item, origin));
  return readItem(value, origin);
}

function readItem(item: Json, origin: Origin): Message[] {
  if (typeof item === 'string')
    return [message(origin === 'input' ? 'user' : 'assistant', origin, readContent(item))];
  if (!isJsonObject(item)) return item === null ? [] : [unknownItem('value', item, origin)];
  const choices = ownAt(item, 'choices');
  if (Array.isArray(choices)) return choices.flatMap((choice: Json) => readChoice(choice, origin));
  const outputs = ownAt(item, 'output');
  if (Array.isArray(outputs) && stringAt(item, 'type') === undefined) return readItems(outputs, origin);
  const role = stringAt(item, 'role');
  if (role !== undefined) return [readChatMessage(item, role, origin)];
  return [readResponsesItem(item, stringAt(item, 'type') ?? '', origin)];
}

function readChoice(choice: Json, origin: Origin): Message[] {
  if (!isJsonObject(choice)) return [];
  const inner = objectAt(choice, 'message') ?? objectAt(choice, 'delta');
  return inner === undefined ? [] : [readChatMessage(inner, stringAt(inner, 'role') ?? 'assistant', origin)];
}

function readChatMessage(item: JsonObject, wireRole: string, origin: Origin): Message {
  const role = roleOf(wireRole, origin);
  const content = ownAt(item, 'content');
  if (role === 'tool') {
    const callId = stringAt(item, 'tool_call_id') ?? stringAt(item, 'call_id');
    const result: MessagePart = {
      kind: 'tool-result',
      name: stringAt(item, 'name'),
      callId,
      output: plainOutput(content),
    };
    return message(role, origin, [result], wireRole);
  }
  const thought = stringAt(item, 'reasoning_content') ?? stringAt(item, 'reasoning') ?? '';
  const refusal = stringAt(item, 'refusal');
  const calls = ownAt(item, 'tool_calls');
  const parts: MessagePart[] = [
    ...(thought === '' ? [] : [{ kind: 'reasoning', text: thought, sealed: false } as const]),
    ...readContent(content),
    ...(refusal === undefined ? [] : [{ kind: 'refusal', text: refusal } as const]),
    ...(Array.isArray(calls) ? calls.flatMap((call: Json) => readToolCall(call)) : []),
  ];
  return message(role, origin, parts, wireRole);
}

function readToolCall(call: Json): MessagePart[] {
  if (!isJsonObject(call)) return [{ kind: 'other', type: 'tool_call', value: call }];
  const target = objectAt(call, 'function') ?? objectAt(call, 'custom') ?? call;
  const input = ownAt(target, 'arguments') ?? ownAt(target, 'input') ?? null;
  return [{ kind: 'tool-call', name: stringAt(target, 'name') ?? '', callId: stringAt(call, 'id'), input }];
}

function readResponsesItem(item: JsonObject, type: string, origin: Origin): Message {
  const callId = stringAt(item, 'call_id') ?? stringAt(item, 'callId') ?? stringAt(item, 'id');
  const name = stringAt(item, 'name');
  switch (type) {
    case 'message':
      return readChatMessage(item, origin === 'input' ? 'user' : 'assistant', origin);
    case 'reasoning': {
      const text = [joinTexts(ownAt(item, 'summary')), joinTexts(ownAt(item, 'content'))]
        .filter((piece) => piece !== '')
        .join('\n\n');
      return message('assistant', origin, [{ kind: 'reasoning', text, sealed: text === '' }]);
    }
    case 'function_call':
    case 'custom_tool_call':
    case 'mcp_call': {
      const input = ownAt(item, 'arguments') ?? ownAt(item, 'input') ?? null;
      return message('assistant', origin, [{ kind: 'tool-call', name: name ?? '', callId, input }]);
    }
    case 'function_call_output':
    case 'function_call_result':
    case 'custom_tool_call_output': {
      const output = plainOutput(ownAt(item, 'output'));
      return message('tool', origin, [{ kind: 'tool-result', name, callId, output }]);
    }
    default:
      return readHostedItem(item, type, origin, callId);
  }
}

/** Tools that the provider runs itself, such as `web_search_call`, and whatever comes next. */
function readHostedItem(item: JsonObject, type: string, origin: Origin, callId: string | undefined): Message {
  if (type.endsWith('_call')) {
    const name = type.slice(0, -'_call'.length);
    return message('assistant', origin, [{ kind: 'tool-call', name, callId, input: item }]);
  }
  if (type.endsWith('_call_output') || type.endsWith('_call_result')) {
    const name = type.replace(/_call_(output|result)$/, '');
    const output = ownAt(item, 'output') ?? item;
    return message('tool', origin, [{ kind: 'tool-result', name, callId, output }]);
  }
  return unknownItem(type === '' ? 'item' : type, item, origin);
}

/** `{type: 'text', text}` and lists of one such piece are their text; anything else stays as it is. */
function plainOutput(output: Json | undefined): Json {
  const parts = readContent(output);
  if (parts.length > 0 && parts.every((part) => part.kind === 'text')) {
    return parts.map((part) => part.text).join('\n');
  }
  return output ?? null;
}

function unknownItem(type: string, value: Json, origin: Origin): Message {
  return message(origin === 'input' ? 'user' : 'assistant', origin, [{ kind: 'other', type, value }]);
}

function roleOf(wireRole: string, origin: Origin): MessageRole {
  switch (wireRole) {
    case 'system':
    case 'developer':
      return 'system';
    case 'user':
    case 'assistant':
    case 'tool':
      return wireRole;
    case 'function':
      return 'tool';
    default:
      return origin === 'input' ? 'user' : 'assistant';
  }
}

function message(
  role: MessageRole,
  origin: Origin,
  parts: readonly MessagePart[],
  wireRole?: string,
): Message {
  return { role, wireRole: wireRole === role ? undefined : wireRole, origin, parts };
}
