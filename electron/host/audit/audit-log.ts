/**
 * The log of one data directory, `audit/000001.jsonl` and on: sealed records, appended and nothing else. Events that
 * wait at the same time share one write and one fsync, and each is told when it is on the disk.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditEvent, AuditHead, AuditRecord } from '../../../core/audit/audit-record.ts';
import { sealRecord, splitEvent } from '../../../core/audit/seal-record.ts';
import { writeIsoUs, type Clock } from '../../../core/model/time.ts';
import { verifyLog, type GivenHead, type Verdict } from '../../../resources/verify-audit.mjs';
import { systemErrorCode } from '../system-error.ts';
import { AuditUnavailableError } from './audit-unavailable.ts';
import { findEnd, logFileName, type LogEnd } from './find-end.ts';
import { hashText } from './hash-text.ts';
import { openLogFile, type LogFile, type OpenLogFile } from './log-file.ts';
import { readNewest, type NewestWish, type RecordPage } from './read-newest.ts';

export interface AuditLogParts {
  readonly directory: string;
  readonly clock: Clock;
  readonly actor: string;
  /** From here on a further file is begun. */
  readonly fileBytes?: number;
  /** Another way in tests. */
  readonly openFile?: OpenLogFile;
}

interface Waiting {
  readonly events: readonly AuditEvent[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const FILE_BYTES = 4 * 1024 * 1024;

export class AuditLog {
  readonly directory: string;
  readonly #parts: AuditLogParts;
  readonly #listeners = new Set<() => void>();
  #end: LogEnd;
  #file: LogFile | undefined;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;

  private constructor(parts: AuditLogParts, end: LogEnd) {
    this.directory = parts.directory;
    this.#parts = parts;
    this.#end = end;
  }

  /** Makes nothing on the disk before the first event. */
  static async open(parts: AuditLogParts): Promise<AuditLog> {
    return new AuditLog(parts, await findEnd(parts.directory));
  }

  get head(): AuditHead | undefined {
    return this.#end.head;
  }

  /** Why nothing can be added: the end of the log is damaged. */
  get problem(): string | undefined {
    return this.#end.problem;
  }

  onAppended(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when the events are durable, in this order. Rejects with AuditUnavailableError, and none of them is in the log. */
  append(events: readonly AuditEvent[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ events, resolve, reject });
      this.#writing ??= this.#writeAll();
    });
  }

  /** Judges the whole log as it is now, also while it is written to. */
  async verify(head?: GivenHead): Promise<Verdict> {
    await this.#writing;
    const lastBytes = this.#end.bytes;
    return await verifyLog([this.directory], { ...(head && { head }), lastBytes });
  }

  /** The newest first. */
  readNewest(wish: NewestWish): Promise<RecordPage> {
    return readNewest(this.directory, wish);
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#file?.close();
    this.#file = undefined;
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      try {
        await this.#write(group.flatMap(({ events }) => events));
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#writing = undefined;
    for (const listener of this.#listeners) listener();
  }

  async #write(events: readonly AuditEvent[]): Promise<void> {
    if (this.#end.problem !== undefined) throw new AuditUnavailableError(undefined, this.#end.problem);
    const { clock, actor } = this.#parts;
    let { head } = this.#end;
    let text = '';
    for (const event of events) {
      for (const part of splitEvent(event)) {
        const { record, line } = sealRecord(part, head, { at: writeIsoUs(clock()), actor }, hashText);
        head = headOf(record);
        text += `${line}\n`;
      }
    }
    const bytes = Buffer.from(text);
    try {
      const file = await this.#open();
      await file.append(bytes);
      this.#end = { ...this.#end, head, bytes: file.bytes };
    } catch (error) {
      const code = systemErrorCode(error);
      if (code === undefined) throw error;
      throw new AuditUnavailableError(error, code);
    }
  }

  async #open(): Promise<LogFile> {
    const { directory, fileBytes = FILE_BYTES, openFile = openLogFile } = this.#parts;
    if (this.#end.bytes >= fileBytes) {
      await this.#file?.close();
      this.#file = undefined;
      this.#end = { ...this.#end, file: this.#end.file + 1, bytes: 0 };
    }
    if (this.#file === undefined) {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      this.#file = await openFile(join(directory, logFileName(this.#end.file)), this.#end.bytes);
    }
    return this.#file;
  }
}

function headOf({ seq, hash }: AuditRecord): AuditHead {
  return { seq, hash };
}
