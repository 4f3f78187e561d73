/**
 * JSON of any value at all. What JSON cannot say is made readable instead of losing the value, and with it
 * the batch: big integers, cycles, maps, sets, NaN, lone surrogates, getters that throw, endless depth or size.
 */
import { toSafeValue, type SafeLimits } from './safe-value.ts';

/** The most that one value becomes, in UTF-16 units; the door takes bodies of 64 MiB. */
const MOST_TEXT = 8 * 1024 * 1024;
/** Deeper than any real payload, and far from the end of the stack. */
const PLAIN_DEPTH = 100;

/** Each try cuts deeper, until the text fits. */
const TRIES: readonly SafeLimits[] = [
  { text: 2_000_000, entries: 100_000, values: 500_000, depth: 100 },
  { text: 100_000, entries: 5000, values: 50_000, depth: 60 },
  { text: 5000, entries: 500, values: 5000, depth: 30 },
  { text: 1000, entries: 50, values: 500, depth: 12 },
];

/** One JSON text without line feeds. Never throws. */
export function writeSafeJson(value: unknown, mostText = MOST_TEXT): string {
  const quick = writePlain(value);
  if (quick !== undefined && quick.length <= mostText) return quick;
  for (const limits of TRIES) {
    const text = JSON.stringify(toSafeValue(value, limits)) as string | undefined;
    if (text !== undefined && text.length <= mostText) return text;
  }
  return JSON.stringify({ truncated: true, original_type: typeof value });
}

/** The native way, for values that are JSON already: one quick look tells. */
function writePlain(value: unknown): string | undefined {
  try {
    if (!isPlain(value, PLAIN_DEPTH)) return undefined;
    const text = JSON.stringify(value) as string | undefined;
    // A lone surrogate is written as an escape, which no other character of valid text needs.
    return text === undefined || text.includes('\\ud') ? undefined : text;
  } catch {
    // A getter threw: the careful way reads around it.
    return undefined;
  }
}

function isPlain(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'object':
      return value === null || (depth > 0 && isPlainObject(value, depth));
    default:
      return false;
  }
}

function isPlainObject(value: object, depth: number): boolean {
  if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) {
      if (item === undefined || !isPlain(item, depth - 1)) return false;
    }
    return true;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  for (const key in value) {
    if (!isPlain((value as Readonly<Record<string, unknown>>)[key], depth - 1)) return false;
  }
  return true;
}
