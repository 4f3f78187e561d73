/**
 * The one segment that is written to. After a failed write or flush it is given up for good: the system
 * may have dropped the pages it could not write, and a second flush would report success without them.
 */
import {
  BLOCK_HEADER_BYTES,
  encodeBlockHeader,
  readBlockHeader,
} from '../../../core/journal/block-header.ts';
import type { Crc32 } from '../../../core/journal/checksum.ts';
import { segmentFileName, type SegmentNumber } from '../../../core/journal/segment-name.ts';
import type { JournalFiles, WritableSegment } from './journal-files.ts';

/** How far a segment is written: whole blocks only. */
export interface SegmentExtent {
  readonly bytes: number;
  readonly blocks: number;
  readonly lastBlockAt: number;
  readonly lastBlockCrc: number;
}

/** The body of a block to be: whole lines, and how many. */
export interface BlockBody {
  readonly parts: readonly Uint8Array[];
  readonly lines: number;
}

export const EMPTY_EXTENT: SegmentExtent = { bytes: 0, blocks: 0, lastBlockAt: -1, lastBlockCrc: 0 };

export class SegmentWriter {
  readonly segment: SegmentNumber;
  readonly #file: WritableSegment;
  readonly #crc32: Crc32;
  #extent: SegmentExtent;
  #unsynced = false;

  private constructor(
    segment: SegmentNumber,
    file: WritableSegment,
    crc32: Crc32,
    extent: SegmentExtent,
    readonly openedAtUs: number,
  ) {
    this.segment = segment;
    this.#file = file;
    this.#crc32 = crc32;
    this.#extent = extent;
  }

  /** Makes the file of a new segment; its name is durable before the first block is acknowledged. */
  static async create(
    files: JournalFiles,
    segment: SegmentNumber,
    crc32: Crc32,
    nowUs: number,
  ): Promise<SegmentWriter> {
    const name = segmentFileName(segment);
    const file = await files.create(name);
    try {
      await files.syncDirectory();
    } catch (error) {
      await file.close();
      await files.remove(name);
      throw error;
    }
    return new SegmentWriter(segment, file, crc32, EMPTY_EXTENT, nowUs);
  }

  /** Goes on behind the last block of a segment that was read. */
  static async reopen(
    files: JournalFiles,
    segment: SegmentNumber,
    crc32: Crc32,
    extent: SegmentExtent,
    nowUs: number,
  ): Promise<SegmentWriter> {
    return new SegmentWriter(segment, await files.open(segmentFileName(segment)), crc32, extent, nowUs);
  }

  get extent(): SegmentExtent {
    return this.#extent;
  }

  /** Writes blocks in one go and returns where the body of each begins. Not durable before `sync`. */
  async append(blocks: readonly BlockBody[]): Promise<readonly number[]> {
    const pieces: Uint8Array[] = [];
    const bodiesAt: number[] = [];
    let extent = this.#extent;
    for (const { parts, lines } of blocks) {
      const seq = extent.blocks + 1;
      const header = encodeBlockHeader({ seq, lines }, parts, this.#crc32);
      const bodyAt = extent.bytes + BLOCK_HEADER_BYTES;
      const bytes = parts.reduce((sum, part) => sum + part.length, bodyAt);
      const lastBlockCrc = readBlockHeader(header, 0)?.crc ?? 0;
      pieces.push(header, ...parts);
      bodiesAt.push(bodyAt);
      extent = { bytes, blocks: seq, lastBlockAt: extent.bytes, lastBlockCrc };
    }
    this.#unsynced = true;
    await this.#file.write(pieces, this.#extent.bytes);
    this.#extent = extent;
    return bodiesAt;
  }

  /** Makes every block so far durable. */
  async sync(): Promise<void> {
    if (!this.#unsynced) return;
    await this.#file.datasync();
    this.#unsynced = false;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}
