/**
 * The words of a search as patterns: one that finds them in a text, and one that finds every line of raw JSON that
 * may hold them, whoever wrote it and however it escaped what it wrote. The second is for bytes read as Latin-1,
 * and lets lines by that hold nothing; it never misses one.
 */
import { isAscii, sameLetters } from './same-letters.ts';

/** `"as it stands" each word`: pieces that all must be found in one span, the longest first. */
export function readWords(text: string): readonly string[] {
  const pieces = [...text.matchAll(/"([^"]*)"?|[^\s"]+/g)].map(([whole, quoted]) => (quoted ?? whole).trim());
  return [...new Set(pieces.filter((piece) => piece !== ''))].sort((a, b) => b.length - a.length);
}

/** Finds a piece in a text; white space in it stands for any white space. */
export function textPattern(piece: string): RegExp {
  return patternOf(piece, '\\s+', (letter) => oneOf(sameLetters(letter).map(literally)), 'gu');
}

/** Finds any of the pieces: what is lit. */
export function anyPattern(pieces: readonly string[]): RegExp {
  return new RegExp(pieces.map((piece) => textPattern(piece).source).join('|'), 'gu');
}

/** Finds where a piece may stand in raw JSON. */
export function linePattern(piece: string): RegExp {
  return patternOf(piece, RAW_SPACE, rawLetter, 'g');
}

/** An escaped letter or digit, which nobody needs to write: a line with one may hold anything. */
export const ODD_ESCAPE = /\\u00(?:3[0-9]|[46][1-9a-fA-F]|[57][0-9aA])/g;

function patternOf(piece: string, space: string, write: (letter: string) => string, flags: string): RegExp {
  const words = piece.trim().split(/\s+/u);
  return new RegExp(words.map((word) => Array.from(word, write).join('')).join(space), flags);
}

function literally(letter: string): string {
  return /[\^$\\.*+?()[\]{}|]/.test(letter) ? `\\${letter}` : letter;
}

function oneOf(choices: readonly string[]): string {
  return choices.length === 1 ? (choices[0] ?? '') : `(?:${choices.join('|')})`;
}

/** `\s` as bytes of UTF-8, and as escapes, which may be escaped again where JSON stands inside of JSON. */
const RAW_SPACE = `(?:${[
  '[\\t\\n\\v\\f\\r ]',
  '\\xc2\\xa0',
  '\\xe1\\x9a\\x80',
  '\\xe2\\x80[\\x80-\\x8a\\xa8\\xa9\\xaf]',
  '\\xe2\\x81\\x9f',
  '\\xe3\\x80\\x80',
  '\\xef\\xbb\\xbf',
  '\\\\+[bfnrtv]',
  '\\\\+u[0-9a-fA-F]{4}',
].join('|')})+`;

function rawLetter(letter: string): string {
  const same = sameLetters(letter);
  if (/^[0-9A-Za-z]$/.test(letter)) return same.length === 1 ? letter : `[${same.join('')}]`;
  if (letter === '\\') return '(?:\\\\+(?:u005[cC])?)';
  const written = same.flatMap((each) => [
    isAscii(each) ? `\\\\*${literally(each)}` : rawBytes(each),
    escaped(each),
  ]);
  return oneOf([...written, ...(isAscii(letter) ? ['\\\\+[bfnrtv]'] : [])]);
}

function rawBytes(letter: string): string {
  return [...new TextEncoder().encode(letter)].map((byte) => `\\x${hex(byte, 2)}`).join('');
}

/** `\u00e9`; two of them for a letter beyond the first 65,536. */
function escaped(letter: string): string {
  const units = Array.from({ length: letter.length }, (_, i) => letter.charCodeAt(i));
  return units.map((unit) => `\\\\+u${eitherCase(hex(unit, 4))}`).join('');
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

function eitherCase(digits: string): string {
  return digits.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}
