/**
 * Messages of every convention, written as Chat Completions writes them, which is what the inspector reads:
 * `role`, `content`, `reasoning_content`, `tool_calls`, and a `tool` message for each result.
 */
import { parseEmbedded } from './embedded-json.ts';
import { isToldTool } from './told-tools.ts';
import { without } from './without.ts';
import { isJsonObject, objectAt, ownAt, stringAt, type Json, type JsonObject } from '../../model/json.ts';

/** A list of messages from whatever holds them; a text stays a text. */
export function toMessages(value: Json | undefined): Json | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (Array.isArray(value)) return value.flatMap((item: Json) => (isToldTool(item) ? [] : toMessage(item)));
  if (!isJsonObject(value)) return typeof value === 'string' ? value : JSON.stringify(value);
  for (const key of ['messages', 'input_messages']) {
    const inner = ownAt(value, key);
    if (Array.isArray(inner)) return toMessages(inner.flat());
  }
  const generations = ownAt(value, 'generations');
  if (Array.isArray(generations)) return toMessages(generations.flat());
  if (ownAt(value, 'choices') !== undefined || ownAt(value, 'output') !== undefined) return [value];
  return toMessage(value);
}

/** One message; a message with several results is several. */
function toMessage(item: Json): Json[] {
  if (!isJsonObject(item)) return [item];
  const inner = objectAt(item, 'message');
  if (inner !== undefined && ownAt(item, 'role') === undefined) return toMessage(inner);
  // LangChain's own serialisation keeps the message in `kwargs`.
  const kwargs = objectAt(item, 'kwargs');
  if (kwargs !== undefined && ownAt(item, 'lc') !== undefined) {
    return toMessage({ type: lastWord(ownAt(item, 'id')), ...kwargs });
  }
  const role = roleOf(item);
  if (role === undefined) return [item];
  const list = ownAt(item, 'parts') ?? ownAt(item, 'content') ?? ownAt(item, 'contents');
  const parts = Array.isArray(list) ? list : writtenParts(list);
  const rest = without(item, 'parts', 'contents', 'role');
  const own = typeof list === 'string' ? { ...rest, content: list } : rest;
  // LangChain leaves the provider's own calls beside the message.
  const beside = objectAt(item, 'additional_kwargs');
  const calls = toToolCalls(ownAt(item, 'tool_calls') ?? (beside && ownAt(beside, 'tool_calls')));
  const message: JsonObject = { role, ...own, ...(calls !== undefined && { tool_calls: calls }) };
  return parts === undefined ? [message] : splitParts(message, parts);
}

/** OpenLLMetry writes the pieces of a message as JSON where it has several. */
function writtenParts(content: Json | undefined): readonly Json[] | undefined {
  if (typeof content !== 'string' || !content.startsWith('[{"type"')) return undefined;
  const parsed = parseEmbedded(content);
  return Array.isArray(parsed) ? parsed : undefined;
}

const ROLES: ReadonlyMap<string, string> = new Map([
  ['human', 'user'],
  ['humanmessage', 'user'],
  ['user', 'user'],
  ['ai', 'assistant'],
  ['aimessage', 'assistant'],
  ['aimessagechunk', 'assistant'],
  ['assistant', 'assistant'],
  ['model', 'assistant'],
  ['system', 'system'],
  ['systemmessage', 'system'],
  ['developer', 'developer'],
  ['tool', 'tool'],
  ['toolmessage', 'tool'],
  ['function', 'tool'],
]);

function roleOf(item: JsonObject): string | undefined {
  const role = stringAt(item, 'role');
  if (role !== undefined) return ROLES.get(role.toLowerCase()) ?? role;
  const type = stringAt(item, 'type');
  const isMessage = ownAt(item, 'content') !== undefined || ownAt(item, 'parts') !== undefined;
  return type !== undefined && isMessage ? ROLES.get(type.toLowerCase()) : undefined;
}

function lastWord(id: Json | undefined): string {
  const last: unknown = Array.isArray(id) ? id.at(-1) : undefined;
  return typeof last === 'string' ? last : '';
}

/** Puts each piece where Chat Completions has it. */
function splitParts(message: JsonObject, parts: readonly Json[]): Json[] {
  const content: Json[] = [];
  const calls: Json[] = [];
  const results: JsonObject[] = [];
  const thoughts: string[] = [];
  for (const piece of parts) {
    const part = isJsonObject(piece) ? (objectAt(piece, 'message_content') ?? piece) : piece;
    if (!isJsonObject(part)) {
      content.push(part);
      continue;
    }
    switch (partType(part)) {
      case 'text':
        content.push({ type: 'text', text: ownAt(part, 'text') ?? ownAt(part, 'content') ?? '' });
        break;
      case 'reasoning':
      case 'thinking':
        thoughts.push(
          stringAt(part, 'content') ?? stringAt(part, 'text') ?? stringAt(part, 'thinking') ?? '',
        );
        break;
      case 'tool_call':
      case 'server_tool_call':
        calls.push(toToolCall(part));
        break;
      case 'tool_call_response':
      case 'server_tool_call_response':
      case 'tool_result':
        results.push(toToolResult(part));
        break;
      default:
        content.push(toMedia(part));
    }
  }
  const rest = without(message, 'content');
  const said: JsonObject = {
    ...rest,
    ...(content.length > 0 && { content: plain(content) }),
    ...(thoughts.length > 0 && { reasoning_content: thoughts.join('\n\n') }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
  const isEmpty = content.length === 0 && thoughts.length === 0 && calls.length === 0;
  return isEmpty && results.length > 0 ? results : [said, ...results];
}

/** The piece's type in the words of OpenTelemetry; Vercel writes them with dashes. */
function partType(part: JsonObject): string {
  const type = (stringAt(part, 'type') ?? '').replaceAll('-', '_');
  if (type === '' && (ownAt(part, 'text') !== undefined || ownAt(part, 'content') !== undefined))
    return 'text';
  if (type === 'output_text' || type === 'input_text') return 'text';
  return type === 'tool_use' ? 'tool_call' : type;
}

/** One text is its text, as most messages are. */
function plain(content: readonly Json[]): Json {
  const [only] = content;
  const isText = content.length === 1 && isJsonObject(only) && stringAt(only, 'type') === 'text';
  return isText ? (ownAt(only, 'text') ?? '') : content;
}

const MEDIA: ReadonlyMap<string, string> = new Map([
  ['blob', 'file'],
  ['uri', 'file'],
  ['image', 'image'],
  ['file', 'file'],
]);

function toMedia(part: JsonObject): Json {
  const type = stringAt(part, 'type') ?? '';
  const modality = stringAt(part, 'modality') ?? '';
  const shown = modality === 'image' || modality === 'audio' ? modality : MEDIA.get(type);
  return shown === undefined ? part : { ...part, type: shown };
}

function toToolCalls(calls: Json | undefined): Json[] | undefined {
  return Array.isArray(calls)
    ? calls.map((call: Json) => (isJsonObject(call) ? toToolCall(call) : call))
    : undefined;
}

/** `{id, type: 'function', function: {name, arguments}}` of any spelling. */
export function toToolCall(call: JsonObject): Json {
  const inner = objectAt(call, 'tool_call') ?? call;
  if (objectAt(inner, 'function') !== undefined) return { type: 'function', ...inner };
  const id = stringAt(inner, 'id') ?? stringAt(inner, 'toolCallId') ?? stringAt(inner, 'tool_call_id');
  const name = stringAt(inner, 'name') ?? stringAt(inner, 'toolName') ?? stringAt(inner, 'tool_name') ?? '';
  const input =
    ownAt(inner, 'arguments') ??
    ownAt(inner, 'args') ??
    ownAt(inner, 'input') ??
    ownAt(inner, 'server_tool_call');
  return { ...(id !== undefined && { id }), type: 'function', function: { name, arguments: input ?? null } };
}

function toToolResult(part: JsonObject): JsonObject {
  const id =
    stringAt(part, 'id') ??
    stringAt(part, 'toolCallId') ??
    stringAt(part, 'tool_call_id') ??
    stringAt(part, 'tool_use_id');
  const name = stringAt(part, 'name') ?? stringAt(part, 'toolName');
  const output = ['response', 'result', 'output', 'content', 'server_tool_call_response']
    .map((key) => ownAt(part, key))
    .find((value) => value !== undefined);
  return {
    role: 'tool',
    ...(id !== undefined && { tool_call_id: id }),
    ...(name !== undefined && { name }),
    content: output ?? null,
  };
}
