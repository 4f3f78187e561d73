/** Builds the bytes of a segment for tests, and remembers where each block lies. */
import { crc32 } from 'node:zlib';
import { BLOCK_HEADER_BYTES, encodeBlockHeader } from '../../../core/journal/block-header.ts';

export interface BuiltBlock {
  readonly offset: number;
  readonly end: number;
  readonly lines: readonly string[];
}

export interface BuiltSegment {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly blocks: readonly BuiltBlock[];
}

/** One block for every list of lines. */
export function buildSegment(bodies: readonly (readonly string[])[]): BuiltSegment {
  const pieces: Uint8Array[] = [];
  const blocks: BuiltBlock[] = [];
  let offset = 0;
  bodies.forEach((lines, i) => {
    const body = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));
    pieces.push(encodeBlockHeader({ seq: i + 1, lines: lines.length }, [body], crc32), body);
    const end = offset + BLOCK_HEADER_BYTES + body.length;
    blocks.push({ offset, end, lines });
    offset = end;
  });
  return { bytes: new Uint8Array(Buffer.concat(pieces)), blocks };
}
