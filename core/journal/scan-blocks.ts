/**
 * Walks the blocks of a segment and steps over damage: after a bad block it goes on where the next good one
 * begins. No text of a payload can fake that, since JSON escapes quotes and line feeds.
 */
import { BLOCK_HEADER_BYTES, findBlockStart, isBlockIntact, readBlockHeader } from './block-header.ts';
import type { Crc32 } from './checksum.ts';

export type ScannedPiece =
  | {
      readonly kind: 'block';
      readonly offset: number;
      readonly seq: number;
      readonly lines: number;
      readonly bodyAt: number;
      /** One past the last byte of the body. */
      readonly end: number;
    }
  /** Bytes that are no intact block. `tail`: no intact block follows, so it may be cut off. */
  | { readonly kind: 'damage'; readonly offset: number; readonly end: number; readonly tail: boolean };

/** Yields every intact block from `from` (a block border) on, and the damage between them, in order. */
export function* scanBlocks(bytes: Uint8Array, crc32: Crc32, from = 0): Generator<ScannedPiece> {
  let position = from;
  while (position < bytes.length) {
    const start = findIntactBlock(bytes, position, crc32);
    if (start === undefined) {
      yield { kind: 'damage', offset: position, end: bytes.length, tail: true };
      return;
    }
    if (start.offset > position) {
      yield { kind: 'damage', offset: position, end: start.offset, tail: false };
    }
    yield start;
    position = start.end;
  }
}

function findIntactBlock(
  bytes: Uint8Array,
  from: number,
  crc32: Crc32,
): Extract<ScannedPiece, { kind: 'block' }> | undefined {
  let offset = readBlockHeader(bytes, from) === undefined ? findBlockStart(bytes, from) : from;
  while (offset >= 0) {
    const header = readBlockHeader(bytes, offset);
    if (header !== undefined && isBlockIntact(bytes, offset, header, crc32)) {
      const bodyAt = offset + BLOCK_HEADER_BYTES;
      const { seq, lines } = header;
      return { kind: 'block', offset, seq, lines, bodyAt, end: bodyAt + header.bodyBytes };
    }
    offset = findBlockStart(bytes, offset + 1);
  }
  return undefined;
}
