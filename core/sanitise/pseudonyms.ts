/**
 * Puts pseudonyms in place of the ids of groups and users, wherever in a trace they stand: at keys that are
 * known to hold one, and as part of any text once an id was learnt. Equal ids get equal pseudonyms.
 */
import { isJsonList, isJsonObject, type Json } from '../model/json.ts';
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
  }

  /** Learns the ids in a record. All records of a trace are to be learnt before one is replaced. */
  learn(record: Json): void {
    const open: Json[] = [record];
    for (let value = open.pop(); value !== undefined; value = open.pop()) {
      if (isJsonList(value)) for (const child of value) open.push(child);
      else if (isJsonObject(value)) {
        for (const [key, child] of Object.entries(value)) {
          const kind = idKindOf(key);
          const id = typeof child === 'number' ? String(child) : child;
          if (kind !== undefined && typeof id === 'string') this.#learn(kind, id);
          else if (typeof child === 'object') open.push(child);
        }
      }
    }
  }

  /** The text with the ids in it replaced. */
  text(text: string): string {
    const whole = this.#byId.get(text);
    if (whole !== undefined) return this.#count(text, whole);
    let replaced = text;
    for (const [id, pseudonym] of this.#byId) {
      if (id.length >= SHORT_ID && replaced.includes(id)) {
        replaced = this.#count(id, replaced.replaceAll(id, pseudonym));
      }
    }
    return replaced;
  }

  /** What stands at a key that holds an id; undefined where the key holds none, or none that is to be replaced. */
  at(key: string, value: Json): string | undefined {
    const kind = idKindOf(key);
    if (kind === undefined || !this.#kinds.has(kind)) return undefined;
    const id = typeof value === 'number' ? String(value) : value;
    if (typeof id !== 'string' || id === '') return undefined;
    this.#learn(kind, id);
    const pseudonym = this.#byId.get(id) ?? this.#make(kind, id);
    this.#tally.add(kind);
    return pseudonym;
  }

  #learn(kind: IdKind, id: string): void {
    if (!this.#kinds.has(kind) || id === '' || this.#byId.size >= MOST_IDS) return;
    if (!this.#byId.has(id)) this.#byId.set(id, this.#make(kind, id));
  }

  #count(id: string, replaced: string): string {
    const pseudonym = this.#byId.get(id) ?? '';
    this.#tally.add(pseudonym.startsWith('group-') ? 'groups' : 'users');
    return replaced;
  }
}
