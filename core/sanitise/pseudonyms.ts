/**
 * Puts pseudonyms in place of the ids of groups and users, wherever in a trace they stand: at keys that are
 * known to hold one, and as part of any text once an id was learnt. Equal ids get equal pseudonyms.
 */
import { isJsonList, isJsonObject, type Json } from '../model/json.ts';
import { mapIdFields } from './id-fields.ts';
import { idKindOf, type IdKind } from './id-keys.ts';
import type { WithheldTally } from './tally.ts';

/** Makes a pseudonym with the key of the export; the key never leaves. */
export type MakePseudonym = (kind: IdKind, id: string) => string;

/** A shorter id stands in too many texts by chance; it is replaced only where it is the whole text. */
const SHORT_ID = 6;
/** So many ids of one trace are learnt. */
const MOST_IDS = 1000;

export class Pseudonyms {
  readonly #kinds: ReadonlySet<IdKind>;
  readonly #make: MakePseudonym;
  readonly #tally: WithheldTally;
  #byId = new Map<string, string>();
  /** Finds any of the longer ids in a text; undefined until it is needed. */
  #anyLong: RegExp | undefined;

  constructor(kinds: ReadonlySet<IdKind>, make: MakePseudonym, tally: WithheldTally) {
    this.#kinds = kinds;
    this.#make = make;
    this.#tally = tally;
  }

  get isOn(): boolean {
    return this.#kinds.size > 0;
  }

  /** Forgets the ids of the trace before. */
  beginTrace(): void {
    this.#byId = new Map();
    this.#anyLong = undefined;
  }

  /** Learns the ids in a record. All records of a trace are to be learnt before one is replaced. */
  learn(record: Json): void {
    const open: Json[] = [record];
    for (let value = open.pop(); value !== undefined; value = open.pop()) {
      if (typeof value === 'string') this.#learnFields(value);
      else if (isJsonList(value)) for (const child of value) open.push(child);
      else if (isJsonObject(value)) {
        for (const [key, child] of Object.entries(value)) {
          const kind = idKindOf(key);
          const id = typeof child === 'number' ? String(child) : child;
          if (kind !== undefined && typeof id === 'string') this.#learn(kind, id);
          else if (typeof child === 'object' || typeof child === 'string') open.push(child);
        }
      }
    }
  }

  /** The text with the ids in it replaced. */
  text(text: string): string {
    const whole = this.#byId.get(text);
    if (whole !== undefined) return this.#count(text, whole);
    return mapIdFields(
      text,
      (kind, id) => this.#pseudonymOf(kind, id),
      (between) => this.#replaceLong(between),
    );
  }

  /** A key that an id was made of; the words that programs name their fields by stay. */
  key(key: string): string {
    return /[\d@]/.test(key) ? this.text(key) : key;
  }

  /** What stands at a key that holds an id; undefined where the key holds none, or none that is to be replaced. */
  at(key: string, value: Json): string | undefined {
    const kind = idKindOf(key);
    const id = typeof value === 'number' ? String(value) : value;
    return kind === undefined || typeof id !== 'string' ? undefined : this.#pseudonymOf(kind, id);
  }

  /** Of the kind that its field says, whatever the same text stands for elsewhere: so joins hold across traces. */
  #pseudonymOf(kind: IdKind, id: string): string | undefined {
    if (id === '' || !this.#kinds.has(kind)) return undefined;
    this.#learn(kind, id);
    this.#tally.add(kind);
    return this.#make(kind, id);
  }

  /** All at once and the longest first: no id is looked for in the pseudonym of another, or in a longer id. */
  #replaceLong(text: string): string {
    if (this.#byId.size === 0) return text;
    this.#anyLong ??= anyOf([...this.#byId.keys()].filter((id) => id.length >= SHORT_ID));
    return text.replace(this.#anyLong, (id) => this.#count(id, this.#byId.get(id) ?? id));
  }

  #learnFields(text: string): void {
    mapIdFields(text, (kind, id) => {
      this.#learn(kind, id);
      return undefined;
    });
  }

  #learn(kind: IdKind, id: string): void {
    if (!this.#kinds.has(kind) || id === '' || this.#byId.size >= MOST_IDS) return;
    if (this.#byId.has(id)) return;
    this.#byId.set(id, this.#make(kind, id));
    this.#anyLong = undefined;
  }

  #count(id: string, replaced: string): string {
    const pseudonym = this.#byId.get(id) ?? '';
    this.#tally.add(pseudonym.startsWith('group-') ? 'groups' : 'users');
    return replaced;
  }
}

/** Any of these texts; where there are none, nothing. */
function anyOf(texts: readonly string[]): RegExp {
  if (texts.length === 0) return /(?!)/g;
  const longestFirst = texts.toSorted((a, b) => b.length - a.length);
  return new RegExp(longestFirst.map((text) => text.replace(/[$()*+./?[\\\]^{|}-]/g, '\\$&')).join('|'), 'g');
}
