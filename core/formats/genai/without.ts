/** What a reader understood is taken out of a record; the rest is kept as it came. */
import type { Json, JsonObject } from '../../model/json.ts';

/** The object without some of its fields. */
export function without(object: JsonObject, ...keys: readonly string[]): { readonly [key: string]: Json } {
  const rest: Record<string, Json> = {};
  for (const key of Object.keys(object)) {
    // An assignment to this name would change what the object is.
    if (key === '__proto__') return withoutEntries(object, keys);
    const value = object[key];
    if (value !== undefined && !keys.includes(key)) rest[key] = value;
  }
  return rest;
}

function withoutEntries(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}
