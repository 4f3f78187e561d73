/**
 * Gzip data as its members, one behind the other. Node's own Gunzip throws away what it had decoded when
 * something behind it is damaged; here a whole member is always given out before what follows it is looked at.
 */
import { crc32, createInflateRaw, type InflateRaw } from 'node:zlib';

/** What damage in the middle of a member can cost at most, beside what cannot be decoded at all. */
const UNZIPPED_CHUNK_BYTES = 64 * 1024;
/** Unzipped a thousandfold, which is the most there is, this still fits in memory. */
const ZIPPED_SLICE_BYTES = 16 * 1024;
const TRAILER_BYTES = 8;
const FIXED_HEADER_BYTES = 10;
const MAX_HEADER_BYTES = 256 * 1024;
const FLAG = { headerCrc: 2, extra: 4, name: 8, comment: 16 } as const;

/** The data ends or breaks where it must not; `Z_TRAILING_BYTES`: behind a whole member stands no gzip. */
export class GzipError extends Error {
  readonly code: 'Z_DATA_ERROR' | 'Z_TRAILING_BYTES';
  constructor(code: 'Z_DATA_ERROR' | 'Z_TRAILING_BYTES') {
    super(code === 'Z_DATA_ERROR' ? 'the gzip data is damaged' : 'no gzip data follows');
    this.name = 'GzipError';
    this.code = code;
  }
}

/** True where the bytes begin like gzip. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Unzips all members. Throws GzipError or zlib's own error behind everything that could be decoded. */
export async function* gunzipMembers(raw: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  const input = new Input(raw);
  try {
    for (let member = 0; ; member++) {
      await skipHeader(input, member);
      if (input.bytes.length === 0) return;
      yield* inflateMember(input);
    }
  } finally {
    await raw.return?.();
  }
}

/** The bytes that are not used yet, and how to get more of them. */
class Input {
  readonly #raw: AsyncIterator<Buffer>;
  bytes: Buffer = Buffer.alloc(0);

  constructor(raw: AsyncIterator<Buffer>) {
    this.#raw = raw;
  }

  /** Adds the next chunk, copied since a source writes over it; false at the end. */
  async more(): Promise<boolean> {
    const next = await this.#raw.next();
    if (next.done === true) return false;
    this.bytes = Buffer.concat([this.bytes, next.value]);
    return true;
  }

  async fill(length: number): Promise<boolean> {
    while (this.bytes.length < length) if (!(await this.more())) return false;
    return true;
  }

  skip(length: number): void {
    this.bytes = this.bytes.subarray(length);
  }
}

/** Steps over a member's header; leaves nothing in the input where no member follows. */
async function skipHeader(input: Input, member: number): Promise<void> {
  const whole = await input.fill(FIXED_HEADER_BYTES);
  if (member > 0) {
    await skipZeros(input);
    if (input.bytes.length === 0) return;
    if (!isGzip(input.bytes)) throw new GzipError('Z_TRAILING_BYTES');
  }
  if (!whole && !(await input.fill(FIXED_HEADER_BYTES))) throw new GzipError('Z_DATA_ERROR');
  for (;;) {
    const length = headerLength(input.bytes);
    if (length !== undefined) {
      input.skip(length);
      return;
    }
    const tooLong = input.bytes.length > MAX_HEADER_BYTES;
    if (tooLong || !(await input.more())) throw new GzipError('Z_DATA_ERROR');
  }
}

/** Tapes and `dd` pad with zeros, which are no damage. */
async function skipZeros(input: Input): Promise<void> {
  do {
    const used = input.bytes.findIndex((byte) => byte !== 0);
    input.skip(used < 0 ? input.bytes.length : used);
  } while (input.bytes.length === 0 && (await input.more()));
  await input.fill(2);
}

/** Undefined where more bytes are needed to tell. */
function headerLength(bytes: Buffer): number | undefined {
  if (bytes.length < FIXED_HEADER_BYTES) return undefined;
  const flags = bytes[3] ?? 0;
  let end = FIXED_HEADER_BYTES;
  if ((flags & FLAG.extra) !== 0) {
    if (bytes.length < end + 2) return undefined;
    end += 2 + bytes.readUInt16LE(end);
  }
  for (const text of [FLAG.name, FLAG.comment]) {
    if ((flags & text) === 0) continue;
    const zero = bytes.indexOf(0, end);
    if (zero < 0) return undefined;
    end = zero + 1;
  }
  if ((flags & FLAG.headerCrc) !== 0) end += 2;
  return bytes.length < end ? undefined : end;
}

/** Takes one member's data and trailer from the input. */
async function* inflateMember(input: Input): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw({ chunkSize: UNZIPPED_CHUNK_BYTES });
  let out: Buffer[] = [];
  let crc = 0;
  let failure: Error | undefined;
  inflate.on('data', (chunk: Buffer) => {
    crc = crc32(chunk, crc);
    out.push(chunk);
  });
  inflate.on('error', (error) => (failure = error));
  try {
    for (let ended = false; !ended;) {
      if (!(await input.fill(1))) throw new GzipError('Z_DATA_ERROR');
      const given = input.bytes.subarray(0, ZIPPED_SLICE_BYTES);
      const before = inflate.bytesWritten;
      await write(inflate, given);
      yield* out;
      out = [];
      if (failure !== undefined) throw failure;
      const used = inflate.bytesWritten - before;
      // What the data's end leaves over is the trailer.
      ended = used < given.length;
      input.skip(used);
    }
  } finally {
    inflate.destroy();
  }
  if (!(await input.fill(TRAILER_BYTES))) throw new GzipError('Z_DATA_ERROR');
  if (input.bytes.readUInt32LE(0) !== crc) throw new GzipError('Z_DATA_ERROR');
  input.skip(TRAILER_BYTES);
}

/** Resolves when the slice is worked off and what came of it was told, or when the stream broke. */
function write(inflate: InflateRaw, slice: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      inflate.off('close', done);
      setImmediate(resolve);
    };
    inflate.once('close', done);
    inflate.write(slice, done);
  });
}
