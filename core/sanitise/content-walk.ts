/** What one record loses: each withheld value is counted by its rule, and its texts are remembered. */
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { gatherTexts } from './texts.ts';
import { CONTENT_RULES, WITHHELD, type SanitiseRule, type WithheldBy } from './rules.ts';
import type { WithheldTally } from './tally.ts';

export class ContentWalk {
  readonly texts = new Set<string>();
  readonly #rules: ReadonlySet<SanitiseRule>;
  readonly #tally: WithheldTally;
  readonly #isStrict: boolean;

  constructor(rules: ReadonlySet<SanitiseRule>, tally: WithheldTally) {
    this.#rules = rules;
    this.#tally = tally;
    this.#isStrict = CONTENT_RULES.some((rule) => rules.has(rule));
  }

  /** True where any content goes: then what nobody understands goes as well. */
  get isStrict(): boolean {
    return this.#isStrict;
  }

  has(rule: SanitiseRule): boolean {
    return this.#rules.has(rule);
  }

  /** Withholds a value. What says nothing, and what was withheld before, stays as it is. */
  take(rule: WithheldBy, value: Json): Json {
    if (isEmpty(value) || value === WITHHELD) return value;
    this.#tally.add(rule);
    gatherTexts(value, this.texts);
    return WITHHELD;
  }

  /** The same for a field that then is not there at all. */
  drop(rule: WithheldBy, value: Json): void {
    if (isEmpty(value) || value === WITHHELD) return;
    this.#tally.add(rule);
    gatherTexts(value, this.texts);
  }

  /** Numbers at whatever depth; texts and truths among them go, and what stands at a key that is no name. */
  numbers(value: Json): Json {
    if (typeof value === 'number' || value === null) return value;
    if (isJsonList(value)) return value.map((child) => this.numbers(child));
    if (!isJsonObject(value)) {
      this.drop('unknown', value);
      return null;
    }
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, child]): [string, Json][] => {
        const isText = typeof child === 'string' || typeof child === 'boolean';
        if (!isText && COUNT_NAME.test(key)) return [[key, this.numbers(child)]];
        this.drop('unknown', isText ? child : [key, child]);
        return [];
      }),
    );
  }

  /** Names in a list: texts, or the names and types of objects. */
  names(value: Json): Json {
    if (!isJsonList(value)) return this.fact(value);
    return value.map((child) => {
      if (!isJsonObject(child)) return this.fact(child);
      const { name, type, ...rest } = child;
      this.drop('unknown', rest);
      return pick({ name: this.#plain(name), type: this.#plain(type) });
    });
  }

  /** A name, a number or a truth; anything with parts is none. */
  fact(value: Json): Json {
    return typeof value === 'object' && value !== null ? this.take('unknown', value) : value;
  }

  #plain(value: Json | undefined): Json | undefined {
    return value === undefined ? undefined : this.fact(value);
  }
}

/** As programs name what they count; a sentence is no such name. */
const COUNT_NAME = /^[\w.:/-]{1,80}$/;

function isEmpty(value: Json): boolean {
  if (value === null || value === '') return true;
  if (isJsonList(value)) return value.length === 0;
  return isJsonObject(value) && Object.keys(value).length === 0;
}

function pick(fields: { readonly [key: string]: Json | undefined }): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).filter((field): field is [string, Json] => field[1] !== undefined),
  );
}
