/** Strings that hold JSON, as tool arguments and results do. */
import type { Json } from '../../core/model/json.ts';

/** Reading more than this would be felt; such a text is shown as text. */
const LONGEST_READ = 12_000_000;

/** The object or list that a string holds, or undefined: plain words, numbers and Python reprs stay text. */
export function readJsonText(text: string): Json | undefined {
  const first = text.trimStart().charAt(0);
  if ((first !== '{' && first !== '[') || text.length > LONGEST_READ) return undefined;
  try {
    // JSON.parse gives nothing but JSON.
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** One line about a folded value: `{3 keys}`, `[12 items]`. */
export function describeFolded(value: Json): string {
  if (Array.isArray(value)) return value.length === 1 ? '[1 item]' : `[${String(value.length)} items]`;
  if (typeof value !== 'object' || value === null) return '';
  const keys = Object.keys(value).length;
  return keys === 1 ? '{1 key}' : `{${String(keys)} keys}`;
}

const PLAIN_KEY = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

/** A path as programs write it: `$.choices[0]["content type"]`. */
export function writeJsonPath(keys: readonly (string | number)[]): string {
  const steps = keys.map((key) => {
    if (typeof key === 'number') return `[${String(key)}]`;
    return PLAIN_KEY.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
  });
  return `$${steps.join('')}`;
}

/** A value for the clipboard: a string as it is, anything else as indented JSON. */
export function writeJsonValue(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

const LINE_LETTERS = 240;

/** Too long, or of too many lines, for one row. */
export function isLongText(text: string): boolean {
  return text.length > LINE_LETTERS || text.includes('\n');
}
