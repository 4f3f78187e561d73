/** Walks over every text of a record, the names of fields too: what a redactor does with it. */
import type { Json, JsonObject } from '../model/json.ts';
import { isKeptName, isKeptPlace } from './kept-fields.ts';

/** From the outside in: `['span_data', 'input', 0, 'content']`. The name of a field has its own path. */
export type TextPath = readonly (string | number)[];

type Change = (text: string, path: TextPath) => string;

/** A copy of a record in which `change` was asked for every text but its ids, times and kinds. */
export function mapTexts(record: JsonObject, change: Change): JsonObject {
  return mapObject(record, [], change);
}

function mapObject(object: JsonObject, path: TextPath, change: Change): JsonObject {
  const mapped: Record<string, Json> = {};
  for (const [name, value] of Object.entries(object)) {
    const inside = [...path, name];
    const told = isKeptName(path, name) ? name : change(name, inside);
    mapped[told] = isKeptPlace(inside) ? value : mapValue(value, inside, change);
  }
  return mapped;
}

function mapValue(value: Json, path: TextPath, change: Change): Json {
  if (typeof value === 'string') return change(value, path);
  if (Array.isArray(value)) {
    return (value as readonly Json[]).map((item, place) => mapValue(item, [...path, place], change));
  }
  return value !== null && typeof value === 'object' ? mapObject(value as JsonObject, path, change) : value;
}
