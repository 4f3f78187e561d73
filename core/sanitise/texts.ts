/** The texts in a value that is withheld, so that copies of them elsewhere in the record are found. */
import { isJsonList, isJsonObject, type Json } from '../model/json.ts';

/** A shorter text stands elsewhere by chance. */
const SHORTEST = 8;
const MOST_TEXTS = 500;

/** Adds every text of the value to `into`, also those inside of texts that are JSON. */
export function gatherTexts(value: Json, into: Set<string>): void {
  const open: Json[] = [value];
  for (let next = open.pop(); next !== undefined && into.size < MOST_TEXTS; next = open.pop()) {
    if (typeof next === 'string') {
      if (next.length < SHORTEST) continue;
      into.add(next);
      const inner = /^\s*[[{]/.test(next) ? parse(next) : undefined;
      if (inner !== undefined) open.push(inner);
    } else if (isJsonList(next)) for (const child of next) open.push(child);
    else if (isJsonObject(next)) for (const child of Object.values(next)) open.push(child);
  }
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // A text that only looks like JSON is a text.
    return undefined;
  }
}
