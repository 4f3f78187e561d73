/** Compares what a plugin answered with what its author expects: of an object only the fields that are named. */
import { isJsonList, isJsonObject, ownAt, type Json } from '../../../../core/model/json.ts';

const NEAR = 1e-9;
const MOST_SHOWN = 200;

/** The first difference in words, with its place; undefined where there is none. */
export function findDifference(
  expected: Json,
  given: Json | undefined,
  place = 'the answer',
): string | undefined {
  if (isJsonObject(expected)) {
    if (!isJsonObject(given)) return differ(place, expected, given);
    for (const [name, value] of Object.entries(expected)) {
      const found = findDifference(value, ownAt(given, name), `${place}.${name}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (isJsonList(expected)) {
    if (!isJsonList(given) || given.length !== expected.length) return differ(place, expected, given);
    for (const [i, value] of expected.entries()) {
      const found = findDifference(value, given[i], `${place}[${i}]`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return isSame(expected, given) ? undefined : differ(place, expected, given);
}

function isSame(expected: Json, given: Json | undefined): boolean {
  if (typeof expected !== 'number' || typeof given !== 'number') return expected === given;
  return Math.abs(expected - given) <= NEAR * Math.max(1, Math.abs(expected));
}

function differ(place: string, expected: Json, given: Json | undefined): string {
  return `${place} is ${show(given)}, and ${show(expected)} was expected.`;
}

function show(value: Json | undefined): string {
  if (value === undefined) return 'missing';
  const text = JSON.stringify(value);
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}
