/**
 * Blanks lines in a stretch of a segment that begins and ends at block borders. A whole block gets a new
 * crc32; one that was damaged stays damaged: nobody may later take for whole what was not.
 */
import { crc32 } from 'node:zlib';
import { blankLine } from '../../../core/journal/blank-line.ts';
import {
  BLOCK_HEADER_BYTES,
  encodeBlockHeader,
  isBlockIntact,
  readBlockHeader,
} from '../../../core/journal/block-header.ts';
import type { LineAddress } from '../../../core/model/trace-entry.ts';

const LINE_FEED = 10;

/** `lines`, in order, stand in `bytes`, which stand at `base` of the segment. */
export function blankLines(bytes: Buffer, base: number, lines: readonly LineAddress[]): void {
  let next = 0;
  for (let blockAt = 0; blockAt < bytes.length;) {
    const end = findBlockEnd(bytes, blockAt);
    const from = next;
    while (next < lines.length && (lines[next]?.offset ?? 0) - base < end) next++;
    if (next > from) blankInBlock(bytes, base, blockAt, end, lines.slice(from, next));
    blockAt = end;
  }
}

/** One past the block; the whole rest where no header tells. */
function findBlockEnd(bytes: Buffer, blockAt: number): number {
  const header = readBlockHeader(bytes, blockAt);
  const end = header === undefined ? bytes.length : blockAt + BLOCK_HEADER_BYTES + header.bodyBytes;
  return Math.min(end, bytes.length);
}

function blankInBlock(
  bytes: Buffer,
  base: number,
  blockAt: number,
  end: number,
  lines: readonly LineAddress[],
): void {
  const header = readBlockHeader(bytes, blockAt);
  const isWhole = header !== undefined && isBlockIntact(bytes, blockAt, header, crc32);
  for (const { offset, length } of lines) {
    blankLine(bytes, offset - base, Math.min(offset - base + length, bytes.length));
  }
  if (!isWhole) return;
  const bodyAt = blockAt + BLOCK_HEADER_BYTES;
  blankEmptyBatches(bytes, bodyAt, end);
  encodeBlockHeader(header, [bytes.subarray(bodyAt, end)], crc32).forEach((byte, i) => {
    bytes[blockAt + i] = byte;
  });
}

/** The line that opens a batch names the file it came from: it goes with the last of its records. */
function blankEmptyBatches(bytes: Buffer, from: number, end: number): void {
  let open: LineAddress | undefined;
  const close = (): void => {
    if (open !== undefined) blankLine(bytes, open.offset, open.offset + open.length);
    open = undefined;
  };
  for (let start = from; start < end;) {
    const lineEnd = bytes.indexOf(LINE_FEED, start);
    if (isContextLine(bytes, start)) {
      close();
      open = { offset: start, length: lineEnd - start };
    } else if (!isBlankAt(bytes, start, lineEnd)) {
      open = undefined;
    }
    start = lineEnd + 1;
  }
  close();
}

/** No record begins with a key of ours: the guards refuse it. */
function isContextLine(bytes: Buffer, start: number): boolean {
  return bytes.toString('latin1', start, start + CONTEXT_OPENING.length) === CONTEXT_OPENING;
}

const CONTEXT_OPENING = '{"$batch":';

function isBlankAt(bytes: Buffer, start: number, end: number): boolean {
  return bytes.toString('latin1', start, start + 2) === '{}' && end > start;
}
