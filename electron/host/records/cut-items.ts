/**
 * The quick way through a body as both SDKs write it: `{"data":[item,item ...]}` whose items begin with
 * `{"object":"trace`. No string can hold that text, since JSON escapes quotes, so its places are the borders of
 * items, unless some item nests another: then a cut piece does not parse, and the caller scans instead.
 */

/** Where the items stand: start and end, one behind the other; undefined where the body looks otherwise. */
export function cutItems(body: Buffer): readonly number[] | undefined {
  const end = findListEnd(body);
  if (end < 0 || !startsWith(body, 0, HEAD) || !startsWith(body, HEAD.length, ITEM)) return undefined;
  // A line feed between tokens would break the item's line in the journal.
  const feed = body.indexOf(LINE_FEED);
  if (feed >= 0 && feed < end) return undefined;
  const places: number[] = [];
  let start = HEAD.length;
  while (places.length < 2 * MAX_ITEMS) {
    const next = body.indexOf(BORDER, start);
    if (next < 0 || next >= end) {
      places.push(start, end);
      return places;
    }
    places.push(start, next);
    start = next + 1;
  }
  return undefined;
}

/** More items in one body than any client sends: 64 MiB of the smallest spans hold fewer. */
export const MAX_ITEMS = 250_000;

const HEAD = Buffer.from('{"data":[');
const ITEM = Buffer.from('{"object":"trace');
const BORDER = Buffer.from(',{"object":"trace');
const LINE_FEED = 0x0a;
const CLOSE_ARRAY = 0x5d;
const CLOSE_OBJECT = 0x7d;

/** The place of the `]` of `]}` at the very end, a line feed behind it allowed; or -1. */
function findListEnd(body: Buffer): number {
  const last = body.at(-1) === LINE_FEED ? body.length - 2 : body.length - 1;
  return body[last] === CLOSE_OBJECT && body[last - 1] === CLOSE_ARRAY ? last - 1 : -1;
}

function startsWith(body: Buffer, at: number, text: Buffer): boolean {
  return body.length >= at + text.length && body.compare(text, 0, text.length, at, at + text.length) === 0;
}
