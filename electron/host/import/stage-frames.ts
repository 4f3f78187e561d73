/** The frames that a stage is a sequence of: kind, length of the bytes behind it, their crc32, the bytes. */
import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

export const FRAME = { plan: 1, batch: 2, end: 3, segment: 4 } as const;
export type FrameKind = (typeof FRAME)[keyof typeof FRAME];

export const FRAME_HEAD_BYTES = 12;
/** Nothing that is staged comes near it: a longer frame is damage. */
const MAX_FRAME_BYTES = 1024 * 1024 * 1024;

export interface FrameHead {
  readonly kind: FrameKind;
  readonly length: number;
  readonly crc: number;
}

/** Writes a frame behind what was written. Returns how many bytes it takes; rejects with the system's error. */
export async function writeFrame(handle: FileHandle, kind: FrameKind, bytes: Uint8Array): Promise<number> {
  const head = Buffer.allocUnsafe(FRAME_HEAD_BYTES);
  head.writeUInt32LE(kind, 0);
  head.writeUInt32LE(bytes.length, 4);
  head.writeUInt32LE(crc32(bytes), 8);
  const length = head.length + bytes.length;
  const { bytesWritten } = await handle.writev([head, bytes]);
  if (bytesWritten === length) return length;
  // A full disk may take a part; the rest then says why.
  const whole = Buffer.concat([head, bytes]);
  for (let at = bytesWritten; at < length;) at += (await handle.write(whole, at)).bytesWritten;
  return length;
}

/** Undefined where no frame begins there. */
export async function readFrameHead(handle: FileHandle, at: number): Promise<FrameHead | undefined> {
  const head = await readBytes(handle, at, FRAME_HEAD_BYTES);
  if (head.length < FRAME_HEAD_BYTES) return undefined;
  const [code, length, crc] = [head.readUInt32LE(0), head.readUInt32LE(4), head.readUInt32LE(8)];
  const kind = Object.values(FRAME).find((known) => known === code);
  return kind !== undefined && length <= MAX_FRAME_BYTES ? { kind, length, crc } : undefined;
}

/** What a frame holds, whose bytes begin at `from`; undefined where it is not what was written. */
export async function readFrameBytes(
  handle: FileHandle,
  from: number,
  { length, crc }: FrameHead,
): Promise<Buffer | undefined> {
  const bytes = await readBytes(handle, from, length);
  return bytes.length === length && crc32(bytes) === crc ? bytes : undefined;
}

/** So many bytes from a place, or fewer at the end of the file. */
async function readBytes(handle: FileHandle, from: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await handle.read(bytes, read, length - read, from + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return bytes.subarray(0, read);
}
