/**
 * Ids as numbers: the two common shapes (`span_` + 24 hex digits, 16 hex digits) are kept in 12 bytes,
 * any other id goes to the table's strings. Packing is exact: equal words and form mean equal ids.
 */
import type { StringTable } from './string-table.ts';

export const IdForm = { none: 0, agentsSdk: 1, otel: 2, text: 3 } as const;
export type IdForm = (typeof IdForm)[keyof typeof IdForm];

/** Three words and a form; reused by the caller so that a hot loop allocates nothing. */
export interface PackedId {
  form: IdForm;
  a: number;
  b: number;
  c: number;
}

const AGENTS_SDK_LENGTH = 29;
const OTEL_LENGTH = 16;

/** Packs an id into `into`; an id of neither shape joins the strings. */
export function packId(id: string | undefined, strings: StringTable, into: PackedId): void {
  packShape(id, into);
  if (into.form === IdForm.text) into.a = strings.add(id);
}

/** Packs an id without adding to the strings; false where the table cannot hold it, since it is not there. */
export function packKnownId(id: string, strings: StringTable, into: PackedId): boolean {
  packShape(id, into);
  if (into.form !== IdForm.text) return true;
  const code = strings.find(id);
  into.a = code ?? 0;
  return code !== undefined;
}

function packShape(id: string | undefined, into: PackedId): void {
  into.a = into.b = into.c = 0;
  if (id === undefined) {
    into.form = IdForm.none;
  } else if (id.length === AGENTS_SDK_LENGTH && id.startsWith('span_') && packHex(id, 5, into)) {
    into.form = IdForm.agentsSdk;
  } else if (id.length === OTEL_LENGTH && packHex(id, 0, into)) {
    into.form = IdForm.otel;
  } else {
    into.form = IdForm.text;
    into.a = into.b = into.c = 0;
  }
}

export function unpackId(
  form: number,
  a: number,
  b: number,
  c: number,
  strings: StringTable,
): string | undefined {
  switch (form) {
    case IdForm.none:
      return undefined;
    case IdForm.agentsSdk:
      return `span_${hex(a)}${hex(b)}${hex(c)}`;
    case IdForm.otel:
      return `${hex(a)}${hex(b)}`;
    default:
      return strings.at(a) ?? '';
  }
}

function packHex(id: string, from: number, into: PackedId): boolean {
  into.a = readWord(id, from);
  into.b = readWord(id, from + 8);
  into.c = id.length >= from + 24 ? readWord(id, from + 16) : 0;
  return into.a >= 0 && into.b >= 0 && into.c >= 0;
}

/** Eight lower-case hex digits, or -1: upper case must not be packed, since it would come back changed. */
function readWord(id: string, from: number): number {
  let word = 0;
  for (let i = from; i < from + 8; i++) {
    const code = id.charCodeAt(i);
    const digit = code >= 48 && code <= 57 ? code - 48 : code >= 97 && code <= 102 ? code - 87 : -1;
    if (digit < 0) return -1;
    word = word * 16 + digit;
  }
  return word;
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0');
}
