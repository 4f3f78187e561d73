/** Objects are built from fields that may be unknown; on the wire an unknown field is absent. */
import type { Json, JsonObject } from '../../model/json.ts';

/** Without the fields that are unknown. */
export function some(fields: { readonly [key: string]: Json | undefined }): JsonObject {
  const known: [string, Json][] = [];
  for (const [key, value] of Object.entries(fields)) if (value !== undefined) known.push([key, value]);
  return Object.fromEntries(known);
}
