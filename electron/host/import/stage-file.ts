/**
 * A file of `imports/`: what an import has read, before anything of it is in the library. So an import that is
 * cancelled, or whose host dies, leaves the library as it was, and one that was read to its end goes on after a
 * crash. It is a sequence of frames, each length, crc32 and bytes: a plan, the batches, and the end.
 */
import { constants } from 'node:fs';
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { isJsonObject, ownAt, stringAt } from '../../../core/model/json.ts';
import { JournalUnavailableError } from '../journal/journal-unavailable.ts';
import { isFileReport } from '../reports/is-file-report.ts';
import type { BundledReport } from './bundle-source.ts';
import { passOver } from '../pass-over.ts';
import type { RecordBatch } from '../records/record-batch.ts';
import { decodeBatch, encodeBatch } from '../records/batch-bytes.ts';

/** What an import is to do with the records it has read. */
export interface StagePlan {
  /** What a notice calls the file. */
  readonly path: string;
  /** Takes records of deleted traces, too, that were to stay away. */
  readonly bringBack: boolean;
}

const KIND = { plan: 1, batch: 2, end: 3 } as const;
/** Kind, length of the bytes behind it, their crc32. */
const FRAME_HEAD_BYTES = 12;
/** No batch comes near it: a longer frame is damage. */
const MAX_FRAME_BYTES = 1024 * 1024 * 1024;

/** Writes a stage. What it wrote counts only once it has ended. */
export class StageWriter {
  readonly #handle: FileHandle;
  readonly path: string;
  #bytes = 0;

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  /** Makes the file, which must not be there, and its folder. Only its owner may read it. */
  static async create(path: string, plan: StagePlan): Promise<StageWriter> {
    const handle = await refusing(async () => {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      return await open(path, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600);
    });
    const writer = new StageWriter(path, handle);
    await writer.#write(KIND.plan, Buffer.from(JSON.stringify(plan)));
    return writer;
  }

  get bytes(): number {
    return this.#bytes;
  }

  async add(batch: RecordBatch): Promise<void> {
    await this.#write(KIND.batch, encodeBatch(batch));
  }

  /** Says that nothing is missing, and what became of the file, durably. */
  async end(report: BundledReport): Promise<void> {
    await this.#write(KIND.end, Buffer.from(JSON.stringify(report)));
    await refusing(() => this.#handle.datasync());
    await this.#handle.close();
  }

  /** Takes the file away again. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(passOver);
    await rm(this.path, { force: true });
  }

  async #write(kind: number, bytes: Uint8Array): Promise<void> {
    const head = Buffer.allocUnsafe(FRAME_HEAD_BYTES);
    head.writeUInt32LE(kind, 0);
    head.writeUInt32LE(bytes.length, 4);
    head.writeUInt32LE(crc32(bytes), 8);
    const length = head.length + bytes.length;
    await refusing(async () => {
      const { bytesWritten } = await this.#handle.writev([head, bytes]);
      // A full disk may take a part; the rest then says why.
      if (bytesWritten === length) return;
      const whole = Buffer.concat([head, bytes]);
      for (let at = bytesWritten; at < length;) at += (await this.#handle.write(whole, at)).bytesWritten;
    });
    this.#bytes += length;
  }
}

/** A disk that takes no stage takes no journal either. */
async function refusing<T>(use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    throw new JournalUnavailableError(error);
  }
}

/** What a stage holds: `undefined` in place of its plan where it was not read to its end, or is damaged. */
export interface Stage {
  readonly path: string;
  readonly bytes: number;
  readonly plan: StagePlan | undefined;
  /** What became of the file; undefined where that cannot be read. */
  readonly report?: BundledReport | undefined;
}

/** A stage is not what was written. */
export class DamagedStageError extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'DamagedStageError';
  }
}

/** Looks at a stage: only its frames' lengths and its end, so that a large one costs little. */
export async function lookAtStage(path: string): Promise<Stage> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    let plan: StagePlan | undefined;
    for (let at = 0; at < size;) {
      const frame = await readHead(handle, at);
      if (frame === undefined) break;
      if (at === 0) plan = await readPlan(handle, frame.length);
      at += FRAME_HEAD_BYTES + frame.length;
      if (frame.kind !== KIND.end || at !== size) continue;
      return { path, bytes: size, plan, report: await readReport(handle, at - frame.length, frame) };
    }
    return { path, bytes: size, plan: undefined };
  } finally {
    await handle.close();
  }
}

/** The batches of a stage that ended, and after how many bytes each. Throws where one is damaged. */
export async function* readStage(path: string): AsyncGenerator<{ batch: RecordBatch; bytesRead: number }> {
  const handle = await open(path, 'r');
  try {
    for (let at = 0; ;) {
      const frame = await readHead(handle, at);
      if (frame === undefined) throw new DamagedStageError('a stage ends in the middle of a frame');
      at += FRAME_HEAD_BYTES + frame.length;
      if (frame.kind === KIND.end) return;
      if (frame.kind !== KIND.batch) continue;
      const bytes = await readBytes(handle, at - frame.length, frame.length);
      if (crc32(bytes) !== frame.crc) throw new DamagedStageError('a frame of a stage is damaged');
      yield { batch: decodeBatch(bytes), bytesRead: at };
    }
  } finally {
    await handle.close();
  }
}

interface FrameHead {
  readonly kind: number;
  readonly length: number;
  readonly crc: number;
}

async function readHead(handle: FileHandle, at: number): Promise<FrameHead | undefined> {
  const head = await readBytes(handle, at, FRAME_HEAD_BYTES);
  if (head.length < FRAME_HEAD_BYTES) return undefined;
  const [kind, length, crc] = [head.readUInt32LE(0), head.readUInt32LE(4), head.readUInt32LE(8)];
  const isKnown = kind === KIND.plan || kind === KIND.batch || kind === KIND.end;
  return isKnown && length <= MAX_FRAME_BYTES ? { kind, length, crc } : undefined;
}

async function readReport(
  handle: FileHandle,
  from: number,
  { length, crc }: FrameHead,
): Promise<BundledReport | undefined> {
  const bytes = await readBytes(handle, from, length);
  const value = crc32(bytes) === crc ? parse(bytes) : undefined;
  return isFileReport(value) ? value : undefined;
}

async function readPlan(handle: FileHandle, length: number): Promise<StagePlan | undefined> {
  const value = parse(await readBytes(handle, FRAME_HEAD_BYTES, length));
  if (!isJsonObject(value)) return undefined;
  const path = stringAt(value, 'path');
  return path === undefined ? undefined : { path, bringBack: ownAt(value, 'bringBack') === true };
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

/** Undefined where the bytes are no JSON. */
function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString()) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
