/** Plain JSON as OTLP's attributes, with the types that plain JSON cannot tell put back. */
import { isJsonList, isJsonObject, ownAt, type Json, type JsonObject } from '../../model/json.ts';

/** `types`: as `origin.types` keeps them, by key. */
export function writeAttributes(attributes: JsonObject, types: JsonObject = {}): readonly Json[] {
  return Object.entries(attributes).map(([key, value]) => ({
    key,
    value: writeTyped(value, ownAt(types, key)),
  }));
}

function writeTyped(value: Json, type: Json | undefined): Json {
  if (type === 'double' && typeof value === 'number') return { doubleValue: value };
  if (type === 'int' && typeof value === 'string') return { intValue: value };
  if (type === 'bytes' && typeof value === 'string') return { bytesValue: value };
  return writeAnyValue(value);
}

/** As deep as the record, which its reader has bounded. */
export function writeAnyValue(value: Json): Json {
  if (value === null) return {};
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  }
  if (isJsonList(value)) return { arrayValue: { values: value.map(writeAnyValue) } };
  if (isJsonObject(value)) return { kvlistValue: { values: writeAttributes(value) } };
  return {};
}
