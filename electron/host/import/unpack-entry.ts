/** The content of one entry of a zip, unpacked as it is read, with its checksum proven at the end. */
import { crc32 } from 'node:zlib';
import type { FileHandle } from 'node:fs/promises';
import { Inflate } from 'fflate/browser';
import { readAt, type ZipEntry } from './bundle-directory.ts';

const HEADER_BYTES = 30;
const HEADER_MARK = 0x04034b50;
const READ_BYTES = 64 * 1024;
export const STORED = 0;
export const DEFLATED = 8;

/** The bytes of an entry are not what its directory says. */
export class DamagedEntryError extends Error {
  constructor(name: string) {
    super(`the entry ${name} is damaged`);
    this.name = 'DamagedEntryError';
  }
}

/** Where the content begins; undefined where no header of that entry is there. */
export async function findContent(handle: FileHandle, entry: ZipEntry): Promise<number | undefined> {
  const header = await readAt(handle, entry.offset, entry.offset + HEADER_BYTES);
  if (header.length < HEADER_BYTES || header.readUInt32LE(0) !== HEADER_MARK) return undefined;
  const nameBytes = header.readUInt16LE(26);
  const from = entry.offset + HEADER_BYTES;
  const name = (await readAt(handle, from, from + nameBytes)).toString('utf8');
  return name === entry.name ? from + nameBytes + header.readUInt16LE(28) : undefined;
}

/** Never more than the directory says; rejects with DamagedEntryError. */
export async function* unpackEntry(handle: FileHandle, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  const from = await findContent(handle, entry);
  if (from === undefined) throw new DamagedEntryError(entry.name);
  let made: Uint8Array[] = [];
  let crc = 0;
  let bytes = 0;
  const inflate = new Inflate((chunk) => {
    made.push(chunk);
  });
  const end = from + entry.packedBytes;
  for (let at = from; at < end; at += READ_BYTES) {
    const packed = await readAt(handle, at, Math.min(at + READ_BYTES, end));
    if (entry.method === STORED) made.push(packed);
    else push(inflate, packed, at + READ_BYTES >= end, entry);
    for (const chunk of made) {
      bytes += chunk.length;
      crc = crc32(chunk, crc);
      if (bytes > entry.bytes) throw new DamagedEntryError(entry.name);
      if (chunk.length > 0) yield chunk;
    }
    made = [];
  }
  if (bytes !== entry.bytes || crc !== entry.crc) throw new DamagedEntryError(entry.name);
}

function push(inflate: Inflate, packed: Uint8Array, final: boolean, entry: ZipEntry): void {
  try {
    inflate.push(packed, final);
  } catch (error) {
    // The library's own errors carry a number for what is wrong with the data.
    if (error instanceof Error && 'code' in error) throw new DamagedEntryError(entry.name);
    throw error;
  }
}
