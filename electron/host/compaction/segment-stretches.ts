/**
 * Cuts a sealed segment into stretches of about 128 KB that begin and end at block borders: the members of a
 * compressed one, and what will become members of a plain one.
 */
import { BLOCK_HEADER_BYTES, findBlockStart, readBlockHeader } from '../../../core/journal/block-header.ts';
import { CompressedSegment } from '../journal/compressed-segment.ts';
import type { ReadableSegment } from '../journal/journal-files.ts';

export const STRETCH_BYTES = 128 * 1024;
const SEARCH_BYTES = 256 * 1024;

export interface Stretch {
  /** In the segment as it was written. */
  readonly offset: number;
  readonly length: number;
}

export function* cutStretches(file: ReadableSegment): Generator<Stretch> {
  if (file instanceof CompressedSegment) {
    for (const { plainAt, plainBytes } of file.members) yield { offset: plainAt, length: plainBytes };
    return;
  }
  const size = file.size();
  let offset = 0;
  for (let position = 0; position < size;) {
    position = findNextBorder(file, position, size);
    if (position - offset < STRETCH_BYTES && position < size) continue;
    yield { offset, length: position - offset };
    offset = position;
  }
}

/** Where the block at `position` ends; where none stands there, the next place that looks like one. */
function findNextBorder(file: ReadableSegment, position: number, size: number): number {
  const header = readBlockHeader(file.read(position, BLOCK_HEADER_BYTES), 0);
  const end = position + BLOCK_HEADER_BYTES + (header?.bodyBytes ?? 0);
  if (header !== undefined && end <= size) return end;
  for (let from = position + 1; from < size; from += SEARCH_BYTES - BLOCK_HEADER_BYTES) {
    const found = findBlockStart(file.read(from, SEARCH_BYTES), 0);
    if (found >= 0) return from + found;
  }
  return size;
}
