/**
 * Reads a segment back into rows: block by block, over damage, with the formats its batches name. Used for
 * all that no sidecar covers: the end of the active segment after a crash, or a segment whose sidecar is lost.
 */
import { crc32 } from 'node:zlib';
import { readBatchLine, type BatchContext } from '../../../core/journal/batch-line.ts';
import { isBlank } from '../../../core/journal/blank-line.ts';
import { BLOCK_HEADER_BYTES, readBlockHeader } from '../../../core/journal/block-header.ts';
import { readDeleteLine, type Deletion } from '../../../core/journal/delete-line.ts';
import { isNoteLine, readNoteLine, type NoteLine } from '../../../core/journal/note-line.ts';
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
  /** The deletions that stand in what was read, in order. */
  readonly deletions: readonly Deletion[];
  /** The lines of notes that were read, in order; without a note where that one's trace was deleted after. */
  readonly notes: readonly NoteLine[];
  /** Traces that had lines before the deletion of theirs that was read. */
  readonly hidden: readonly string[];
  /** Lines that compaction has blanked. */
  readonly blankLines: number;
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
  const lines = new LineIndexer(bytes, base, into);
  for (const piece of scanBlocks(bytes, crc32)) {
    if (piece.kind === 'damage') {
      if (piece.tail) {
        tornBytes = piece.end - piece.offset;
        tailIsCut = isCutBlock(bytes.subarray(piece.offset));
      } else damagedBytes += piece.end - piece.offset;
      continue;
    }
    lostBlocks += Math.max(piece.seq - extent.blocks - 1, 0);
    lines.readBody(piece.bodyAt, piece.end);
    const lastBlockCrc = readBlockHeader(bytes, piece.offset)?.crc ?? 0;
    extent = { bytes: base + piece.end, blocks: piece.seq, lastBlockAt: base + piece.offset, lastBlockCrc };
  }
  const { deletions, notes, hidden, blankLines, unreadableLines } = lines;
  return {
    ...{ extent, tornBytes, tailIsCut, damagedBytes, lostBlocks, unreadableLines },
    ...{ deletions, notes, hidden: [...hidden], blankLines },
  };
}

/** Too short for what its header announces, or for a header. Whole lines to the end are no cut: the length lies. */
function isCutBlock(tail: Buffer): boolean {
  if (tail.length < BLOCK_HEADER_BYTES) return true;
  const header = readBlockHeader(tail, 0);
  if (header === undefined || BLOCK_HEADER_BYTES + header.bodyBytes <= tail.length) return false;
  return tail.length === BLOCK_HEADER_BYTES || tail.at(-1) !== LINE_FEED;
}

/** Indexes the lines of blocks, and counts those that are no record. */
class LineIndexer {
  readonly deletions: Deletion[] = [];
  notes: NoteLine[] = [];
  readonly hidden = new Set<string>();
  blankLines = 0;
  unreadableLines = 0;
  readonly #bytes: Buffer;
  readonly #base: number;
  readonly #into: SegmentTable;
  #batch: { readonly context: BatchContext; readonly indexer: BatchIndexer } | undefined;

  constructor(bytes: Buffer, base: number, into: SegmentTable) {
    this.#bytes = bytes;
    this.#base = base;
    this.#into = into;
  }

  readBody(from: number, end: number): void {
    this.#batch = undefined;
    for (let start = from; start < end;) {
      const lineEnd = this.#bytes.indexOf(LINE_FEED, start);
      this.#readLine(start, lineEnd);
      start = lineEnd + 1;
    }
  }

  #readLine(start: number, end: number): void {
    const value = parseLine(this.#bytes, start, end);
    const context = readBatchLine(value);
    const deletion = readDeleteLine(value);
    if (context !== undefined) {
      this.#batch = { context, indexer: new BatchIndexer(this.#into, context) };
    } else if (deletion !== undefined) {
      this.#readDeletion(deletion);
    } else if (isNoteLine(value)) {
      this.notes.push({ offset: this.#base + start, length: end - start, note: readNoteLine(value) });
    } else if (isBlank(value)) {
      this.blankLines++;
    } else if (!this.#readRecord(value, start, end)) {
      this.unreadableLines++;
    }
  }

  #readDeletion(deletion: Deletion): void {
    this.deletions.push(deletion);
    const gone = new Set(deletion.traceIds);
    for (const id of gone) if (this.#into.table.forgetTrace(id)) this.hidden.add(id);
    this.notes = this.notes.map((line) => {
      if (line.note === undefined || !gone.has(line.note.traceId)) return line;
      this.hidden.add(line.note.traceId);
      return { ...line, note: undefined };
    });
  }

  #readRecord(value: Json | undefined, start: number, end: number): boolean {
    if (this.#batch === undefined || value === undefined) return false;
    const record = findFormat(this.#batch.context.format)?.readRecord(value);
    if (record === undefined || !isKept(record)) return false;
    const digest = crc32(this.#bytes.subarray(start, end));
    this.#batch.indexer.add(record, { offset: this.#base + start, length: end - start, digest });
    return true;
  }
}

function parseLine(bytes: Buffer, start: number, end: number): Json | undefined {
  try {
    return JSON.parse(bytes.toString('utf8', start, end)) as Json;
  } catch {
    return undefined;
  }
}
