/**
 * A batch of records between the wire and the journal: the lines as they will be written, and beside each
 * what was read from it. Offsets count from the first line, since nobody knows yet where the block will lie.
 */
import { crc32 } from 'node:zlib';
import { encodeBatchLine, type BatchContext } from '../../../core/journal/batch-line.ts';
import type { ReadRecord } from '../../../core/formats/format.ts';

/** A record worth keeping. */
export type KeptRecord = Exclude<ReadRecord, { kind: 'reject' }>;

export interface RecordBatch {
  readonly context: BatchContext;
  readonly contextLine: Uint8Array;
  readonly lines: Uint8Array;
  readonly records: readonly KeptRecord[];
  /** Three numbers a record: offset within `lines`, length without the line feed, crc32 of the line. */
  readonly places: readonly number[];
}

export const PLACE_NUMBERS = 3;
const LINE_FEED = 10;

export class RecordBatchBuilder {
  readonly #context: Omit<BatchContext, 'records'>;
  #lines: Buffer;
  #length = 0;
  #records: KeptRecord[] = [];
  #places: number[] = [];

  /** `expectedBytes` spares growing; it need not be exact. */
  constructor(context: Omit<BatchContext, 'records'>, expectedBytes: number) {
    this.#context = context;
    this.#lines = Buffer.allocUnsafe(Math.max(expectedBytes, 1024));
  }

  get records(): number {
    return this.#records.length;
  }

  get bytes(): number {
    return this.#length;
  }

  /** Adds a record whose own bytes, which must hold no line feed, stand at `[start, end)`. */
  add(record: KeptRecord, bytes: Uint8Array, start: number, end: number): void {
    const length = end - start;
    this.#reserve(length + 1);
    const lines = this.#lines;
    const offset = this.#length;
    const line = bytes.subarray(start, end);
    // A line feed would make two lines of it, and the second could pass for one of the journal's own.
    if (line.includes(LINE_FEED)) throw new Error('a record for the journal holds a line feed');
    lines.set(line, offset);
    lines[offset + length] = LINE_FEED;
    this.#length += length + 1;
    this.#records.push(record);
    this.#places.push(offset, length, crc32(line));
  }

  /** Adds a record whose line is a text of JSON as `JSON.stringify` writes it, which has no line feed. */
  addText(record: KeptRecord, text: string): void {
    // No character takes more than three bytes in UTF-8.
    this.#reserve(text.length * 3 + 1);
    const lines = this.#lines;
    const offset = this.#length;
    const length = lines.write(text, offset, 'utf8');
    lines[offset + length] = LINE_FEED;
    this.#length += length + 1;
    this.#records.push(record);
    this.#places.push(offset, length, crc32(lines.subarray(offset, offset + length)));
  }

  /** The batch so far; the builder is empty again and never touches the batch's bytes. */
  take(): RecordBatch {
    const context = { ...this.#context, records: this.#records.length };
    const batch = {
      context,
      contextLine: encodeBatchLine(context),
      lines: this.#lines.subarray(0, this.#length),
      records: this.#records,
      places: this.#places,
    };
    this.#lines = Buffer.allocUnsafe(this.#lines.length);
    this.#length = 0;
    this.#records = [];
    this.#places = [];
    return batch;
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#lines.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#lines.length * 2, this.#length + bytes));
    larger.set(this.#lines.subarray(0, this.#length));
    this.#lines = larger;
  }
}
