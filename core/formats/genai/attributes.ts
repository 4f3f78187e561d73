/** The attributes of a span as rules ask for them; it remembers what was asked for, so that the rest can be told. */
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import { parseEmbedded } from './embedded-json.ts';
import { findKeySet, wholeWord, type KeySet } from './key-sets.ts';

const NONE: readonly never[] = [];

export class Attributes {
  readonly #keySet: KeySet;
  readonly #values: readonly (Json | undefined)[];
  /** True at the place of each key that a rule asked for. */
  readonly #read: boolean[];

  constructor(attributes: JsonObject) {
    this.#keySet = findKeySet(Object.keys(attributes));
    const { keys } = this.#keySet;
    this.#values = keys.map((key) => attributes[key] ?? undefined);
    this.#read = keys.map(() => false);
  }

  /** Whether any key begins with one of these words, up to the first dot or colon: rules for others need not be asked. */
  hasWord(words: readonly string[]): boolean {
    for (const word of words) if (this.#keySet.words.has(word)) return true;
    return false;
  }

  /** The first of the keys that is there. */
  first(...keys: readonly string[]): Json | undefined {
    let found: Json | undefined;
    for (const key of keys) {
      const place = this.#keySet.places.get(key);
      if (place === undefined) continue;
      const value = this.#values[place];
      if (value === undefined) continue;
      this.#read[place] = true;
      found ??= value;
    }
    return found;
  }

  has(...keys: readonly string[]): boolean {
    return this.first(...keys) !== undefined;
  }

  /** The first that is a text which says something. */
  text(...keys: readonly string[]): string | undefined {
    let found: string | undefined;
    for (const key of keys) {
      const value = this.first(key);
      if (typeof value === 'string' && value !== '') found ??= value;
    }
    return found;
  }

  /** The first that is a number, or a text that writes one. */
  number(...keys: readonly string[]): number | undefined {
    let found: number | undefined;
    for (const key of keys) {
      const value = this.first(key);
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      if (typeof number === 'number' && Number.isFinite(number)) found ??= number;
    }
    return found;
  }

  /** The first that is there, parsed where it is a text that holds JSON. */
  json(...keys: readonly string[]): Json | undefined {
    const value = this.first(...keys);
    return typeof value === 'string' ? (parseEmbedded(value) ?? value) : value;
  }

  object(...keys: readonly string[]): JsonObject | undefined {
    const value = this.json(...keys);
    return isJsonObject(value) ? value : undefined;
  }

  /** Every attribute whose key begins so, without that beginning. */
  below(prefix: string): readonly (readonly [string, Json])[] {
    if (!this.#mayBegin(prefix)) return NONE;
    const found: (readonly [string, Json])[] = [];
    for (const [place, key] of this.#keySet.keys.entries()) {
      const value = this.#values[place];
      if (value === undefined || !key.startsWith(prefix)) continue;
      this.#read[place] = true;
      found.push([key.slice(prefix.length), value]);
    }
    return found;
  }

  hasBelow(...prefixes: readonly string[]): boolean {
    for (const prefix of prefixes) {
      if (!this.#mayBegin(prefix)) continue;
      const { keys } = this.#keySet;
      if (keys.some((key, place) => this.#values[place] !== undefined && key.startsWith(prefix))) return true;
    }
    return false;
  }

  /** Keys that no rule understands. */
  unread(): string[] {
    return this.#keySet.keys.filter(
      (key, place) => this.#read[place] === false && this.#values[place] !== undefined && !isKnown(key),
    );
  }

  #mayBegin(prefix: string): boolean {
    const word = wholeWord(prefix);
    return word === undefined || this.#keySet.words.has(word);
  }
}

/** Keys that say again, in other words, what a rule further left has read, or how a text is to be shown. */
const KNOWN = new Set([
  'input.value',
  'output.value',
  'input',
  'output',
  'name',
  'metadata',
  'langfuse.observation.type',
  'gen_ai.operation.name',
  'gen_ai.provider.name',
  'gen_ai.system',
  'gen_ai.agent.name',
  'mlflow.traceRequestId',
  'mlflow.spanFunctionName',
  'mlflow.spanLogLevel',
]);
const KNOWN_BEGINNINGS = [
  'code.',
  'gen_ai.aggregated_usage.',
  'logfire.',
  'http.',
  'url.',
  'db.',
  'server.',
  'net.',
  'gen_ai.usage.',
  'ai.usage.',
  'llm.token_count.',
  'llm.input_messages.',
  'llm.output_messages.',
  'gcp.vertex.agent.',
];

/** True for a key that is never told as not understood. */
export function isKnown(key: string): boolean {
  return (
    KNOWN.has(key) || key.endsWith('.mime_type') || KNOWN_BEGINNINGS.some((start) => key.startsWith(start))
  );
}
