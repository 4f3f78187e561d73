/** Judges what a redactor made of records: as many as before, each an object, with its ids, times and kind untouched. */
import { canonicalJson, isJsonList, isJsonObject, ownAt, type Json, type JsonObject } from '../model/json.ts';
import { KEPT_PATHS } from './kept-fields.ts';

/** undefined: it may be stored. A fault names fields of ours and never a text of the record. */
export function findRedactionFault(before: readonly Json[], after: Json): string | undefined {
  if (!isJsonList(after)) return 'redact is to answer with a record for each record.';
  if (after.length !== before.length) {
    return `redact answered with ${after.length} records for ${before.length}.`;
  }
  for (const [place, record] of before.entries()) {
    const fault = findRecordFault(record, after[place]);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function findRecordFault(before: Json, after: Json | undefined): string | undefined {
  if (!isJsonObject(after)) return 'redact is to answer with an object for each record.';
  if (!isJsonObject(before)) return undefined;
  const changed = KEPT_PATHS.find((path) => textAt(before, path) !== textAt(after, path));
  return changed && `redact changed "${changed.join('.')}", which is to stay as it was.`;
}

function textAt(record: JsonObject, path: readonly string[]): string {
  let value: Json | undefined = record;
  for (const name of path) value = isJsonObject(value) ? ownAt(value, name) : undefined;
  return canonicalJson(value);
}
