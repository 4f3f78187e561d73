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
