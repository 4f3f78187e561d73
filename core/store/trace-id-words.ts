/**
 * Ids of traces as four words: `trace_` and 32 hex digits, 32 hex digits alone (OpenTelemetry), and the
 * 36 characters of a UUID are kept in 16 bytes; any other id goes to a string table. Packing is exact.
 */
import type { StringTable } from '../model/string-table.ts';

/** 0 marks a row without a trace. Forms also order the ids, for equal values of a sorted column. */
export const TraceIdForm = { none: 0, agentsSdk: 1, otel: 2, uuid: 3, text: 4 } as const;

/** Reused by the caller, so that a hot loop allocates nothing. */
export interface TraceIdWords {
  form: number;
  a: number;
  b: number;
  c: number;
  d: number;
}

const PREFIX = 'trace_';

/** Packs an id; one of no known shape is looked up in the strings by `codeOf`, undefined where they lack it. */
export function packTraceId(
  id: string,
  into: TraceIdWords,
  codeOf: (text: string) => number | undefined,
): boolean {
  if (packShape(id, into)) return true;
  const code = codeOf(id);
  into.form = TraceIdForm.text;
  into.a = code ?? 0;
  into.b = into.c = into.d = 0;
  return code !== undefined;
}

function packShape(id: string, into: TraceIdWords): boolean {
  if (id.length === 38 && id.startsWith(PREFIX)) {
    into.form = TraceIdForm.agentsSdk;
    return packHex(id.slice(PREFIX.length), into);
  }
  if (id.length === 32) {
    into.form = TraceIdForm.otel;
    return packHex(id, into);
  }
  if (id.length === 36 && [8, 13, 18, 23].every((place) => id[place] === '-')) {
    into.form = TraceIdForm.uuid;
    return packHex(id.replaceAll('-', ''), into);
  }
  return false;
}

export function unpackTraceId(words: TraceIdWords, strings: StringTable): string {
  if (words.form === TraceIdForm.text) return strings.at(words.a) ?? '';
  const digits = hex(words.a) + hex(words.b) + hex(words.c) + hex(words.d);
  switch (words.form) {
    case TraceIdForm.agentsSdk:
      return PREFIX + digits;
    case TraceIdForm.uuid:
      return [0, 8, 12, 16, 20].map((from, i, all) => digits.slice(from, all[i + 1])).join('-');
    default:
      return digits;
  }
}

export function hashTraceId({ form, a, b, c, d }: TraceIdWords): number {
  let hash = form;
  for (const word of [a, b, c, d]) hash = Math.imul(hash ^ word ^ (hash >>> 15), 0x9e37_79b1);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Only lower case: an upper-case id would come back changed. */
const LOWER_HEX = /^[0-9a-f]{32}$/;

function packHex(digits: string, into: TraceIdWords): boolean {
  if (!LOWER_HEX.test(digits)) return false;
  into.a = Number.parseInt(digits.slice(0, 8), 16);
  into.b = Number.parseInt(digits.slice(8, 16), 16);
  into.c = Number.parseInt(digits.slice(16, 24), 16);
  into.d = Number.parseInt(digits.slice(24), 16);
  return true;
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0');
}
