/** Opens a segment for reading by address, whether it is plain or was compressed since. */
import {
  compressedFileName,
  segmentFileName,
  type SegmentNumber,
} from '../../../core/journal/segment-name.ts';
import { isMissing } from '../system-error.ts';
import { CompressedSegment } from './compressed-segment.ts';
import type { JournalFiles, ReadableSegment } from './journal-files.ts';

/** Throws the system's error, ENOENT where the segment is in neither form. */
export function openSegmentFile(files: JournalFiles, segment: SegmentNumber): ReadableSegment {
  return openCompressed(files, segment) ?? files.openForRead(segmentFileName(segment));
}

/** Undefined where the segment is not compressed: what somebody else made of it by `gzip` is no segment. */
export function openCompressed(files: JournalFiles, segment: SegmentNumber): CompressedSegment | undefined {
  let file: ReadableSegment;
  try {
    file = files.openForRead(compressedFileName(segment));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  const compressed = new CompressedSegment(file);
  if (compressed.members.length > 0) return compressed;
  file.close();
  return undefined;
}

/** Bytes of the segment as it was written; undefined where there is no such regular file. */
export async function segmentSize(files: JournalFiles, segment: SegmentNumber): Promise<number | undefined> {
  return (await compressedSize(files, segment)) ?? (await files.size(segmentFileName(segment)));
}

/** The same of the compressed form alone. */
export async function compressedSize(
  files: JournalFiles,
  segment: SegmentNumber,
): Promise<number | undefined> {
  if ((await files.size(compressedFileName(segment))) === undefined) return undefined;
  const file = openCompressed(files, segment);
  try {
    return file?.size();
  } finally {
    file?.close();
  }
}
