/** A long text that stands in `span_data` word for word is not kept a second time: `moved` says where it is. */
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';

/** Shorter ones cost less than the way to them. */
const LONG_TEXT = 120;
const MAX_PLACES = 10_000;

export interface MovedTexts {
  /** The attributes without what was moved. */
  readonly kept: JsonObject;
  /** Attribute key to the path in `span_data`, as its keys and places. */
  readonly moved: { readonly [key: string]: readonly (string | number)[] };
}

export function moveLongTexts(attributes: JsonObject, data: JsonObject): MovedTexts {
  const long = Object.entries(attributes).filter(([, value]) => isLong(value));
  if (long.length === 0) return { kept: attributes, moved: {} };
  const places = findTexts(data);
  const moves = long.flatMap(([key, value]) => {
    const path = typeof value === 'string' ? places.get(value) : undefined;
    return path === undefined ? [] : [[key, path] as const];
  });
  const moved = Object.fromEntries(moves);
  const kept = Object.entries(attributes).filter(([key]) => !Object.hasOwn(moved, key));
  return { kept: Object.fromEntries(kept), moved };
}

function isLong(value: Json): boolean {
  return typeof value === 'string' && value.length >= LONG_TEXT;
}

type Path = readonly (string | number)[];

function findTexts(data: JsonObject): Map<string, Path> {
  const found = new Map<string, Path>();
  const open: { readonly value: Json; readonly path: Path }[] = [{ value: data, path: [] }];
  for (let seen = 0; seen < MAX_PLACES; seen++) {
    const next = open.pop();
    if (next === undefined) break;
    const { value, path } = next;
    if (typeof value === 'string') {
      if (isLong(value)) found.set(value, path);
    } else if (Array.isArray(value)) {
      value.forEach((child: Json, i) => open.push({ value: child, path: [...path, i] }));
    } else if (isJsonObject(value)) {
      for (const [key, child] of Object.entries(value)) open.push({ value: child, path: [...path, key] });
    }
  }
  return found;
}
