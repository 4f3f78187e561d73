/** The bytes of a file or a stream in large chunks, unzipped where the content says gzip, whatever its name says. */
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** 4 MB: larger reads gain nothing, smaller ones cut more records in two. */
const CHUNK_BYTES = 1024 * 1024;
const UNZIPPED_CHUNK_BYTES = 1024 * 1024;

export interface ByteSource {
  /** Bytes as they lie on disk, 0 where unknown. */
  readonly bytesTotal: number;
  /** Bytes taken so far, as they lie on disk. */
  readonly bytesRead: number;
  /** A chunk may be overwritten as soon as the next one is asked for. */
  chunks(): AsyncIterable<Buffer>;
}

/** Opens the file for as long as `use` runs. Rejects with the system's error where it cannot be opened. */
export async function withFileSource<T>(path: string, use: (source: ByteSource) => Promise<T>): Promise<T> {
  const handle = await open(path, 'r');
  try {
    return await use(new Source((await handle.stat()).size, () => readHandle(handle)));
  } finally {
    await handle.close();
  }
}

export function makeStreamSource(stream: Readable, bytesTotal: number): ByteSource {
  return new Source(bytesTotal, () => stream);
}

class Source implements ByteSource {
  readonly bytesTotal: number;
  readonly #open: () => AsyncIterable<Buffer>;
  bytesRead = 0;

  constructor(bytesTotal: number, openRaw: () => AsyncIterable<Buffer>) {
    this.bytesTotal = bytesTotal;
    this.#open = openRaw;
  }

  async *chunks(): AsyncGenerator<Buffer> {
    const raw = this.#count(this.#open());
    const first = await raw.next();
    if (first.done === true) return;
    const isGzip = first.value[0] === 0x1f && first.value[1] === 0x8b;
    if (isGzip) yield* unzip(first.value, raw);
    else {
      yield first.value;
      yield* raw;
    }
  }

  async *#count(raw: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of raw) {
      this.bytesRead += chunk.length;
      yield chunk;
    }
  }
}

/** Two buffers in turn: one is read into while the other is parsed. */
async function* readHandle(handle: Awaited<ReturnType<typeof open>>): AsyncGenerator<Buffer> {
  const buffers = [Buffer.allocUnsafe(CHUNK_BYTES), Buffer.allocUnsafe(CHUNK_BYTES)] as const;
  let turn: 0 | 1 = 0;
  let reading = handle.read(buffers[turn], 0, CHUNK_BYTES);
  for (;;) {
    const { bytesRead, buffer } = await reading;
    if (bytesRead === 0) return;
    turn = turn === 0 ? 1 : 0;
    reading = handle.read(buffers[turn], 0, CHUNK_BYTES);
    // A failure is met at the next await, not in the meantime by nobody.
    reading.catch(passOver);
    yield buffer.subarray(0, bytesRead);
  }
}

async function* unzip(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  async function* all(): AsyncGenerator<Buffer> {
    // Copies: a stream holds chunks longer than until the next one is asked for.
    yield Buffer.from(first);
    for await (const chunk of rest) yield Buffer.from(chunk);
  }
  const gunzip = createGunzip({ chunkSize: UNZIPPED_CHUNK_BYTES });
  const source = Readable.from(all());
  source.on('error', (error) => gunzip.destroy(error));
  for await (const chunk of source.pipe(gunzip) as AsyncIterable<Buffer>) yield chunk;
}

function passOver(): void {
  return undefined;
}
