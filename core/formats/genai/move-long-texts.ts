/** A long text that stands in `span_data` word for word is not kept a second time: `moved` says where it is. */
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../../model/json.ts';

/** Shorter ones cost less than the way to them. */
export const LONG_TEXT = 120;
const MAX_PLACES = 10_000;

export interface MovedTexts {
  /** The attributes without what was moved. */
  readonly kept: JsonObject;
  /** Attribute key to the path in `span_data`, as its keys and places. */
  readonly moved: { readonly [key: string]: readonly (string | number)[] };
}

export function moveLongTexts(attributes: JsonObject, data: JsonObject): MovedTexts {
  const long = Object.keys(attributes).filter((key) => isLong(attributes[key]));
  if (long.length === 0) return { kept: attributes, moved: {} };
  const lengths = new Set(long.map((key) => lengthOf(attributes[key])));
  const places = findTexts(data, lengths);
  const moves = long.flatMap((key) => {
    const value = attributes[key];
    const place = typeof value === 'string' ? places.get(value) : undefined;
    return place === undefined ? [] : [[key, pathTo(place)] as const];
  });
  if (moves.length === 0) return { kept: attributes, moved: {} };
  const moved = Object.fromEntries(moves);
  const kept = Object.entries(attributes).filter(([key]) => !Object.hasOwn(moved, key));
  return { kept: Object.fromEntries(kept), moved };
}

function isLong(value: Json | undefined): boolean {
  return lengthOf(value) >= LONG_TEXT;
}

function lengthOf(value: Json | undefined): number {
  return typeof value === 'string' ? value.length : 0;
}

interface Place {
  readonly value: Json;
  readonly key: string | number;
  /** undefined: the data itself. */
  readonly parent: Place | undefined;
}

/** Texts of these lengths: another could not be one that is looked for, and to remember a long text costs its length. */
function findTexts(data: JsonObject, lengths: ReadonlySet<number>): Map<string, Place> {
  const found = new Map<string, Place>();
  const open: Place[] = [{ value: data, key: '', parent: undefined }];
  for (let seen = 0; seen < MAX_PLACES; seen++) {
    const next = open.pop();
    if (next === undefined) break;
    const { value } = next;
    if (typeof value === 'string') {
      if (lengths.has(value.length)) found.set(value, next);
    } else if (isJsonList(value)) {
      for (let key = 0; key < value.length; key++) push(open, value[key], key, next);
    } else if (isJsonObject(value)) {
      for (const key of Object.keys(value)) push(open, value[key], key, next);
    }
  }
  return found;
}

/** Numbers and words of yes and no are no texts and hold none. */
function push(open: Place[], value: Json | undefined, key: string | number, parent: Place): void {
  const mayHold = typeof value === 'string' || (typeof value === 'object' && value !== null);
  if (mayHold) open.push({ value, key, parent });
}

function pathTo(place: Place): readonly (string | number)[] {
  const path: (string | number)[] = [];
  for (let at = place; at.parent !== undefined; at = at.parent) path.push(at.key);
  return path.reverse();
}
