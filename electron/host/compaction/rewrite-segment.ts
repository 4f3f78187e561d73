/**
 * Writes a segment anew beside the old file: without the text of deleted lines, and compressed where asked.
 * Stretch by stretch, with a pause between any two, so that the door never waits for long.
 */
import { promisify } from 'node:util';
import { constants, crc32, deflateRaw } from 'node:zlib';
import { encodeMember } from '../../../core/journal/gzip-member.ts';
import type { LineAddress } from '../../../core/model/trace-entry.ts';
import { CompressedSegment } from '../journal/compressed-segment.ts';
import type { JournalFiles, ReadableSegment } from '../journal/journal-files.ts';
import { blankLines } from './blank-lines.ts';
import { cutStretches, type Stretch } from './segment-stretches.ts';

/** Off the main thread. */
const deflate = promisify(deflateRaw);

export interface Rewriting {
  readonly from: ReadableSegment;
  /** Name of the file to write, which must not exist. */
  readonly to: string;
  /** The lines to blank, in order. */
  readonly dead: readonly LineAddress[];
  readonly compress: boolean;
  /** Ends it early, with an error. */
  readonly signal: AbortSignal;
}

/** Returns the size of the new file, which is durable then. */
export async function rewriteSegment(files: JournalFiles, task: Rewriting): Promise<number> {
  const out = await files.create(task.to);
  try {
    let bytes = 0;
    let next = 0;
    for (const stretch of cutStretches(task.from)) {
      task.signal.throwIfAborted();
      const from = next;
      while ((task.dead[next]?.offset ?? Infinity) < stretch.offset + stretch.length) next++;
      const part = await makePart(task, stretch, task.dead.slice(from, next));
      await out.write([part], bytes);
      bytes += part.length;
    }
    await out.datasync();
    return bytes;
  } finally {
    await out.close();
  }
}

async function makePart(
  { from, compress }: Rewriting,
  stretch: Stretch,
  dead: readonly LineAddress[],
): Promise<Uint8Array> {
  const member = from instanceof CompressedSegment ? from.findMember(stretch.offset) : undefined;
  if (member !== undefined && dead.length === 0 && from instanceof CompressedSegment)
    return from.readMember(member);
  const plain = from.read(stretch.offset, stretch.length);
  if (dead.length > 0) blankLines(plain, stretch.offset, dead);
  if (!compress) return plain;
  const deflated = await deflate(plain, { level: constants.Z_BEST_SPEED });
  return encodeMember(deflated, plain.length, crc32(plain));
}
