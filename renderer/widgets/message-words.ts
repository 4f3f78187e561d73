/** A message, or a whole call, as plain text: for comparing, for reading without cards, for the clipboard. */
import { assertNever } from '../../core/model/assert.ts';
import type { Message, MessagePart } from '../../core/analysis/message.ts';
import type { Json } from '../../core/model/json.ts';

export function messageText({ parts }: Message): string {
  return parts.map(partText).join('\n');
}

/** Every message under the name of who said it. */
export function callText(messages: readonly Message[]): string {
  return messages
    .map((message) => `${message.wireRole ?? message.role}\n${messageText(message)}`)
    .join('\n\n');
}

/** A value in words: text as it is, anything else as indented JSON. */
export function valueText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

function partText(part: MessagePart): string {
  switch (part.kind) {
    case 'text':
    case 'refusal':
      return part.text;
    case 'reasoning':
      return part.sealed ? '(reasoning, sealed by the provider)' : part.text;
    case 'tool-call':
      return `${part.name}(${valueText(part.input)})`;
    case 'tool-result':
      return valueText(part.output);
    case 'media':
    case 'other':
      return `(${part.type}) ${valueText(part.value)}`;
    default:
      return assertNever(part);
  }
}
