/** Reads single lines of the journal by address: what a span said stays there until somebody looks. */
import { crc32 } from 'node:zlib';
import { segmentFileName, type SegmentNumber } from '../../../core/journal/segment-name.ts';
import type { Json } from '../../../core/model/json.ts';
import type { JournalAddress } from '../library/gather-trace.ts';
import { isMissing } from '../system-error.ts';
import type { JournalFiles, ReadableSegment } from './journal-files.ts';

const OPEN_FILES = 16;

export class LineReader {
  readonly #files: JournalFiles;
  /** In order of use, the longest unused first. */
  readonly #open = new Map<SegmentNumber, ReadableSegment>();

  constructor(files: JournalFiles) {
    this.#files = files;
  }

  /** The parsed record; undefined where the line is damaged or gone. */
  readRecord(address: JournalAddress): Json | undefined {
    try {
      const { segment, offset, length, digest } = address;
      const bytes = this.#segment(segment).read(offset, length);
      // A flipped bit inside a string leaves good JSON behind, and would be shown as what the agent said.
      if (crc32(bytes) !== digest) return undefined;
      return JSON.parse(new TextDecoder().decode(bytes)) as Json;
    } catch (error) {
      if (error instanceof SyntaxError || isMissing(error)) return undefined;
      throw error;
    }
  }

  close(): void {
    for (const file of this.#open.values()) file.close();
    this.#open.clear();
  }

  #segment(segment: SegmentNumber): ReadableSegment {
    const known = this.#open.get(segment);
    const file = known ?? this.#files.openForRead(segmentFileName(segment));
    this.#open.delete(segment);
    this.#open.set(segment, file);
    for (const [oldest, unused] of this.#open) {
      if (this.#open.size <= OPEN_FILES) break;
      this.#open.delete(oldest);
      unused.close();
    }
    return file;
  }
}
