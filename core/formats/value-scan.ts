/**
 * Finds the end of one JSON value in bytes by its brackets and strings. It is not a validator; but it
 * knows where an opening brace cannot stand, and that is enough to find the next record behind a torn one.
 */

/** Where the value ends, how deep it nests, how many objects and arrays it has, and how many line breaks. */
export interface ValueScan {
  end: number;
  depth: number;
  containers: number;
  lines: number;
}

/** The bytes end before the value does. */
export const SCAN_MORE = -1;
/** The value cannot be whole; `end` is where the next one may begin. */
export const SCAN_BROKEN = -2;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const LINE_FEED = 0x0a;
/** Strings are walked this far by hand before the native search takes over: most keys end sooner. */
const SHORT_STRING = 32;

/** What a byte means between strings, and inside one: a table is three times as fast as a switch. */
const PLAIN = 0;
const STRING = 1;
const OPEN = 2;
const CLOSE = 3;
const FEED = 4;
const CLASS = new Uint8Array(256);
CLASS[QUOTE] = STRING;
CLASS[OPEN_OBJECT] = CLASS[OPEN_ARRAY] = OPEN;
CLASS[CLOSE_OBJECT] = CLASS[CLOSE_ARRAY] = CLOSE;
CLASS[LINE_FEED] = FEED;

const ENDS = 1;
const ESCAPES = 2;
const IN_STRING = new Uint8Array(256);
IN_STRING[QUOTE] = IN_STRING[LINE_FEED] = ENDS;
IN_STRING[BACKSLASH] = ESCAPES;

/** Kinds of the open brackets; deeper than this they are counted but no longer told apart. */
const brackets = new Uint8Array(1024);

/**
 * Scans the value at `start` into `scan` and returns its end, SCAN_MORE or SCAN_BROKEN.
 * `final`: no bytes will follow. `lineWise`: a value that is no object or array reaches to the line's end.
 */
export function scanValue(
  bytes: Uint8Array,
  start: number,
  final: boolean,
  lineWise: boolean,
  scan: ValueScan,
): number {
  scan.depth = 0;
  scan.containers = 0;
  scan.lines = 0;
  const first = bytes[start];
  if (first === OPEN_OBJECT || first === OPEN_ARRAY) return scanBrackets(bytes, start, final, scan);
  return scanScalar(bytes, start, final, lineWise, scan);
}

function scanBrackets(bytes: Uint8Array, start: number, final: boolean, scan: ValueScan): number {
  let depth = 0;
  let i = start;
  for (; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    switch (CLASS[byte]) {
      case PLAIN:
        break;
      case STRING: {
        i = stringEnd(bytes, i + 1);
        if (i === SCAN_MORE) return unfinished(bytes, final, scan);
        if (bytes[i] === LINE_FEED) return broken(scan, i);
        break;
      }
      case OPEN:
        if (depth > 0 && !mayOpen(bytes, i, depth, byte)) return broken(scan, i);
        if (depth < brackets.length) brackets[depth] = byte;
        scan.containers++;
        if (++depth > scan.depth) scan.depth = depth;
        break;
      case CLOSE:
        // The codes of a pair differ by two.
        if (depth <= brackets.length && brackets[depth - 1] !== byte - 2) return broken(scan, i + 1);
        if (--depth === 0) return (scan.end = i + 1);
        break;
      default:
        scan.lines++;
    }
  }
  return unfinished(bytes, final, scan);
}

/** An array or object stands behind `[`, `,` or `:`; never where an object's key is due. */
function mayOpen(bytes: Uint8Array, place: number, depth: number, byte: number): boolean {
  let i = place - 1;
  while (isSpace(bytes[i] ?? 0)) i--;
  const previous = bytes[i];
  if (previous === COLON) return true;
  if (previous !== COMMA && previous !== OPEN_ARRAY) return false;
  return byte === OPEN_ARRAY || brackets[depth - 1] !== OPEN_OBJECT || depth > brackets.length;
}

/** The place of the closing quote, of the line feed that no string may hold, or SCAN_MORE. */
function stringEnd(bytes: Uint8Array, from: number): number {
  let i = from;
  // Each escaped quote makes the next search by hand longer: JSON inside strings is full of them.
  for (let byHand = SHORT_STRING; ; byHand *= 4) {
    const near = Math.min(bytes.length, i + byHand);
    while (i < near) {
      const kind = IN_STRING[bytes[i] ?? 0];
      if (kind === ENDS) return i;
      i += kind === ESCAPES ? 2 : 1;
    }
    const quote = bytes.indexOf(QUOTE, i);
    const feed = nextFeed(bytes, i);
    if (feed >= 0 && (quote < 0 || feed < quote)) return feed;
    if (quote < 0) return SCAN_MORE;
    if (!isEscaped(bytes, quote, i)) return quote;
    i = quote + 1;
  }
}

/** Forgets what was found: call it for every new chunk, which may be the same buffer with other bytes. */
export function forgetFeeds(): void {
  feed.bytes = undefined;
}

/** The next line feed at or behind `from`, or -1; remembered, because many strings share one line. */
export function nextFeed(bytes: Uint8Array, from: number): number {
  if (bytes !== feed.bytes || from < feed.from || (feed.place >= 0 && from > feed.place)) {
    feed.bytes = bytes;
    feed.from = from;
    feed.place = bytes.indexOf(LINE_FEED, from);
  }
  return feed.place;
}

const feed: { bytes: Uint8Array | undefined; from: number; place: number } = {
  bytes: undefined,
  from: 0,
  place: -1,
};

/** Whether an odd number of backslashes stands before `place`, looking back no further than `from`. */
function isEscaped(bytes: Uint8Array, place: number, from: number): boolean {
  let slashes = 0;
  while (place - slashes > from && bytes[place - slashes - 1] === BACKSLASH) slashes++;
  return slashes % 2 === 1;
}

function scanScalar(
  bytes: Uint8Array,
  start: number,
  final: boolean,
  lineWise: boolean,
  scan: ValueScan,
): number {
  let i = start;
  if (bytes[i] === QUOTE && !lineWise) {
    i = stringEnd(bytes, i + 1);
    if (i === SCAN_MORE) return unfinished(bytes, final, scan);
    if (bytes[i] === LINE_FEED) return broken(scan, i);
    return (scan.end = i + 1);
  }
  for (; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === LINE_FEED || (!lineWise && isScalarEnd(byte ?? 0)))
      return (scan.end = Math.max(i, start + 1));
  }
  if (!final) return SCAN_MORE;
  return (scan.end = bytes.length);
}

/** White space of JSON. */
export function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === LINE_FEED || byte === 0x0d || byte === 0x09;
}

function isScalarEnd(byte: number): boolean {
  return byte === COMMA || byte === CLOSE_ARRAY || byte === CLOSE_OBJECT || byte === 0x20;
}

function unfinished(bytes: Uint8Array, final: boolean, scan: ValueScan): number {
  return final ? broken(scan, bytes.length) : SCAN_MORE;
}

function broken(scan: ValueScan, end: number): number {
  scan.end = end;
  return SCAN_BROKEN;
}
