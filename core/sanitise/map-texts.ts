/** A copy of a value in which each text was looked at. Walks with a stack of its own. */
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../model/json.ts';

export interface TextMapping {
  /** What stands in place of a text; `key` is the one it stands at, or the list that it stands in. */
  text(text: string, key: string): string;
  /** What stands in place of a value at a key or in a list; undefined where it is looked at like any other. */
  value(key: string, value: Json): Json | undefined;
  /** What stands in place of a key; without it keys are kept. */
  key?(key: string): string;
}

interface Step {
  readonly key: string;
  readonly value: Json;
  readonly put: (copy: Json) => void;
}

/** `key`: the one that the value stands at. */
export function mapTexts(key: string, value: Json, mapping: TextMapping): Json {
  let result: Json = null;
  const open: Step[] = [{ key, value, put: (copy) => (result = copy) }];
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    const { key: at, value: own, put } = step;
    const given = mapping.value(at, own);
    if (given !== undefined) put(given);
    else if (typeof own === 'string') put(mapping.text(own, at));
    else if (isJsonList(own)) {
      const copy: Json[] = Array.from({ length: own.length }, () => null);
      own.forEach((child, i) => open.push({ key: at, value: child, put: (done) => (copy[i] = done) }));
      put(copy);
    } else if (isJsonObject(own)) put(copyObject(own, open, mapping));
    else put(own);
  }
  return result;
}

function copyObject(own: JsonObject, open: Step[], mapping: TextMapping): Json {
  const copy: Record<string, Json> = {};
  for (const [key, value] of Object.entries(own)) {
    const name = mapping.key?.(key) ?? key;
    // A key named __proto__ is data like any other.
    const put = (done: Json): void => {
      Object.defineProperty(copy, name, {
        value: done,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    };
    put(null);
    open.push({ key, value, put });
  }
  return copy;
}
