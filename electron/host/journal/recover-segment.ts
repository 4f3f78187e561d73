/**
 * Reads a segment back into rows: block by block, over damage, with the formats its batches name. Used for
 * all that no sidecar covers: the end of the active segment after a crash, or a segment whose sidecar is lost.
 */
import { crc32 } from 'node:zlib';
import { readBatchLine, type BatchContext } from '../../../core/journal/batch-line.ts';
import { BLOCK_HEADER_BYTES, readBlockHeader } from '../../../core/journal/block-header.ts';
import { scanBlocks } from '../../../core/journal/scan-blocks.ts';
import { findFormat } from '../../../core/formats/registry.ts';
import type { Json } from '../../../core/model/json.ts';
import type { SegmentTable } from '../library/segment-table.ts';
import { BatchIndexer, isKept } from '../records/index-batch.ts';
import type { SegmentExtent } from './segment-writer.ts';

export interface RecoveredSegment {
  /** The whole blocks; bytes behind them are a torn tail. */
  readonly extent: SegmentExtent;
  /** Bytes of the torn tail, 0 for none. */
  readonly tornBytes: number;
  /** The tail is the beginning of one block, as a crash leaves it: no record in it was ever acknowledged. */
  readonly tailIsCut: boolean;
  /** Damage inside the segment, which is kept and stepped over. */
  readonly damagedBytes: number;
  /** Blocks that the damage swallowed, by the gap in the sequence. */
  readonly lostBlocks: number;
  /** Lines in good blocks that could not be read as a record. */
  readonly unreadableLines: number;
}

const LINE_FEED = 10;

/** Reads `bytes`, which stand at `known.bytes` of the segment, into the table. */
export function recoverSegment(bytes: Buffer, known: SegmentExtent, into: SegmentTable): RecoveredSegment {
  const base = known.bytes;
  let extent = known;
  let tornBytes = 0;
  let tailIsCut = false;
  let damagedBytes = 0;
  let lostBlocks = 0;
  let unreadableLines = 0;
  for (const piece of scanBlocks(bytes, crc32)) {
    if (piece.kind === 'damage') {
      if (piece.tail) {
        tornBytes = piece.end - piece.offset;
        tailIsCut = isCutBlock(bytes.subarray(piece.offset));
      } else damagedBytes += piece.end - piece.offset;
      continue;
    }
    lostBlocks += Math.max(piece.seq - extent.blocks - 1, 0);
    unreadableLines += readBlockBody(bytes, piece.bodyAt, piece.end, base, into);
    const lastBlockCrc = readBlockHeader(bytes, piece.offset)?.crc ?? 0;
    extent = { bytes: base + piece.end, blocks: piece.seq, lastBlockAt: base + piece.offset, lastBlockCrc };
  }
  return { extent, tornBytes, tailIsCut, damagedBytes, lostBlocks, unreadableLines };
}

/** Too short for what its header announces, or for a header. Whole lines to the end are no cut: the length lies. */
function isCutBlock(tail: Buffer): boolean {
  if (tail.length < BLOCK_HEADER_BYTES) return true;
  const header = readBlockHeader(tail, 0);
  if (header === undefined || BLOCK_HEADER_BYTES + header.bodyBytes <= tail.length) return false;
  return tail.length === BLOCK_HEADER_BYTES || tail.at(-1) !== LINE_FEED;
}

/** Indexes the lines of one block and returns how many could not be read. */
function readBlockBody(bytes: Buffer, from: number, end: number, base: number, into: SegmentTable): number {
  let unreadable = 0;
  let batch: { readonly context: BatchContext; readonly indexer: BatchIndexer } | undefined;
  for (let start = from; start < end;) {
    const lineEnd = bytes.indexOf(LINE_FEED, start);
    const value = parseLine(bytes, start, lineEnd);
    const context = readBatchLine(value);
    if (context !== undefined) {
      batch = { context, indexer: new BatchIndexer(into, context) };
    } else if (batch !== undefined && value !== undefined) {
      const record = findFormat(batch.context.format)?.readRecord(value);
      const digest = crc32(bytes.subarray(start, lineEnd));
      if (record !== undefined && isKept(record)) {
        batch.indexer.add(record, { offset: base + start, length: lineEnd - start, digest });
      } else unreadable++;
    } else unreadable++;
    start = lineEnd + 1;
  }
  return unreadable;
}

function parseLine(bytes: Buffer, start: number, end: number): Json | undefined {
  try {
    return JSON.parse(bytes.toString('utf8', start, end)) as Json;
  } catch {
    return undefined;
  }
}
