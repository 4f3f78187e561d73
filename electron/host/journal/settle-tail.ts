/**
 * What becomes of the end of a segment that is no block: an unfinished write is cut off, since nobody was told
 * that it was stored. Anything else may hold records that were acknowledged, and is moved aside first.
 */
import { damageFileName, segmentFileName, type SegmentNumber } from '../../../core/journal/segment-name.ts';
import { systemErrorCode } from '../system-error.ts';
import type { JournalFiles } from './journal-files.ts';
import type { RecoveredSegment } from './recover-segment.ts';
import type { TailFate } from './recovery-notice.ts';

/** Cuts the tail off, or leaves it where a copy of it cannot be kept: then nothing may be written behind it. */
export async function settleTail(
  files: JournalFiles,
  segment: SegmentNumber,
  { extent, tornBytes, tailIsCut }: RecoveredSegment,
): Promise<TailFate> {
  const name = segmentFileName(segment);
  if (tailIsCut) {
    await files.truncate(name, extent.bytes);
    return { kind: 'cut' };
  }
  try {
    const file = await freeName(files, segment);
    await files.replace(file, readTail(files, name, extent.bytes, tornBytes));
    await files.syncDirectory();
    await files.truncate(name, extent.bytes);
    return { kind: 'moved', file };
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return { kind: 'left' };
  }
}

async function freeName(files: JournalFiles, segment: SegmentNumber): Promise<string> {
  const taken = new Set(await files.list());
  let copy = 1;
  while (taken.has(damageFileName(segment, copy))) copy++;
  return damageFileName(segment, copy);
}

function readTail(files: JournalFiles, name: string, from: number, length: number): Buffer {
  const file = files.openForRead(name);
  try {
    return file.read(from, length);
  } finally {
    file.close();
  }
}
