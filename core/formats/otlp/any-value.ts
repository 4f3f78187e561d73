/** Attributes as OTLP writes them (`[{key, value: {stringValue}}]`) as plain JSON, and back-notes on their types. */
import { isJsonObject, stringAt, type Json, type JsonObject } from '../../model/json.ts';
import { field, listField } from './field.ts';

export interface ReadAttributes {
  readonly attributes: JsonObject;
  /** Types that plain JSON cannot tell: `double` of a whole number, `int` past 2^53, `bytes`. */
  readonly types: { readonly [key: string]: string };
}

/** A list of keys and values; Jaeger-like plain objects are taken as they are. */
export function readAttributes(value: Json | undefined): ReadAttributes {
  if (isJsonObject(value)) return { attributes: value, types: {} };
  if (!Array.isArray(value)) return { attributes: {}, types: {} };
  const attributes: [string, Json][] = [];
  const types: [string, string][] = [];
  for (const entry of value as readonly Json[]) {
    if (!isJsonObject(entry)) continue;
    const key = stringAt(entry, 'key');
    const own = entry['value'];
    if (key === undefined || own === undefined) continue;
    attributes.push([key, readAnyValue(own)]);
    const type = typeOf(own);
    if (type !== undefined) types.push([key, type]);
  }
  return { attributes: Object.fromEntries(attributes), types: Object.fromEntries(types) };
}

/** As deep as the JSON around it was, which its reader has bounded. */
export function readAnyValue(value: Json): Json {
  if (!isJsonObject(value)) return value;
  for (const [key, own] of Object.entries(value)) {
    switch (key) {
      case 'stringValue':
      case 'string_value':
      case 'boolValue':
      case 'bool_value':
      case 'bytesValue':
      case 'bytes_value':
        return own;
      case 'intValue':
      case 'int_value':
      case 'doubleValue':
      case 'double_value':
        return readNumber(own);
      case 'arrayValue':
      case 'array_value':
        return isJsonObject(own) ? listField(own, 'values').map(readAnyValue) : [];
      case 'kvlistValue':
      case 'kvlist_value':
        return isJsonObject(own) ? readAttributes(field(own, 'values')).attributes : {};
    }
  }
  return Object.keys(value).length === 0 ? null : value;
}

/** 64-bit integers are written as text; one that a double cannot hold stays text. */
function readNumber(value: Json): Json {
  if (typeof value !== 'string') return value;
  const number = Number(value);
  return value.trim() !== '' && Number.isFinite(number) && isExact(value, number) ? number : value;
}

function isExact(text: string, number: number): boolean {
  return !Number.isInteger(number) || Number.isSafeInteger(number) || /[.eE]/.test(text);
}

function typeOf(value: Json): string | undefined {
  if (!isJsonObject(value)) return undefined;
  const double = field(value, 'doubleValue');
  if (double !== undefined) return Number.isInteger(Number(double)) ? 'double' : undefined;
  const int = field(value, 'intValue');
  if (int !== undefined) return typeof readNumber(int) === 'string' ? 'int' : undefined;
  return field(value, 'bytesValue') === undefined ? undefined : 'bytes';
}
