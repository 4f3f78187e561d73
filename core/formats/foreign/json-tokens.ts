/** Steps over what stands between the values of JSON, and over a key. */
import { isSpace, SCAN_MORE } from '../value-scan.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

/** The first byte that is no white space, comma, byte order mark or record separator. */
export function skipBetween(bytes: Uint8Array, from: number): number {
  let i = from;
  for (; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (!isSpace(byte) && byte !== COMMA && !isMark(byte)) return i;
  }
  return i;
}

function isMark(byte: number): boolean {
  return byte === 0x1e || byte === 0xef || byte === 0xbb || byte === 0xbf;
}

/** One past the closing quote of the string that begins at `start`; SCAN_MORE where it does not end. */
export function stringEndAt(bytes: Uint8Array, start: number): number {
  for (let i = start + 1; i < bytes.length; i++) {
    if (bytes[i] === BACKSLASH) i++;
    else if (bytes[i] === QUOTE) return i + 1;
  }
  return SCAN_MORE;
}
