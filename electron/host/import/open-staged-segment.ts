/** Finds the segment that a frame of a stage tells of, and believes the frame only as far as the file agrees. */
import { open, readFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { BLOCK_HEADER_BYTES, readBlockHeader } from '../../../core/journal/block-header.ts';
import { scanBlocks } from '../../../core/journal/scan-blocks.ts';
import type { SegmentExtent } from '../journal/segment-writer.ts';
import type { StagedSegment } from '../journal/staged-segment.ts';
import { SegmentTable } from '../library/segment-table.ts';
import { readBlockBatch } from '../records/read-block-batch.ts';
import type { RecordBatch } from '../records/record-batch.ts';
import { isMissing } from '../system-error.ts';
import { DamagedStageError } from './damaged-stage.ts';
import { stagedSegmentPath } from './segment-stager.ts';
import { decodeStagedSegment } from './staged-segment-bytes.ts';

/** Undefined where there is no such file: the journal has taken it over. Throws DamagedStageError. */
export async function openSegmentBeside(
  stagePath: string,
  frame: Buffer,
): Promise<StagedSegment | undefined> {
  const { number, extent, table } = decode(frame);
  const path = stagedSegmentPath(stagePath, number);
  try {
    if (!(await isWhole(path, extent))) throw new DamagedStageError('a segment of a stage is not whole');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  return { path, extent, table: new SegmentTable(table) };
}

/** The batches of a segment, each read from its lines again: for a segment that cannot be taken over as it is. */
export async function* readSegmentBatches({ path }: StagedSegment): AsyncGenerator<RecordBatch> {
  const bytes = await readFile(path);
  for (const piece of scanBlocks(bytes, crc32)) {
    const batch = piece.kind === 'block' ? readBlockBatch(bytes, piece.bodyAt, piece.end) : undefined;
    if (batch === undefined) throw new DamagedStageError('a segment of a stage is damaged');
    yield batch;
  }
}

function decode(frame: Buffer): ReturnType<typeof decodeStagedSegment> {
  try {
    return decodeStagedSegment(frame);
  } catch (error) {
    // Written by another version: the crc32 of the frame was right.
    if (error instanceof RangeError || error instanceof SyntaxError)
      throw new DamagedStageError(error.message);
    throw error;
  }
}

/** As long as it was written, and with the last block where it was. */
async function isWhole(path: string, { bytes, lastBlockAt, lastBlockCrc }: SegmentExtent): Promise<boolean> {
  const handle = await open(path, 'r');
  try {
    if ((await handle.stat()).size !== bytes) return false;
    const header = Buffer.alloc(BLOCK_HEADER_BYTES);
    await handle.read(header, 0, BLOCK_HEADER_BYTES, lastBlockAt);
    return readBlockHeader(header, 0)?.crc === lastBlockCrc;
  } finally {
    await handle.close();
  }
}
