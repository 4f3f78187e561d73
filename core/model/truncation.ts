/**
 * Whether an exporter cut what a span held. The SDKs' exporters keep input and output under 100,000 bytes each:
 * a text that was cut ends in a mark, a value that could not be written became an object that says so.
 */
import { isJsonList, isJsonObject, ownAt, type Json, type JsonObject } from './json.ts';

const MARK = '... [truncated]';
/** Inputs of real calls have some hundred values; a record of a million must not cost a second walk of them all. */
const MOST_VALUES = 1000;

/** `data` is a span's `span_data`. */
export function isTruncated(data: JsonObject): boolean {
  return holdsMark(ownAt(data, 'input')) || holdsMark(ownAt(data, 'output'));
}

function holdsMark(value: Json | undefined): boolean {
  if (typeof value === 'string') return value.endsWith(MARK);
  if (typeof value !== 'object' || value === null) return false;
  const open: Json[] = [value];
  // The list grows while it is walked, up to its bound.
  for (const next of open) {
    if (typeof next === 'string') {
      if (next.endsWith(MARK)) return true;
    } else if (isJsonList(next)) {
      for (const item of next) if (open.length < MOST_VALUES) open.push(item);
    } else if (isJsonObject(next)) {
      if (next['truncated'] === true && typeof next['original_type'] === 'string') return true;
      for (const key in next) {
        const item = next[key];
        if (item !== undefined && open.length < MOST_VALUES) open.push(item);
      }
    }
  }
  return false;
}
