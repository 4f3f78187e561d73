/**
 * Takes out of records what must not leave. It works on records as they stand in the journal, before anything
 * is folded or written, so every target gets the same; kinds, times, names and counts stay.
 */
import { isJsonObject, objectAt, ownAt, stringAt, type Json, type JsonObject } from '../model/json.ts';
import { ContentWalk } from './content-walk.ts';
import type { IdKind } from './id-keys.ts';
import { fieldClassOf } from './field-classes.ts';
import { mapTexts, type TextMapping } from './map-texts.ts';
import { sanitiseOrigin } from './origin.ts';
import { Pseudonyms, type MakePseudonym } from './pseudonyms.ts';
import { WITHHELD, type SanitiseRule } from './rules.ts';
import { sanitiseData } from './span-data.ts';
import { WithheldTally } from './tally.ts';
import { withholdToolPart } from './tool-parts.ts';

/** Finds what is sensitive in a text by its content. Detectors see every text that would leave. */
export interface TextDetector {
  /**
   * The text with what it found replaced; the same text where it found nothing. Must not throw. `key`: the one that
   * the text stands at. `found` is told the name of each find, in kebab case: it is counted as `detector:<name>`.
   */
  replace(text: string, key: string, found: (name: string) => void): string;
}

export interface SanitiserParts {
  readonly rules: ReadonlySet<SanitiseRule>;
  readonly makePseudonym: MakePseudonym;
  readonly detectors?: readonly TextDetector[];
}

/** What addresses a record and what the times are: never looked at for texts. */
const ADDRESSES = new Set([
  'object',
  'id',
  'trace_id',
  'parent_id',
  'started_at',
  'ended_at',
  'start_time',
  'end_time',
  'event',
  'at',
  'raw_type',
]);
const ITEM_FACTS = new Set([...ADDRESSES, 'workflow_name', 'group_id']);

export class Sanitiser {
  readonly tally = new WithheldTally();
  readonly #rules: ReadonlySet<SanitiseRule>;
  readonly #pseudonyms: Pseudonyms;
  readonly #detectors: readonly TextDetector[];

  constructor({ rules, makePseudonym, detectors = [] }: SanitiserParts) {
    this.#rules = rules;
    this.#detectors = detectors;
    const kinds = new Set<IdKind>((['groups', 'users'] as const).filter((kind) => rules.has(kind)));
    this.#pseudonyms = new Pseudonyms(kinds, makePseudonym, this.tally);
  }

  /** True where the records of a trace are to be learnt before the first of them is asked for. */
  get learns(): boolean {
    return this.#pseudonyms.isOn;
  }

  beginTrace(): void {
    this.#pseudonyms.beginTrace();
  }

  learn(record: Json): void {
    this.#pseudonyms.learn(record);
  }

  record(record: JsonObject): JsonObject {
    const walk = new ContentWalk(this.#rules, this.tally);
    const cut = walk.isStrict ? sanitiseRecord(record, walk) : record;
    const parted = walk.has('tools') ? mapRecord(cut, partsOf(walk)) : cut;
    const done = mapRecord(parted, this.#finishing(walk));
    this.tally.endRecord();
    return done;
  }

  /** What `use` withholds is not counted: a summary only repeats what the records said. */
  quietly<T>(use: () => T): T {
    this.tally.isPaused = true;
    try {
      return use();
    } finally {
      this.tally.isPaused = false;
    }
  }

  /** A note's text, or any other text outside of records. */
  text(text: string): string {
    return this.#text(text, '', NO_TEXTS);
  }

  /** What is left of the record: pseudonyms, copies of what was withheld, detectors. */
  #finishing(walk: ContentWalk): TextMapping {
    // Of two texts the longer one goes first, or the rest of it would stay.
    const withheld = [...walk.texts].sort((a, b) => b.length - a.length);
    return {
      text: (text, key) => this.#text(text, key, withheld),
      value: (key, value) => this.#pseudonyms.at(key, value),
      key: (key) => (this.#pseudonyms.isOn ? this.#pseudonyms.key(key) : key),
    };
  }

  #text(text: string, key: string, withheld: readonly string[]): string {
    let kept = text;
    const isName = fieldClassOf(key, undefined) === 'fact' || NAME_LISTS.has(key);
    for (const copy of withheld) {
      // Names stay, and what was withheld often mentions one.
      if ((isName && copy.length < LONG_COPY) || !kept.includes(copy)) continue;
      kept = kept.replaceAll(copy, WITHHELD);
      this.tally.add('copies');
    }
    if (this.#pseudonyms.isOn) kept = this.#pseudonyms.text(kept);
    for (const detector of this.#detectors) {
      kept = detector.replace(kept, key, (name) => this.tally.add(`detector:${name}`));
    }
    return kept;
  }
}

const NO_TEXTS: readonly string[] = [];
/** No name is as long. */
export const LONG_COPY = 40;
const NAME_LISTS = new Set([
  'workflow_name',
  'handoffs',
  'tools',
  'format',
  'source',
  'kind',
  'service',
  'role',
]);

/** Parts of tools inside messages. They are found before any copy of theirs is looked for. */
function partsOf(walk: ContentWalk): TextMapping {
  return {
    text: (text) => text,
    value: (key, value) => {
      // A span's own data says `type: function` as well; it was judged by its kind.
      const isMessage = key !== 'span_data' && key !== 'private_span_data' && key !== 'item';
      const part = isMessage ? withholdToolPart(key, value) : undefined;
      if (part === undefined || JSON.stringify(part) === JSON.stringify(value)) return undefined;
      walk.drop('tools', value);
      return part;
    },
  };
}

/** Everything of a record but its addresses. */
function mapRecord(record: JsonObject, mapping: TextMapping): JsonObject {
  const isEvent = stringAt(record, 'event') !== undefined;
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => {
      if (ADDRESSES.has(key)) return [key, value];
      if (isEvent && key === 'item' && isJsonObject(value)) return [key, mapRecord(value, mapping)];
      return [key, mapTexts(key, value, mapping)];
    }),
  );
}

function sanitiseRecord(record: JsonObject, walk: ContentWalk): JsonObject {
  const item = objectAt(record, 'item');
  if (stringAt(record, 'event') === undefined || item === undefined) return sanitiseItem(record, walk);
  const spanType = stringAt(objectAt(item, 'span_data') ?? {}, 'type') ?? stringAt(record, 'raw_type');
  const fields: [string, Json][] = [];
  for (const [key, value] of Object.entries(record)) {
    if (key === 'item') fields.push([key, sanitiseItem(item, walk)]);
    else if (key === 'private_span_data' && isJsonObject(value)) {
      fields.push([key, sanitiseData(value, walk, spanType)]);
    } else if (ADDRESSES.has(key)) fields.push([key, walk.fact(value)]);
    else walk.drop('unknown', value);
  }
  return Object.fromEntries(fields);
}

function sanitiseItem(item: JsonObject, walk: ContentWalk): JsonObject {
  const fields: [string, Json][] = [];
  for (const [key, value] of Object.entries(item)) {
    const kept = sanitiseItemField(key, value, walk);
    if (kept !== undefined) fields.push([key, kept]);
  }
  return Object.fromEntries(fields);
}

function sanitiseItemField(key: string, value: Json, walk: ContentWalk): Json | undefined {
  if (ITEM_FACTS.has(key)) return walk.fact(value);
  if (value === null) return null;
  switch (key) {
    case 'span_data':
      return isJsonObject(value) ? sanitiseData(value, walk) : walk.take('unknown', value);
    case 'origin':
      return isJsonObject(value) ? sanitiseOrigin(value, walk) : undefined;
    case 'error':
      return walk.has('errors') ? withholdError(value, walk) : value;
    case 'metadata':
    case 'trace_metadata':
      return withholdMetadata(value, walk);
    default:
      walk.drop('unknown', value);
      return undefined;
  }
}

/** Metadata is an object, and stays one. */
function withholdMetadata(value: Json, walk: ContentWalk): Json {
  if (!walk.has('metadata')) return value;
  walk.drop('metadata', value);
  return null;
}

/** That a tool's error did not end the run is told by the end of its message. */
function withholdError(error: Json, walk: ContentWalk): Json {
  const message = isJsonObject(error) ? ownAt(error, 'message') : undefined;
  const isNonFatal = typeof message === 'string' && message.endsWith('(non-fatal)');
  const kept = isNonFatal ? `${WITHHELD} (non-fatal)` : WITHHELD;
  if (message === kept) return { message: kept };
  walk.drop('errors', error);
  return { message: kept };
}
