/**
 * Says by one short text what a message is, so that two can be told apart or be the same without keeping
 * their words: contexts are sent again and again, and may be megabytes.
 */
import type { Json } from '../model/json.ts';
import type { Message, MessagePart } from './message.ts';

/**
 * Equal for messages that say the same, whichever side of a call they stand on. The name of a result is left
 * out: it is known only where the call is.
 */
export function messageKey(message: Message): string {
  let key = KEYS.get(message);
  if (key === undefined) {
    const hash = new TextHash();
    for (const part of message.parts) addPart(hash, part);
    key = `${message.role} ${hash.toString()}`;
    KEYS.set(message, key);
  }
  return key;
}

/** A message is asked for its key each time a call near it is drawn. */
const KEYS = new WeakMap<Message, string>();

function addPart(hash: TextHash, part: MessagePart): void {
  hash.add(part.kind);
  switch (part.kind) {
    case 'text':
    case 'refusal':
    case 'reasoning':
      hash.add(part.text);
      return;
    case 'tool-call':
      hash.add(part.callId ?? '');
      hash.add(part.name);
      hash.add(plainText(part.input));
      return;
    case 'tool-result':
      hash.add(part.callId ?? '');
      hash.add(plainText(part.output));
      return;
    case 'media':
    case 'other':
      hash.add(part.type);
      hash.add(plainText(part.value));
  }
}

function plainText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Two independent hashes of 32 bits (FNV-1a and a multiplicative one) and the length: 64 bits and more. */
class TextHash {
  #a = 0x811c9dc5;
  #b = 0x9747b28c;
  #length = 0;

  add(text: string): void {
    for (let i = 0; i < text.length; i++) this.#take(text.charCodeAt(i));
    // No character: where one piece ends and the next begins counts as well.
    this.#take(0x10000);
    this.#length += text.length;
  }

  #take(code: number): void {
    this.#a = Math.imul(this.#a ^ code, 0x01000193);
    this.#b = Math.imul(this.#b + code, 0x85ebca6b) ^ (this.#b >>> 13);
  }

  toString(): string {
    return `${String(this.#length)}-${(this.#a >>> 0).toString(36)}-${(this.#b >>> 0).toString(36)}`;
  }
}
