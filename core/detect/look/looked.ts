/** What the judges of one look share: the bytes, what is wanted, what was found so far, and texts of pieces of it. */
import type { Detector } from '../detector.ts';
import { DETECTORS } from '../registry.ts';
import { spaceWords } from '../context.ts';
import { viewsOf } from '../views.ts';

export interface Looked {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** Bits of the detectors that are asked for. */
  readonly wanted: number;
  found: number;
  /** All of it as words, once somebody asked for that, and which of their lists it was asked for. */
  whole: string | undefined;
  readonly asked: Map<RegExp, boolean>;
}

/** Something is written by escapes or signs that look like others: its views must be looked at. */
export const ESCAPED_BIT = 1 << 30;
/** Base64 of a text stands in it. */
export const BASE64_BIT = 1 << 29;

export function bitOf(type: Detector['type']): number {
  return 1 << DETECTORS.findIndex((detector) => detector.type === type);
}

export const SECRET_BIT = bitOf('secret');

const MOST_ARGUMENTS = 2048;
const DECODER = new TextDecoder();

/** A piece of the text; a character that is cut at its ends is none of anybody's. */
export function textOf({ bytes, start, end }: Looked, from: number, to: number): string {
  const piece = bytes.subarray(Math.max(from, start), Math.min(to, end));
  // So many are passed as arguments below.
  if (piece.length > MOST_ARGUMENTS) return DECODER.decode(piece);
  for (let i = 0; i < piece.length; i++) {
    if ((piece[i] ?? 0) > 127) return DECODER.decode(piece);
  }
  return String.fromCharCode.apply(undefined, piece as unknown as number[]);
}

/** True where `holds` is so of the piece as it stands, or with its escapes undone. */
export function holdsInAnyView(text: string, holds: (view: string) => boolean): boolean {
  if (viewsOf(text).some((view) => holds(view.text))) return true;
  // A line of JSON is the text with one layer of escapes over it, and none of signs that look like others.
  const plain = text.includes('\\') ? text.replace(JSON_ESCAPE, undoEscape) : text;
  return plain !== text && viewsOf(plain).some((view) => holds(view.text));
}

const JSON_ESCAPE = /\\(?:u[\da-fA-F]{4}|["\\/bfnrt])/g;
const LETTERS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function undoEscape(escape: string): string {
  const letter = escape.charAt(1);
  return letter === 'u' ? String.fromCharCode(parseInt(escape.slice(2), 16)) : (LETTERS[letter] ?? letter);
}

/** Whether any of these words stands anywhere: where escapes might hide one, they do. */
export function hasWords(look: Looked, words: RegExp): boolean {
  let isThere = look.asked.get(words);
  if (isThere === undefined) {
    look.whole ??= readWhole(look);
    isThere = look.whole === HIDDEN || words.test(look.whole);
    look.asked.set(words, isThere);
  }
  return isThere;
}

const HIDDEN = '\\u';

function readWhole(look: Looked): string {
  const text = DECODER.decode(look.bytes.subarray(look.start, look.end));
  if (/\\[ux]|%[\da-f]{2}|&[#a-z]|[\uff01-\uff5e]/i.test(text)) return HIDDEN;
  if (!text.includes('\\')) return spaceWords(text);
  // With its breaks undone, and as it stands: `\\nphone` and `\\tel` both name one.
  return spaceWords(`${text.replace(/\\+[nrtbf]/g, ' ').replace(/\\/g, '')}\n${text}`);
}
