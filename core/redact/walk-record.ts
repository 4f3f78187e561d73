/** A copy of a record in which each value and key was looked at. Walks with a stack of its own. */
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../model/json.ts';

export interface RecordLook {
  /** What stands in place of a value; undefined where its parts are to be looked at. */
  value(value: Json, path: readonly string[]): Json | undefined;
  /** What stands in place of a key; paths are made of what this gives. */
  key(key: string, path: readonly string[]): string;
}

interface Step {
  readonly value: Json;
  readonly path: readonly string[];
  readonly put: (copy: Json) => void;
}

export function walkRecord(value: Json, look: RecordLook): Json {
  let result: Json = null;
  const open: Step[] = [{ value, path: [], put: (copy) => (result = copy) }];
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    const { value: own, path, put } = step;
    const given = look.value(own, path);
    if (given !== undefined) put(given);
    else if (isJsonList(own)) {
      const copy: Json[] = Array.from({ length: own.length }, () => null);
      own.forEach((child, i) => open.push({ value: child, path, put: (done) => (copy[i] = done) }));
      put(copy);
    } else if (isJsonObject(own)) put(copyObject(own, path, open, look));
  }
  return result;
}

function copyObject(own: JsonObject, path: readonly string[], open: Step[], look: RecordLook): Json {
  const copy: Record<string, Json> = {};
  const numbers = new Map<string, number>();
  for (const [key, value] of Object.entries(own)) {
    const name = freeName(copy, look.key(key, path), numbers);
    const put = (done: Json): void => {
      if (name !== '__proto__') {
        copy[name] = done;
        return;
      }
      // Data like any other.
      Object.defineProperty(copy, name, {
        value: done,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    };
    put(null);
    open.push({ value, path: [...path, name], put });
  }
  return copy;
}

/** Two keys may be redacted to the same: neither value is lost. */
function freeName(copy: Readonly<Record<string, Json>>, name: string, numbers: Map<string, number>): string {
  if (!Object.hasOwn(copy, name)) return name;
  // Where thousands become the same, none of them counts from the beginning again.
  let number = numbers.get(name) ?? 2;
  while (Object.hasOwn(copy, `${name} (${String(number)})`)) number++;
  numbers.set(name, number + 1);
  return `${name} (${String(number)})`;
}
