/**
 * JSON that keeps numbers which no double holds: a token count of 2^53 + 1 must not change by being exported.
 * Such a number is carried through as a marked text and written again as it stood.
 */
import { canonicalJson, type Json } from './json.ts';

/** A private-use character: a text that begins with it and is a number besides does not occur. */
const MARK = '\uf8f0';
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;
/** Only such texts can hold a number that is not exact. */
const MAY_BE_INEXACT = /\d{16}|\d[eE]|\d\.\d{15}/;

/** As JSON.parse, which it throws like. */
export function parseExactJson(text: string): Json {
  if (!MAY_BE_INEXACT.test(text)) return JSON.parse(text) as Json;
  // Throws on what is no JSON, before anything is made of it.
  JSON.parse(text);
  return JSON.parse(text.replace(TOKEN, markInexact)) as Json;
}

/** True where a text is a number that `parseExactJson` has marked. */
export function isMarkedNumber(text: string): boolean {
  return text.startsWith(MARK) && /^.-?[\d.eE+-]+$/.test(text);
}

/** Keys in their order; marked numbers are written as they stood. */
export function stringifyExactJson(value: Json): string {
  return unmark(JSON.stringify(value));
}

/** One text for one value, keys sorted; marked numbers are written as they stood. */
export function writeExactJson(value: Json): string {
  return unmark(canonicalJson(value));
}

function unmark(text: string): string {
  return text.includes(MARK) ? text.replace(/"\uf8f0(-?[\d.eE+-]+)"/g, '$1') : text;
}

function markInexact(token: string): string {
  if (token.startsWith('"')) return token;
  const value = Number(token);
  const isExact = Number.isFinite(value) && (isShort(token) || String(value) === token);
  return isExact ? token : `"${MARK}${token}"`;
}

/** Fifteen digits are kept by every double. */
function isShort(token: string): boolean {
  const digits = /^-?0*\.?0*(\d*)\.?(\d*)/.exec(token);
  return (digits?.[1]?.length ?? 0) + (digits?.[2]?.length ?? 0) <= 15;
}
