/** The directory at the end of a zip, as far as a bundle needs it: what lies where, and what it is. */
import type { FileHandle } from 'node:fs/promises';

/** An entry as the directory tells it. */
export interface ZipEntry {
  readonly name: string;
  /** 0: stored, 8: deflated. */
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Where its own header begins. */
  readonly offset: number;
  /** True for links, folders and devices. */
  readonly isSpecial: boolean;
  readonly isEncrypted: boolean;
}

export interface ZipDirectory {
  readonly entries: readonly ZipEntry[];
  /** Where it begins: what an entry has lies before. */
  readonly offset: number;
}

const END_BYTES = 22;
const MOST_COMMENT_BYTES = 65_535;
const ENTRY_BYTES = 46;
const END_MARK = 0x06054b50;
const ENTRY_MARK = 0x02014b50;
const MOST_DIRECTORY_BYTES = 64 * 1024 * 1024;
const UNIX = 3;
const FILE_TYPE = 0o170000;
const REGULAR_FILE = 0o100000;

/** Undefined where there is none that can be read; a zip of more than 4 GB has another kind, which is not read. */
export async function readZipDirectory(handle: FileHandle): Promise<ZipDirectory | undefined> {
  const { size } = await handle.stat();
  const tail = await readAt(handle, Math.max(size - END_BYTES - MOST_COMMENT_BYTES, 0), size);
  const end = findEnd(tail);
  if (end < 0) return undefined;
  const count = tail.readUInt16LE(end + 10);
  const bytes = tail.readUInt32LE(end + 12);
  const offset = tail.readUInt32LE(end + 16);
  if (offset + bytes > size || bytes > MOST_DIRECTORY_BYTES) return undefined;
  const directory = await readAt(handle, offset, offset + bytes);
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    const read = readEntry(directory, at);
    if (read === undefined) return undefined;
    entries.push(read.entry);
    at = read.next;
  }
  return { entries, offset };
}

/** The bytes of a file between two places; fewer where it ends before. */
export async function readAt(handle: FileHandle, from: number, to: number): Promise<Buffer> {
  const buffer = Buffer.alloc(Math.max(to - from, 0));
  const { bytesRead } = await handle.read(buffer, 0, buffer.length, from);
  return buffer.subarray(0, bytesRead);
}

function findEnd(tail: Buffer): number {
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    const isEnd = tail.readUInt32LE(at) === END_MARK;
    if (isEnd && at + END_BYTES + tail.readUInt16LE(at + 20) === tail.length) return at;
  }
  return -1;
}

function readEntry(
  bytes: Buffer,
  at: number,
): { readonly entry: ZipEntry; readonly next: number } | undefined {
  if (at + ENTRY_BYTES > bytes.length || bytes.readUInt32LE(at) !== ENTRY_MARK) return undefined;
  const nameBytes = bytes.readUInt16LE(at + 28);
  const next = at + ENTRY_BYTES + nameBytes + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  if (next > bytes.length) return undefined;
  const name = bytes.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes);
  const madeBy = bytes.readUInt8(at + 5);
  const mode = (bytes.readUInt32LE(at + 38) >>> 16) & FILE_TYPE;
  const entry = {
    name,
    method: bytes.readUInt16LE(at + 10),
    crc: bytes.readUInt32LE(at + 16),
    packedBytes: bytes.readUInt32LE(at + 20),
    bytes: bytes.readUInt32LE(at + 24),
    offset: bytes.readUInt32LE(at + 42),
    isSpecial: name.endsWith('/') || (madeBy === UNIX && mode !== 0 && mode !== REGULAR_FILE),
    isEncrypted: (bytes.readUInt16LE(at + 8) & 1) !== 0,
  };
  return { entry, next };
}
