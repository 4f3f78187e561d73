/** What a reader understood is taken out of a record; the rest is kept as it came. */
import type { Json, JsonObject } from '../../model/json.ts';

/** The object without some of its fields. */
export function without(object: JsonObject, ...keys: readonly string[]): { readonly [key: string]: Json } {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}
