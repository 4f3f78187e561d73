/**
 * The files of `staging/`: records of traces that nobody has decided on yet, redacted, so that a 2xx is honest about
 * them and a kill loses none. Frames of length, crc32 and bytes, as in a stage; a frame of ids says which traces are
 * settled. A file goes when all its traces are.
 */
import { constants } from 'node:fs';
import { mkdir, open, readdir, readFile, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { findFormat } from '../../../core/formats/registry.ts';
import { readBatchLine } from '../../../core/journal/batch-line.ts';
import { isJsonList, type Json } from '../../../core/model/json.ts';
import { JournalUnavailableError } from '../journal/journal-unavailable.ts';
import { passOver } from '../pass-over.ts';
import { isKept } from '../records/index-batch.ts';
import { leaveOut, traceIdsOf } from '../records/leave-out.ts';
import { RecordBatchBuilder, type RecordBatch } from '../records/record-batch.ts';
import { isMissing } from '../system-error.ts';

const ENDING = '.staging';
/** `passed`: batches of traces, or ids of traces, that access and head sampling have let through. */
const KIND = { batch: 1, settled: 2, passedBatch: 3, passed: 4 } as const;
/** Kind, length of the bytes behind it, their crc32. */
const HEAD_BYTES = 12;
/** A file is left for the next one when it is as long. */
const FULL_BYTES = 16 * 1024 * 1024;

interface StagingFile {
  readonly path: string;
  readonly open: Set<string>;
  bytes: number;
}

export interface StagingStart extends LeftBehind {
  readonly log: StagingLog;
}

/** What a former host left undecided, in its order. */
export interface LeftBehind {
  readonly batches: readonly RecordBatch[];
  /** Traces that wait for their end alone. */
  readonly passed: ReadonlySet<string>;
}

export class StagingLog {
  readonly #directory: string;
  readonly #files: StagingFile[];
  #handle: FileHandle | undefined;
  #active: StagingFile | undefined;
  #next: number;
  #work: Promise<void> = Promise.resolve();
  #waiting: { readonly batch: RecordBatch; readonly hasPassed: boolean }[] = [];
  #written: Promise<void> = Promise.resolve();

  private constructor(directory: string, files: StagingFile[], next: number) {
    this.#directory = directory;
    this.#files = files;
    this.#next = next;
  }

  /** Reads what is there; damage ends a file, since nothing behind it was acknowledged. */
  static async open(directory: string): Promise<StagingStart> {
    const names = (await listNames(directory)).sort();
    const left = new Undecided();
    const files: StagingFile[] = [];
    for (const name of names) {
      const path = join(directory, name);
      const open = left.read(await readFile(path));
      files.push({ path, open, bytes: 0 });
    }
    const last = Number.parseInt(names.at(-1) ?? '0', 10);
    const log = new StagingLog(directory, files, (Number.isNaN(last) ? names.length : last) + 1);
    // A file that an earlier one's traces are settled in is looked at as well.
    await log.#settleFiles([...left.settled]);
    return { log, batches: left.batches, passed: left.passed };
  }

  /** Resolves when the batch is durable. `hasPassed`: its traces wait for their end alone. Rejects with JournalUnavailableError. */
  append(batch: RecordBatch, hasPassed: boolean): Promise<void> {
    const isFirst = this.#waiting.length === 0;
    this.#waiting.push({ batch, hasPassed });
    // What comes until the disk has time for it is one write and one flush.
    if (isFirst) this.#written = this.#enqueue(() => this.#writeWaiting());
    return this.#written;
  }

  /** Says, durably, that a trace whose records are here waits for its end alone. */
  pass(traceId: string): Promise<void> {
    return this.#enqueue(async () => {
      const file = await this.#openFile();
      await this.#write(file, frame(KIND.passed, [Buffer.from(JSON.stringify([traceId]))]), true);
    });
  }

  /** Says that these traces are in the journal, or out of it: told once that is durable there. */
  settle(traceIds: readonly string[]): Promise<void> {
    return this.#enqueue(async () => {
      const file = this.#active;
      if (file !== undefined)
        await this.#write(file, frame(KIND.settled, [Buffer.from(JSON.stringify(traceIds))]), false);
      await this.#settleFiles(traceIds);
    });
  }

  async close(): Promise<void> {
    await this.#work.catch(passOver);
    await this.#handle?.close();
    this.#handle = undefined;
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    const done = this.#work.then(work).catch(async (error: unknown) => {
      // What was half written is in a file that is not written to any more.
      await this.#handle?.close().catch(passOver);
      this.#handle = undefined;
      this.#active = undefined;
      throw new JournalUnavailableError(error);
    });
    this.#work = done.catch(passOver);
    return done;
  }

  async #writeWaiting(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    const file = await this.#openFile();
    const parts: Uint8Array[] = [];
    for (const { batch, hasPassed } of waiting) {
      for (const id of traceIdsOf(batch)) file.open.add(id);
      parts.push(...frame(hasPassed ? KIND.passedBatch : KIND.batch, [batch.contextLine, batch.lines]));
    }
    await this.#write(file, parts, true);
  }

  async #openFile(): Promise<StagingFile> {
    const active = this.#active;
    if (active !== undefined && active.bytes < FULL_BYTES) return active;
    await this.#handle?.close();
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    const path = join(this.#directory, `${String(this.#next++).padStart(6, '0')}${ENDING}`);
    this.#handle = await open(path, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600);
    const file: StagingFile = { path, open: new Set(), bytes: 0 };
    this.#files.push(file);
    this.#active = file;
    return file;
  }

  async #write(file: StagingFile, parts: readonly Uint8Array[], durable: boolean): Promise<void> {
    const bytes = Buffer.concat(parts);
    for (let at = 0; at < bytes.length;) {
      const { bytesWritten = 0 } = (await this.#handle?.write(bytes, at)) ?? {};
      at += bytesWritten;
    }
    file.bytes += bytes.length;
    if (durable) await this.#handle?.datasync();
  }

  async #settleFiles(traceIds: readonly string[]): Promise<void> {
    for (const file of [...this.#files]) {
      for (const id of traceIds) file.open.delete(id);
      if (file.open.size > 0 || (file === this.#active && file.bytes < FULL_BYTES / 16)) continue;
      if (file === this.#active) {
        await this.#handle?.close();
        this.#handle = undefined;
        this.#active = undefined;
      }
      this.#files.splice(this.#files.indexOf(file), 1);
      await rm(file.path, { force: true });
    }
  }
}

function frame(kind: number, parts: readonly Uint8Array[]): readonly Uint8Array[] {
  const head = Buffer.allocUnsafe(HEAD_BYTES);
  head.writeUInt32LE(kind, 0);
  head.writeUInt32LE(
    parts.reduce((sum, { length }) => sum + length, 0),
    4,
  );
  head.writeUInt32LE(
    parts.reduce((crc, part) => crc32(part, crc), 0),
    8,
  );
  return [head, ...parts];
}

/** A context line and the lines of its records, read as the journal's are. */
function readBatch(body: Buffer): RecordBatch | undefined {
  const lines = body.toString('utf8').split('\n').slice(0, -1);
  const context = readBatchLine(JSON.parse(lines[0] ?? 'null'));
  const format = context && findFormat(context.format);
  if (context === undefined || format === undefined) return undefined;
  const builder = new RecordBatchBuilder(context, body.length);
  for (const line of lines.slice(1)) {
    const record = format.readRecord(JSON.parse(line) as Json);
    if (isKept(record)) builder.addText(record, line);
  }
  return builder.records === 0 ? undefined : builder.take();
}

/** What is left of frames when each is read after the other. */
class Undecided {
  batches: RecordBatch[] = [];
  readonly passed = new Set<string>();
  readonly settled = new Set<string>();

  /** Reads a file; returns the traces with records in it. */
  read(bytes: Buffer): Set<string> {
    const open = new Set<string>();
    for (let at = 0; at + HEAD_BYTES <= bytes.length;) {
      const kind = bytes.readUInt32LE(at);
      const length = bytes.readUInt32LE(at + 4);
      const body = bytes.subarray(at + HEAD_BYTES, at + HEAD_BYTES + length);
      if (body.length < length || crc32(body) !== bytes.readUInt32LE(at + 8)) break;
      if (kind === KIND.batch || kind === KIND.passedBatch) {
        const batch = readBatch(body);
        const ids = batch === undefined ? [] : this.#take(batch, kind === KIND.passedBatch);
        for (const id of ids) open.add(id);
      } else {
        this.#takeIds(readIds(body), kind);
      }
      at += HEAD_BYTES + length;
    }
    return open;
  }

  #take(batch: RecordBatch, hasPassed: boolean): readonly string[] {
    const ids = traceIdsOf(batch);
    this.batches.push(batch);
    for (const id of ids) {
      this.settled.delete(id);
      if (hasPassed) this.passed.add(id);
    }
    return ids;
  }

  #takeIds(ids: readonly string[], kind: number): void {
    if (kind === KIND.passed) for (const id of ids) this.passed.add(id);
    if (kind !== KIND.settled) return;
    for (const id of ids) {
      this.settled.add(id);
      this.passed.delete(id);
    }
    const gone = new Set(ids);
    this.batches = this.batches.flatMap((batch) => leaveOut(batch, (id) => gone.has(id)).batch ?? []);
  }
}

function readIds(body: Buffer): readonly string[] {
  const ids = JSON.parse(body.toString()) as Json;
  return isJsonList(ids) ? ids.filter((id) => typeof id === 'string') : [];
}

async function listNames(directory: string): Promise<string[]> {
  try {
    return (await readdir(directory)).filter((name) => name.endsWith(ENDING));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
