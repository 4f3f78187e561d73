/**
 * Walks a body that is one JSON list, `{"data":[...]}` or `[...]`, item by item, without parsing it as a whole and
 * without a list of its items: a body of nothing but commas and zeros holds millions.
 */
import { RecordScanner } from '../../../core/formats/record-scanner.ts';
import { MAX_ITEMS } from './cut-items.ts';
import type { RecordSlice } from './record-intake.ts';

export type WalkedList =
  /** Every item was taken. */
  | { readonly kind: 'list' }
  | { readonly kind: 'too-many-items' }
  /** The body is something else, or an item could not be taken: what was taken counts for nothing. */
  | { readonly kind: 'other'; readonly containers: number };

/** Takes one item; false where it is no JSON. The slice is reused for the next. */
export type TakeItem = (slice: RecordSlice, position: number) => boolean;

export function walkList(body: Buffer, takeItem: TakeItem): WalkedList {
  const walk = { items: 0, isStrict: true, firstStart: 0, lastEnd: 0 };
  const scanner = new RecordScanner((slice) => {
    const position = walk.items++;
    if (position >= MAX_ITEMS) scanner.stop();
    if (!walk.isStrict || position >= MAX_ITEMS) return;
    if (position === 0) walk.firstStart = slice.start;
    else walk.isStrict = isBorder(body, walk.lastEnd, slice.start);
    walk.lastEnd = slice.end;
    walk.isStrict &&= slice.state === 'whole' && takeItem(slice, position);
  });
  scanner.push(body);
  scanner.end();
  if (walk.items > MAX_ITEMS) return { kind: 'too-many-items' };
  const isList = walk.isStrict && walk.items > 0 && scanner.isOneList && !scanner.isInsideList;
  return isList && hasStrictEnds(body, walk.firstStart, walk.lastEnd)
    ? { kind: 'list' }
    : { kind: 'other', containers: scanner.containers };
}

const LIST_HEAD = /^[ \t\r\n]*(\{[ \t\r\n]*"data"[ \t\r\n]*:[ \t\r\n]*)?\[[ \t\r\n]*$/;
const LIST_TAIL = /^[ \t\r\n]*\][ \t\r\n]*(\}[ \t\r\n]*)?$/;
const COMMA = 0x2c;

/** The scanner is lenient with what stands around records; a body is held to JSON's own grammar. */
function hasStrictEnds(body: Buffer, firstStart: number, lastEnd: number): boolean {
  const head = LIST_HEAD.exec(body.toString('latin1', 0, firstStart));
  const tail = LIST_TAIL.exec(body.toString('latin1', lastEnd));
  return head !== null && tail !== null && (head[1] === undefined) === (tail[1] === undefined);
}

/** White space and one comma. */
function isBorder(body: Buffer, from: number, to: number): boolean {
  let commas = 0;
  for (let i = from; i < to; i++) {
    const byte = body[i] ?? 0;
    if (byte === COMMA) commas++;
    else if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return false;
  }
  return commas === 1;
}
