/**
 * The one segment that is written to. After a failed write or flush it is given up for good: the system
 * may have dropped the pages it could not write, and a second flush would report success without them.
 */
import { BLOCK_HEADER_BYTES, encodeBlockHeader } from '../../../core/journal/block-header.ts';
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

  /** Writes one block of whole lines and returns where its body begins. Not durable before `sync`. */
  async append(parts: readonly Uint8Array[], lines: number): Promise<number> {
    const offset = this.#extent.bytes;
    const seq = this.#extent.blocks + 1;
    const header = encodeBlockHeader({ seq, lines }, parts, this.#crc32);
    this.#unsynced = true;
    await this.#file.write([header, ...parts], offset);
    const bytes = parts.reduce((sum, part) => sum + part.length, offset + BLOCK_HEADER_BYTES);
    const lastBlockCrc = Number.parseInt(Buffer.from(header).toString('latin1', 48, 56), 16);
    this.#extent = { bytes, blocks: seq, lastBlockAt: offset, lastBlockCrc };
    return offset + BLOCK_HEADER_BYTES;
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
