/**
 * A bundle as a source of records. The whole file is proven before the first record is handed on: names, places,
 * sizes, the sum of every entry. So of a damaged one nothing is imported.
 */
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { findDoubleName, judgeEntryName } from '../../../core/formats/bundle/entry-names.ts';
import {
  BUNDLE_VERSION,
  isRecordsEntry,
  MANIFEST_NAME,
  MARK_NAME,
  NOTES_NAME,
  readManifest,
  type BundleManifest,
} from '../../../core/formats/bundle/manifest.ts';
import type { MessageCode } from '../../../core/formats/messages.ts';
import type { Json } from '../../../core/model/json.ts';
import { readNote, type Note } from '../../../core/model/note.ts';
import { readZipDirectory, type ZipDirectory, type ZipEntry } from './bundle-directory.ts';
import { DamagedEntryError, DEFLATED, findContent, STORED, unpackEntry } from './unpack-entry.ts';

const MOST_ENTRIES = 100_000;
const MOST_MANIFEST_BYTES = 64 * 1024 * 1024;
const MOST_EXTRA_BYTES = 256 * 1024 * 1024;
/** Traces shrink to a tenth or a fortieth; what shrinks to less is a bomb once it is large. */
const MOST_DENSE = 200;
const ALWAYS_FITS_BYTES = 32 * 1024 * 1024;

/** Why nothing of a bundle is imported. */
export class BundleError extends Error {
  readonly messageCode: MessageCode;
  readonly entry: string | undefined;

  constructor(messageCode: MessageCode, entry?: string) {
    super(messageCode);
    this.name = 'BundleError';
    this.messageCode = messageCode;
    this.entry = entry;
  }
}

/** True where the bytes begin as every bundle does: a zip whose first entry is the mark. */
export function isBundle(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 64));
  if (head.length < 30 + MARK_NAME.length || head.readUInt32LE(0) !== 0x04034b50) return false;
  const nameBytes = head.readUInt16LE(26);
  return nameBytes === MARK_NAME.length && head.toString('latin1', 30, 30 + nameBytes) === MARK_NAME;
}

export class BundleFile {
  readonly manifest: BundleManifest;
  readonly #handle: FileHandle;
  readonly #entries: readonly ZipEntry[];

  private constructor(handle: FileHandle, manifest: BundleManifest, entries: readonly ZipEntry[]) {
    this.#handle = handle;
    this.manifest = manifest;
    this.#entries = entries;
  }

  /** Proves everything but the sums. Rejects with BundleError. */
  static async open(handle: FileHandle): Promise<BundleFile> {
    const directory = await readZipDirectory(handle);
    if (directory === undefined) throw new BundleError('bundle-not-readable');
    judgeNames(directory);
    judgeSizes(directory);
    await judgePlaces(handle, directory);
    const { entries } = directory;
    const manifest = await findManifest(handle, entries);
    if (manifest.version > BUNDLE_VERSION) throw new BundleError('bundle-newer');
    const listed = new Map(manifest.entries.map((entry) => [entry.name, entry]));
    for (const { name, bytes } of entries) {
      if (name === MANIFEST_NAME || name === MARK_NAME) continue;
      if (listed.get(name)?.bytes !== bytes) throw new BundleError('bundle-bad-entry', name);
      listed.delete(name);
    }
    const [missing] = listed.keys();
    if (missing !== undefined) throw new BundleError('bundle-damaged', missing);
    return new BundleFile(handle, manifest, entries);
  }

  /** Proves the sum of every entry, one call an entry. Rejects with BundleError. */
  async *prove(): AsyncGenerator<void> {
    const sums = new Map(this.manifest.entries.map(({ name, sha256 }) => [name, sha256]));
    for (const entry of this.#entries) {
      const sum = createHash('sha256');
      for await (const chunk of unpack(this.#handle, entry)) {
        sum.update(chunk);
        yield;
      }
      const expected = sums.get(entry.name);
      if (expected !== undefined && sum.digest('hex') !== expected) {
        throw new BundleError('bundle-damaged', entry.name);
      }
    }
  }

  /** The lines of all records; `onRead` is told how many packed bytes each step took. */
  async *records(onRead: (bytes: number) => void): AsyncGenerator<Buffer> {
    for (const entry of this.#entries) {
      if (isRecordsEntry(entry.name)) {
        for await (const chunk of unpack(this.#handle, entry)) {
          yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
        }
      }
      onRead(entry.packedBytes);
    }
  }

  /** The notes of its traces; what is none is passed over. */
  async readNotes(): Promise<readonly Note[]> {
    const entry = this.#entries.find(({ name }) => name === NOTES_NAME);
    if (entry === undefined || entry.bytes > MOST_EXTRA_BYTES) return [];
    const notes: Note[] = [];
    for (const line of (await readText(this.#handle, entry)).split('\n')) {
      const note = line === '' ? undefined : readNote(parse(line));
      if (note !== undefined) notes.push(note);
    }
    return notes;
  }
}

function judgeNames({ entries }: ZipDirectory): void {
  for (const { name, isSpecial, isEncrypted, method } of entries) {
    const wrong = judgeEntryName(name);
    if (wrong !== undefined) throw new BundleError(wrong);
    if (isSpecial || isEncrypted || (method !== STORED && method !== DEFLATED)) {
      throw new BundleError('bundle-bad-entry', name);
    }
  }
  const double = findDoubleName(entries.map(({ name }) => name));
  if (double !== undefined) throw new BundleError('bundle-double-name', double);
}

function judgeSizes({ entries }: ZipDirectory): void {
  let packed = 0;
  let bytes = 0;
  for (const entry of entries) {
    packed += entry.packedBytes;
    bytes += entry.bytes;
  }
  const isDense = bytes > ALWAYS_FITS_BYTES && bytes > packed * MOST_DENSE;
  if (isDense || entries.length > MOST_ENTRIES) throw new BundleError('bundle-too-dense');
}

/** No entry lies over another, over the directory, or elsewhere than where its own header is. */
async function judgePlaces(handle: FileHandle, { entries, offset }: ZipDirectory): Promise<void> {
  let free = 0;
  for (const entry of entries.toSorted((a, b) => a.offset - b.offset)) {
    const from = await findContent(handle, entry);
    if (from === undefined) throw new BundleError('bundle-damaged', entry.name);
    const end = from + entry.packedBytes;
    if (entry.offset < free || end > offset) throw new BundleError('bundle-overlap');
    free = end;
  }
}

async function findManifest(handle: FileHandle, entries: readonly ZipEntry[]): Promise<BundleManifest> {
  const entry = entries.find(({ name }) => name === MANIFEST_NAME);
  if (entry === undefined || entry.bytes > MOST_MANIFEST_BYTES) {
    throw new BundleError('bundle-without-manifest');
  }
  const value = parse(await readText(handle, entry));
  const manifest = value === undefined ? undefined : readManifest(value);
  if (manifest === undefined) throw new BundleError('bundle-without-manifest');
  return manifest;
}

async function readText(handle: FileHandle, entry: ZipEntry): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of unpack(handle, entry)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

async function* unpack(handle: FileHandle, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  try {
    yield* unpackEntry(handle, entry);
  } catch (error) {
    if (error instanceof DamagedEntryError) throw new BundleError('bundle-damaged', entry.name);
    throw error;
  }
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // The sum of the entry was proven, so whoever wrote it wrote no JSON.
    return undefined;
  }
}
