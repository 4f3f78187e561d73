/** A condition on one field of the metadata. A path may go into objects, and a key may hold the dots itself. */
import { isJsonList, isJsonObject, ownAt, type Json, type JsonObject } from '../model/json.ts';
import { numberQuestion, textQuestion } from './match-values.ts';
import type { QueryClock, ValueTest } from './query-tree.ts';

/** A list has each of its values. What is not there is the empty text. */
export function metadataQuestion(
  key: string,
  tests: readonly ValueTest[],
  clock: QueryClock,
): (metadata: JsonObject) => boolean {
  const isCompared = tests.some(({ kind }) => kind === 'compare');
  const textual = textQuestion(tests);
  const numeric = numberQuestion(tests, clock);
  return (metadata) => {
    const found = findAt(metadata, key);
    const values = isJsonList(found) ? found : [found];
    if (values.length === 0) return !isCompared && textual('');
    return values.some((value) => (isCompared ? numeric(amountOf(value)) : textual(textOf(value))));
  };
}

/** The key as it stands goes before a path. */
export function findAt(metadata: JsonObject, key: string): Json | undefined {
  const own = ownAt(metadata, key);
  if (own !== undefined) return own;
  for (let dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
    const inner = ownAt(metadata, key.slice(0, dot));
    // Each step is shorter than the one before, so this ends with the key.
    if (isJsonObject(inner)) return findAt(inner, key.slice(dot + 1));
  }
  return undefined;
}

function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function amountOf(value: Json | undefined): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}
