/**
 * Where records become a batch: each is judged on its own, so that one odd item never costs the others.
 * A record's own bytes are kept wherever they fit on one line.
 */
import { isUtf8 } from 'node:buffer';
import { findExcess } from '../../../core/formats/excess.ts';
import type { RecordFormat } from '../../../core/formats/format.ts';
import type { Json } from '../../../core/model/json.ts';
import type { BatchContext } from '../../../core/journal/batch-line.ts';
import { isKept } from './index-batch.ts';
import { RecordBatchBuilder, type RecordBatch } from './record-batch.ts';

/** A record that was not kept: where it stood and why, never what it said. */
export interface Reject {
  /** Place in the body counted from 0, or line of the file counted from 1. */
  readonly position: number;
  readonly code: string;
  readonly bytes: number;
}

/** Where a record's bytes stand, and what the scanner saw of them. */
export interface RecordSlice {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  readonly containers: number;
  readonly multiline: boolean;
}

/** So many rejects of a body are told one by one; all are counted. */
export const KEPT_REJECTS = 100;

export class RecordIntake {
  readonly #format: RecordFormat;
  readonly #builder: RecordBatchBuilder;
  #rejects: Reject[] = [];
  #rejected = 0;
  readonly #rejectedCodes = new Set<string>();

  constructor(
    format: RecordFormat,
    context: Omit<BatchContext, 'records' | 'format'>,
    expectedBytes: number,
  ) {
    this.#format = format;
    this.#builder = new RecordBatchBuilder({ ...context, format: format.name }, expectedBytes);
  }

  get bytes(): number {
    return this.#builder.bytes;
  }

  /** How many records were refused since rejects were last taken: more than are kept. */
  get rejected(): number {
    return this.#rejected;
  }

  /** The codes of everything that was ever refused. */
  get rejectedCodes(): ReadonlySet<string> {
    return this.#rejectedCodes;
  }

  get records(): number {
    return this.#builder.records;
  }

  /** Takes a record that is parsed already. Returns whether it was kept. */
  take(value: Json, slice: RecordSlice, position: number): boolean {
    const { bytes, start, end } = slice;
    const excess = findExcess(slice);
    if (excess !== undefined) return this.refuse(excess, slice, position);
    const record = this.#format.readRecord(value);
    if (!isKept(record)) return this.refuse(record.code, slice, position);
    if (slice.multiline) {
      const line = Buffer.from(JSON.stringify(value));
      this.#builder.add(record, line, 0, line.length);
    } else {
      this.#builder.add(record, bytes, start, end);
    }
    return true;
  }

  /** Parses a record's bytes and takes it. Returns whether it was kept. */
  parse(slice: RecordSlice, position: number): boolean {
    const excess = findExcess(slice);
    if (excess !== undefined) return this.refuse(excess, slice, position);
    const { bytes, start, end } = slice;
    const value = this.tryParse(bytes, start, end);
    if (value !== undefined) return this.take(value, slice, position);
    const code = isUtf8(bytes.subarray(start, end)) ? 'bad-json' : 'not-utf8';
    return this.refuse(code, slice, position);
  }

  /** The value of the bytes; undefined where they are no JSON in UTF-8. */
  tryParse(bytes: Uint8Array, start: number, end: number): Json | undefined {
    const text = decodeUtf8(bytes, start, end);
    // The decoder puts this character where bytes are wrong; only then is it worth a look whether they are.
    if (text.includes('\ufffd') && !isUtf8(bytes.subarray(start, end))) return undefined;
    try {
      return JSON.parse(text) as Json;
    } catch {
      // Only JSON.parse stands in the try: it throws nothing but a SyntaxError, whose text is the trace's.
      return undefined;
    }
  }

  /** Notes a record that is not kept. Returns false. */
  refuse(code: string, { start, end }: Pick<RecordSlice, 'start' | 'end'>, position: number): false {
    this.#rejected++;
    this.#rejectedCodes.add(code);
    if (this.#rejects.length < KEPT_REJECTS) this.#rejects.push({ position, code, bytes: end - start });
    return false;
  }

  /** The batch so far; undefined where no record was kept. The intake is empty again. */
  takeBatch(): RecordBatch | undefined {
    return this.#builder.records === 0 ? undefined : this.#builder.take();
  }

  /** The first rejects, at most KEPT_REJECTS; there are none again. */
  takeRejects(): readonly Reject[] {
    const rejects = this.#rejects;
    this.#rejects = [];
    this.#rejected = 0;
    return rejects;
  }
}

function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  const buffer = Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.toString('utf8', start, end);
}
