/** Attributes as OTLP writes them (`[{key, value: {stringValue}}]`) as plain JSON, and back-notes on their types. */
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import { field, listField } from './field.ts';

export interface ReadAttributes {
  readonly attributes: JsonObject;
  /**
   * Types that plain JSON cannot tell: `double` of a whole number, `int` past 2^53, `bytes`; `inexact` for an
   * integer past 2^53 that was no text, whose end JSON.parse has lost.
   */
  readonly types: { readonly [key: string]: string };
}

/** A list of keys and values; Jaeger-like plain objects are taken as they are. */
export function readAttributes(value: Json | undefined): ReadAttributes {
  if (isJsonObject(value)) return { attributes: value, types: {} };
  if (!Array.isArray(value)) return { attributes: {}, types: {} };
  const attributes: Record<string, Json> = {};
  let types: Record<string, string> | undefined;
  for (const entry of value as readonly Json[]) {
    if (!isJsonObject(entry)) continue;
    const key = entry['key'];
    const own = entry['value'];
    if (typeof key !== 'string' || own === undefined) continue;
    const text = isJsonObject(own) ? own['stringValue'] : undefined;
    // Most are texts, which need no look at their type.
    if (typeof text === 'string' && isOnlyField(own)) {
      setOwn(attributes, key, text);
      continue;
    }
    setOwn(attributes, key, readAnyValue(own));
    const type = typeOf(own);
    if (type !== undefined) setOwn((types ??= {}), key, type);
  }
  return { attributes, types: types ?? NO_TYPES };
}

const NO_TYPES: { readonly [key: string]: string } = {};

/** True for an object of no more than one field. */
function isOnlyField(value: Json): boolean {
  return Object.keys(value as JsonObject).length === 1;
}

/** Sets an own field whatever its name is: as `__proto__` an assignment would change what the object is. */
function setOwn<T>(object: Record<string, T>, key: string, value: T): void {
  if (key !== '__proto__') object[key] = value;
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

/** As deep as the JSON around it was, which its reader has bounded. */
export function readAnyValue(value: Json): Json {
  if (!isJsonObject(value)) return value;
  for (const [key, own] of Object.entries(value)) {
    // Phoenix writes the field of every type, and null in all but one.
    if (own === null) continue;
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
  return Object.values(value).every((own) => own === null) ? null : value;
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
  const double = field(value, 'doubleValue') ?? undefined;
  if (double !== undefined) return Number.isInteger(Number(double)) ? 'double' : undefined;
  const int = field(value, 'intValue') ?? undefined;
  if (int !== undefined) return typeOfInt(int);
  return (field(value, 'bytesValue') ?? undefined) === undefined ? undefined : 'bytes';
}

function typeOfInt(int: Json): string | undefined {
  if (typeof int === 'number') return Number.isSafeInteger(int) ? undefined : 'inexact';
  return typeof readNumber(int) === 'string' ? 'int' : undefined;
}

/** Inside a string the quotes of a key would be escaped, so this finds no other. */
const BARE_INT = /(?<!\\)"(intValue|int_value)"(\s*:\s*)(-?\d{16,20})(?![\d.eE])/g;

/** The value that a text writes, with integers that no double holds as texts; undefined where it is no JSON. */
export function parseExactly(text: string): Json | undefined {
  try {
    return JSON.parse(text.replace(BARE_INT, '"$1"$2"$3"')) as Json;
  } catch {
    // The text of a span that was cut out of something larger may be missing.
    return undefined;
  }
}
