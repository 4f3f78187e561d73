/** Reads the `content` of a message: plain text, or pieces as Chat Completions and Responses spell them. */
import { isJsonObject, ownAt, stringAt, type Json, type JsonObject } from '../model/json.ts';
import type { MessagePart } from './message.ts';

const TEXT_TYPES = new Set(['text', 'input_text', 'output_text', 'summary_text', 'reasoning_text']);
const MEDIA_TYPES = new Set([
  'image',
  'image_url',
  'input_image',
  'audio',
  'input_audio',
  'output_audio',
  'file',
  'input_file',
]);

/** The pieces of a `content`; nothing for null and for empty text. */
export function readContent(content: Json | undefined): MessagePart[] {
  if (typeof content === 'string') return content === '' ? [] : [{ kind: 'text', text: content }];
  if (Array.isArray(content)) return content.flatMap((piece: Json) => readPiece(piece));
  if (isJsonObject(content)) return readPiece(content);
  return [];
}

/** The texts of a list of pieces, one under the other: reasoning summaries and the like. */
export function joinTexts(content: Json | undefined): string {
  return readContent(content)
    .flatMap((part) => (part.kind === 'text' ? [part.text] : []))
    .join('\n\n');
}

function readPiece(piece: Json): MessagePart[] {
  if (typeof piece === 'string') return [{ kind: 'text', text: piece }];
  if (!isJsonObject(piece)) return [{ kind: 'other', type: typeof piece, value: piece }];
  const type = stringAt(piece, 'type') ?? '';
  const text = stringAt(piece, 'text');
  if (text !== undefined && (type === '' || TEXT_TYPES.has(type))) return [{ kind: 'text', text }];
  if (type === 'refusal') return [{ kind: 'refusal', text: stringAt(piece, 'refusal') ?? text ?? '' }];
  if (MEDIA_TYPES.has(type)) return [{ kind: 'media', type, value: piece }];
  if (type === 'tool_use') return [anthropicCall(piece)];
  if (type === 'tool_result') return [anthropicResult(piece)];
  if (type === 'thinking') {
    return [{ kind: 'reasoning', text: stringAt(piece, 'thinking') ?? '', sealed: false }];
  }
  return [{ kind: 'other', type: type === '' ? 'content' : type, value: piece }];
}

/** Models behind an adapter may keep Anthropic's spelling of a tool call inside the content. */
function anthropicCall(piece: JsonObject): MessagePart {
  return {
    kind: 'tool-call',
    name: stringAt(piece, 'name') ?? '',
    callId: stringAt(piece, 'id'),
    input: ownAt(piece, 'input') ?? null,
  };
}

function anthropicResult(piece: JsonObject): MessagePart {
  return {
    kind: 'tool-result',
    name: undefined,
    callId: stringAt(piece, 'tool_use_id'),
    output: ownAt(piece, 'content') ?? null,
  };
}
