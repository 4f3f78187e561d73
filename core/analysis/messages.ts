/**
 * The messages of one model call, read from the `span_data` of a generation or response span. Any of the
 * shapes that the SDKs and the two APIs write; what is not understood is kept as JSON, never dropped.
 */
import { objectAt, ownAt, stringAt, type JsonObject } from '../model/json.ts';
import { readItems } from './message-items.ts';
import type { Message, MessagePart } from './message.ts';

/** What went in and what came out, in order. Empty where the wire did not carry it. Never throws. */
export function readMessages(data: JsonObject): readonly Message[] {
  const response = objectAt(data, 'response') ?? objectAt(data, '_response') ?? {};
  const instructions = stringAt(response, 'instructions') ?? stringAt(data, 'system_instructions') ?? '';
  const input = ownAt(data, 'input') ?? ownAt(data, '_input') ?? ownAt(data, 'input_items');
  const output = ownAt(data, 'output') ?? ownAt(response, 'output') ?? ownAt(data, 'output_items');
  const messages = [
    ...(instructions === '' ? [] : [systemMessage(instructions)]),
    ...readItems(input, 'input'),
    ...readItems(output, 'output'),
  ];
  return nameResults(messages);
}

function systemMessage(text: string): Message {
  return { role: 'system', wireRole: undefined, origin: 'input', parts: [{ kind: 'text', text }] };
}

/** A result names its call by id only; the name stands in an earlier call. */
function nameResults(messages: readonly Message[]): readonly Message[] {
  const names = new Map<string, string>();
  for (const part of messages.flatMap((message) => message.parts)) {
    if (part.kind === 'tool-call' && part.callId !== undefined) names.set(part.callId, part.name);
  }
  if (names.size === 0) return messages;
  return messages.map((message) => ({
    ...message,
    parts: message.parts.map((part): MessagePart => {
      if (part.kind !== 'tool-result' || part.name !== undefined || part.callId === undefined) return part;
      return { ...part, name: names.get(part.callId) };
    }),
  }));
}
