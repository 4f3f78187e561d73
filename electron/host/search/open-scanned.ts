/** Opens a segment to be searched. Compaction may give it another file at any moment, or take it away. */
import type { SegmentNumber } from '../../../core/journal/segment-name.ts';
import type { JournalFiles, ReadableSegment } from '../journal/journal-files.ts';
import { openSegmentFile } from '../journal/segment-file.ts';
import { isMissing } from '../system-error.ts';

/** Undefined where it is gone: then all that stood in it was deleted. */
export function openScanned(files: JournalFiles, segment: SegmentNumber): ReadableSegment | undefined {
  // The plain file may have gone just after the compressed one was not there yet.
  for (let tries = 0; tries < 2; tries++) {
    try {
      return openSegmentFile(files, segment);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }
  return undefined;
}
