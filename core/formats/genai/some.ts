/** Objects are built from fields that may be unknown; on the wire an unknown field is absent. */
import type { Json, JsonObject } from '../../model/json.ts';

/** Without the fields that are unknown. */
export function some(fields: { readonly [key: string]: Json | undefined }): JsonObject {
  const known: Record<string, Json> = {};
  for (const key in fields) {
    const value = fields[key];
    // The names are ours: `__proto__` is none of them.
    if (value !== undefined) known[key] = value;
  }
  return known;
}
