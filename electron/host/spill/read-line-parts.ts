/** Reads a file of lines in parts of whole lines, so that a spill of any size takes little memory. */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

export interface LinePart {
  readonly kind: 'lines' | 'too-long' | 'cut';
  /** Whole lines; empty for a line that is too long, or that ends without its line feed. */
  readonly body: Buffer;
  /** Where the file goes on behind this part. */
  readonly end: number;
}

export interface PartSizes {
  readonly partBytes: number;
  readonly lineBytes: number;
}

const MIB = 1024 * 1024;
/** A line may be as long as the longest body of the door. */
export const PART_SIZES: PartSizes = { partBytes: 2 * MIB, lineBytes: 64 * MIB };
const LINE_FEED = 0x0a;
const EMPTY = Buffer.alloc(0);

/** Yields the parts from `start` on, which must be the beginning of a line. */
export async function* readLineParts(
  path: string,
  start: number,
  { partBytes, lineBytes }: PartSizes = PART_SIZES,
): AsyncGenerator<LinePart> {
  // O_NOFOLLOW: it was a plain file when it was listed, and must still be one.
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    let held: Buffer[] = [];
    let heldBytes = 0;
    let isTooLong = false;
    let end = start;
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(partBytes), 0, partBytes, end);
      if (bytesRead === 0) break;
      const chunk = buffer.subarray(0, bytesRead);
      const feed = chunk.lastIndexOf(LINE_FEED);
      const whole = chunk.subarray(0, feed + 1);
      const rest = chunk.subarray(feed + 1);
      if (feed >= 0 && isTooLong) {
        // The end of the long line, and what follows it.
        const next = whole.indexOf(LINE_FEED) + 1;
        yield { kind: 'too-long', body: EMPTY, end: end + next };
        if (next < whole.length) yield { kind: 'lines', body: whole.subarray(next), end: end + whole.length };
      } else if (feed >= 0) {
        yield { kind: 'lines', body: Buffer.concat([...held, whole]), end: end + whole.length };
      }
      if (feed >= 0) {
        held = [];
        heldBytes = 0;
        isTooLong = false;
      }
      end += bytesRead;
      heldBytes += rest.length;
      if (heldBytes > lineBytes) isTooLong = true;
      if (isTooLong) held = [];
      else if (rest.length > 0) held.push(rest);
    }
    if (heldBytes > 0) yield { kind: isTooLong ? 'too-long' : 'cut', body: EMPTY, end };
  } finally {
    await file.close();
  }
}
