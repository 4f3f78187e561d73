/**
 * The line of 64 bytes before every block of the journal:
 * `{"$block":[<seq 10>,<bytes 9>,<lines 7>],"crc":"xxxxxxxx"}`, spaces, newline.
 * Fixed width, so that a reader finds the body without parsing; valid JSON, so that `jq` reads a segment.
 */
import type { Crc32 } from './checksum.ts';

export const BLOCK_HEADER_BYTES = 64;
/** The most bytes of body that the header can name. */
export const MAX_BLOCK_BYTES = 999_999_999;

export interface BlockHeader {
  /** Place of the block in its segment, from 1: a gap tells how many blocks are lost. */
  readonly seq: number;
  readonly bodyBytes: number;
  readonly lines: number;
  readonly crc: number;
}

/** The crc32 covers the header up to here, then the body. */
const CRC_COVERS = 41;
const CRC_DIGITS_AT = 48;
const MAX_LINES = 9_999_999;
const OPENING = new TextEncoder().encode('{"$block":[');
const PATTERN = /^\{"\$block":\[ *(\d+), *(\d+), *(\d+)\],"crc":"([0-9a-f]{8})"\} {5}\n$/;
const NEWLINE = 10;
/** The rarest byte of the opening, and its place there. */
const DOLLAR = 0x24;
const DOLLAR_AT = 2;

/** Writes the header of a block whose body is `parts`, one behind the other. */
export function encodeBlockHeader(
  { seq, lines }: Pick<BlockHeader, 'seq' | 'lines'>,
  parts: readonly Uint8Array[],
  crc32: Crc32,
): Uint8Array {
  const bodyBytes = parts.reduce((sum, part) => sum + part.length, 0);
  if (bodyBytes > MAX_BLOCK_BYTES || lines > MAX_LINES)
    throw new RangeError('block too large for its header');
  const numbers = [pad(seq, 10), pad(bodyBytes, 9), pad(lines, 7)].join(',');
  const bytes = new TextEncoder().encode(`{"$block":[${numbers}],"crc":"00000000"}     \n`);
  let crc = crc32(bytes.subarray(0, CRC_COVERS));
  for (const part of parts) crc = crc32(part, crc);
  bytes.set(new TextEncoder().encode(crc.toString(16).padStart(8, '0')), CRC_DIGITS_AT);
  return bytes;
}

/** Reads the header at `offset`, or undefined where none stands there. It says nothing of the body yet. */
export function readBlockHeader(bytes: Uint8Array, offset: number): BlockHeader | undefined {
  if (!startsBlock(bytes, offset) || offset + BLOCK_HEADER_BYTES > bytes.length) return undefined;
  const text = String.fromCharCode(...bytes.subarray(offset, offset + BLOCK_HEADER_BYTES));
  const match = PATTERN.exec(text);
  if (match === null || text.indexOf(']', 11) !== 39) return undefined;
  return {
    seq: Number(match[1]),
    bodyBytes: Number(match[2]),
    lines: Number(match[3]),
    crc: Number.parseInt(match[4] ?? '', 16),
  };
}

/** True where the body behind the header at `offset` is whole and undamaged, and ends its last line. */
export function isBlockIntact(bytes: Uint8Array, offset: number, header: BlockHeader, crc32: Crc32): boolean {
  const bodyAt = offset + BLOCK_HEADER_BYTES;
  const end = bodyAt + header.bodyBytes;
  if (end > bytes.length || (header.bodyBytes > 0 && bytes[end - 1] !== NEWLINE)) return false;
  const crc = crc32(bytes.subarray(bodyAt, end), crc32(bytes.subarray(offset, offset + CRC_COVERS)));
  return crc === header.crc;
}

/**
 * The next place at or after `from` where a block header may stand, or -1. Not only behind a line feed: that
 * one belongs to the block before and may be what is damaged. A payload cannot fake a whole header, since a
 * record holds no raw line feed and begins with no key of ours.
 */
export function findBlockStart(bytes: Uint8Array, from: number): number {
  let dollar = bytes.indexOf(DOLLAR, from + DOLLAR_AT);
  while (dollar >= 0 && !startsBlock(bytes, dollar - DOLLAR_AT)) dollar = bytes.indexOf(DOLLAR, dollar + 1);
  return dollar < 0 ? -1 : dollar - DOLLAR_AT;
}

function startsBlock(bytes: Uint8Array, offset: number): boolean {
  return OPENING.every((byte, i) => bytes[offset + i] === byte);
}

function pad(value: number, width: number): string {
  const text = String(value).padStart(width);
  if (text.length > width) throw new RangeError(`${text} does not fit a block header`);
  return text;
}
