/** Reads a file's records into batches of about 128 KB, with the format found by their shape. */
import { isUtf8 } from 'node:buffer';
import { findExcess } from '../../../core/formats/excess.ts';
import type { MessageCode } from '../../../core/formats/messages.ts';
import { detectFormat, triedFormats } from '../../../core/formats/registry.ts';
import { RecordScanner, type ScannedRecord } from '../../../core/formats/record-scanner.ts';
import type { RecordFormat } from '../../../core/formats/format.ts';
import type { Json } from '../../../core/model/json.ts';
import type { Clock } from '../../../core/model/time.ts';
import type { RecordBatch } from '../records/record-batch.ts';
import { RecordIntake } from '../records/record-intake.ts';
import { IMPORT_BATCH_BYTES, type ContentReader } from './content-reader.ts';
import type { FileTally } from './file-tally.ts';

export class RecordReader implements ContentReader {
  readonly #name: string;
  readonly #clock: Clock;
  readonly #scanner: RecordScanner;
  readonly #tally: FileTally;
  #format: RecordFormat | undefined;
  #intake: RecordIntake | undefined;
  #batches: RecordBatch[] = [];
  #records = 0;

  /** `name` is what the records will say of their origin. */
  constructor(name: string, clock: Clock, tally: FileTally) {
    this.#name = name;
    this.#clock = clock;
    this.#tally = tally;
    this.#scanner = new RecordScanner(
      (record) => {
        this.#take(record);
      },
      { takeLine: (bytes, start, end, line) => this.#takeLine(bytes, start, end, line) },
    );
  }

  get format(): string | undefined {
    return this.#format?.name;
  }

  /** Reads the next bytes and returns the batches that became full. */
  push(chunk: Uint8Array): readonly RecordBatch[] {
    this.#scanner.push(chunk);
    return this.#takeBatches();
  }

  /** Says that no bytes will follow and returns the last batches. */
  end(): readonly RecordBatch[] {
    this.#scanner.end();
    this.#closeBatch();
    if (this.#scanner.isInsideList) this.#tally.say('cut-short');
    if (this.#records === 0) this.#tally.say('empty-file');
    else if (this.#format === undefined) this.#tally.say('unknown-format', {}, { tried: triedFormats() });
    return this.#takeBatches();
  }

  /** Says that nobody wants the rest, and returns the last batches: a record cut by that is no fault of the file. */
  stop(): readonly RecordBatch[] {
    this.#closeBatch();
    return this.#takeBatches();
  }

  #take(record: ScannedRecord): void {
    this.#records++;
    if (record.state !== 'whole') {
      this.#skip(record.state === 'broken' ? 'broken-record' : 'record-too-large', record.line);
      return;
    }
    const intake = this.#intake ?? this.#detect(record);
    if (typeof intake === 'string') {
      this.#skip(intake, record.line);
      return;
    }
    intake.parse(record, record.line);
    this.#settle(intake);
  }

  /** The quick way for JSON lines, once the format is known. False leaves the line to the scanner. */
  #takeLine(bytes: Uint8Array, start: number, end: number, line: number): boolean {
    const intake = this.#intake;
    if (intake === undefined) return false;
    const value = intake.tryParse(bytes, start, end);
    if (value === undefined) return false;
    this.#records++;
    intake.take(value, { bytes, start, end, depth: 0, containers: 0, multiline: false }, line);
    this.#settle(intake);
    return true;
  }

  /** After every record: passes on what was refused, and closes a full batch. */
  #settle(intake: RecordIntake): void {
    if (intake.rejected > 0) {
      for (const { code, position } of intake.takeRejects()) this.#skip(code, position);
    }
    if (intake.bytes >= IMPORT_BATCH_BYTES) this.#closeBatch();
  }

  /** The first record that a format is sure of decides for the file; else the code of what is wrong with it. */
  #detect(record: ScannedRecord): RecordIntake | MessageCode {
    const bytes = record.bytes.subarray(record.start, record.end);
    const excess = findExcess(record);
    if (excess !== undefined) return excess;
    if (!isUtf8(bytes)) return 'not-utf8';
    let value: Json;
    try {
      value = JSON.parse(new TextDecoder().decode(bytes)) as Json;
    } catch (error) {
      if (error instanceof SyntaxError) return 'bad-json';
      throw error;
    }
    const format = detectFormat(value);
    if (format === undefined) return 'unknown-object';
    this.#format = format;
    const context = { at: this.#clock(), via: 'import', origin: this.#name } as const;
    this.#intake = new RecordIntake(format, context, IMPORT_BATCH_BYTES + 16 * 1024);
    return this.#intake;
  }

  #closeBatch(): void {
    const batch = this.#intake?.takeBatch();
    if (batch === undefined) return;
    this.#tally.countBatch(batch);
    this.#batches.push(batch);
  }

  #takeBatches(): readonly RecordBatch[] {
    const batches = this.#batches;
    this.#batches = [];
    return batches;
  }

  #skip(code: string, line: number): void {
    this.#tally.skip(code, { line });
  }
}
