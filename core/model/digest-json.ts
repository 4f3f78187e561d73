/**
 * A value as 32 bits, so that columns can tell equal calls without keeping what was said: the order of keys, white
 * space and the spelling of numbers do not matter. It finds what is alike among the calls of one trace; two of a
 * million different values may share one.
 */
import { isJsonList, isJsonObject, type Json, type JsonObject } from './json.ts';

/** In place of the digest of nothing. */
export const NO_DIGEST = 0;

const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;
/** Deeper values, and longer texts, are taken as the texts they are. */
const MAX_DEPTH = 64;
const MAX_PARSED = 65_536;

/** Never 0. `seed` makes another digest of the same text. */
export function digestText(text: string, seed = OFFSET): number {
  let hash = seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), PRIME);
  return settle(hash);
}

/** The digest of a value, or of what a text of JSON says; 0 where nothing is said: absent, null, an empty text. */
export function digestJson(value: Json | undefined): number {
  if (value === undefined || value === null || value === '') return NO_DIGEST;
  if (typeof value !== 'string') return digestValue(value, 0);
  const said = readJson(value);
  return said === undefined ? digestText(value) : digestValue(said, 0);
}

/** The digest of two of them, in this order; 0 where the second is. */
export function joinDigests(first: number, second: number): number {
  return second === NO_DIGEST ? NO_DIGEST : settle(Math.imul(first ^ rotate(second), PRIME) ^ second);
}

/** Undefined for a text that is no JSON object or list, or none worth parsing. */
function readJson(text: string): Json | undefined {
  if (text.length > MAX_PARSED || !/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function digestValue(value: Json, depth: number): number {
  if (typeof value === 'string') return digestText(value, TEXT);
  if (depth === MAX_DEPTH) return settle(DEEP);
  if (isJsonList(value)) {
    let hash = LIST;
    for (const item of value) hash = Math.imul(hash ^ digestValue(item, depth + 1), PRIME) ^ rotate(hash);
    return settle(hash);
  }
  return isJsonObject(value) ? digestObject(value, depth) : digestText(String(value));
}

const TEXT = 0x5bd1e995;
const LIST = 0x1b873593;
const OBJECT = 0x2c1b3c6d;
const DEEP = 0x297a2d39;

/** Keys come in any order, so that their digests are added up. */
function digestObject(object: JsonObject, depth: number): number {
  let sum = OBJECT;
  for (const [key, value] of Object.entries(object)) {
    sum = (sum + mix(Math.imul(digestText(key), PRIME) ^ digestValue(value, depth + 1))) | 0;
  }
  return settle(sum);
}

function mix(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return twice ^ (twice >>> 16);
}

function rotate(hash: number): number {
  return (hash << 13) | (hash >>> 19);
}

function settle(hash: number): number {
  return hash >>> 0 || 1;
}
