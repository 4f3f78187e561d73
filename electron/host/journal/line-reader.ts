/** Reads single lines of the journal by address: what a span said stays there until somebody looks. */
import { crc32 } from 'node:zlib';
import type { SegmentNumber } from '../../../core/journal/segment-name.ts';
import type { Json } from '../../../core/model/json.ts';
import type { LineAddress } from '../../../core/model/trace-entry.ts';
import type { JournalAddress } from '../library/gather-trace.ts';
import { isMissing } from '../system-error.ts';
import type { JournalFiles, ReadableSegment } from './journal-files.ts';
import { openSegmentFile } from './segment-file.ts';

const OPEN_FILES = 16;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

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

  /**
   * The bytes of a line as they were received; undefined where they are damaged or gone. Without a digest, as
   * trace items have none, a line counts as whole that looks like an object.
   */
  readLine(segment: SegmentNumber, line: LineAddress, digest?: number): Uint8Array | undefined {
    try {
      const bytes = this.#segment(segment).read(line.offset, line.length);
      const isWhole =
        digest === undefined
          ? bytes[0] === OPEN_BRACE && bytes.at(-1) === CLOSE_BRACE
          : crc32(bytes) === digest;
      return isWhole ? bytes : undefined;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** Lets go of a segment's file: another has taken its place, with the same lines at the same addresses. */
  forget(segment: SegmentNumber): void {
    this.#open.get(segment)?.close();
    this.#open.delete(segment);
  }

  close(): void {
    for (const file of this.#open.values()) file.close();
    this.#open.clear();
  }

  #segment(segment: SegmentNumber): ReadableSegment {
    const known = this.#open.get(segment);
    const file = known ?? openSegmentFile(this.#files, segment);
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
