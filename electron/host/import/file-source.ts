/** The bytes of a file or a stream in large chunks, unzipped where the content says gzip, whatever its name says. */
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { isBundle } from './bundle-file.ts';
import { bundleChunks, laidDownChunks } from './bundle-source.ts';
import { gunzipMembers, isGzip } from './gunzip-members.ts';
import type { Note } from '../../../core/model/note.ts';
import { passOver } from '../pass-over.ts';

/** Larger chunks keep more records alive at a time: with 4 MB a fifth of an import's time went to the collector. */
const CHUNK_BYTES = 512 * 1024;
const LINE_FEED = 10;

export interface ByteSource {
  /** Bytes as they lie on disk, 0 where unknown. */
  readonly bytesTotal: number;
  /** Bytes taken so far, as they lie on disk. */
  readonly bytesRead: number;
  /** True once the content is known to be a bundle's. */
  readonly isBundle: boolean;
  /** The notes of a bundle, known with its first record. */
  readonly notes: readonly Note[];
  /** A chunk may be overwritten as soon as the next one is asked for. */
  chunks(): AsyncIterable<Buffer>;
}

/** A directory, a pipe or a device: code and class are those of a system's error. */
class NotAFileError extends Error {
  readonly code = 'ENOTSUP';
  constructor() {
    super('this is not a regular file');
    this.name = 'NotAFileError';
  }
}

/** Opens the file for as long as `use` runs. Rejects with the system's error where it cannot be opened. */
export async function withFileSource<T>(path: string, use: (source: ByteSource) => Promise<T>): Promise<T> {
  // A pipe without a writer would hold one of four threads for ever, and the journal flushes on the same ones.
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new NotAFileError();
    return await use(new Source(stats.size, () => readHandle(handle), handle));
  } finally {
    await handle.close();
  }
}

/** A stream that is left early stays open: what to do with its rest is for whoever made it. */
export function makeStreamSource(stream: Readable, bytesTotal: number): ByteSource {
  return new Source(bytesTotal, () => stream.iterator({ destroyOnReturn: false }));
}

class Source implements ByteSource {
  readonly bytesTotal: number;
  readonly #open: () => AsyncIterable<Buffer>;
  readonly #handle: FileHandle | undefined;
  bytesRead = 0;
  isBundle = false;
  notes: readonly Note[] = [];

  constructor(bytesTotal: number, openRaw: () => AsyncIterable<Buffer>, handle?: FileHandle) {
    this.bytesTotal = bytesTotal;
    this.#open = openRaw;
    this.#handle = handle;
  }

  async *chunks(): AsyncGenerator<Buffer> {
    const raw = this.#count(this.#open());
    const first = await raw.next();
    if (first.done === true) return;
    const all = joined(first.value, raw);
    this.isBundle = isBundle(first.value);
    if (this.isBundle) {
      if (this.#handle === undefined) yield* laidDownChunks(all, this);
      else {
        this.bytesRead = 0;
        yield* bundleChunks(this.#handle, this);
      }
      return;
    }
    yield* isGzip(first.value) ? gunzipMembers(all) : all;
  }

  async *#count(raw: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of raw) {
      this.bytesRead += chunk.length;
      yield chunk;
    }
  }
}

/**
 * Two buffers in turn: one is read into while the other is parsed. Chunks end with a line where they can, so
 * that lines come whole and nobody has to join them.
 */
async function* readHandle(handle: FileHandle): AsyncGenerator<Buffer> {
  const buffers = [Buffer.allocUnsafe(2 * CHUNK_BYTES), Buffer.allocUnsafe(2 * CHUNK_BYTES)] as const;
  let turn: 0 | 1 = 0;
  let kept = 0;
  let reading = handle.read(buffers[turn], kept, CHUNK_BYTES);
  for (;;) {
    const { bytesRead, buffer } = await reading;
    const end = kept + bytesRead;
    if (bytesRead === 0) {
      if (end > 0) yield buffer.subarray(0, end);
      return;
    }
    const lastLine = buffer.lastIndexOf(LINE_FEED, end - 1) + 1;
    const cut = lastLine === 0 || end - lastLine > CHUNK_BYTES ? end : lastLine;
    turn = turn === 0 ? 1 : 0;
    kept = buffer.copy(buffers[turn], 0, cut, end);
    reading = handle.read(buffers[turn], kept, CHUNK_BYTES);
    // A failure is met at the next await, not in the meantime by nobody.
    reading.catch(passOver);
    yield buffer.subarray(0, cut);
  }
}

/** The chunks with the first one before them, once more. */
async function* joined(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}
