/**
 * Reads a file's records into batches of about 128 KB, with the format found by their shape. Used by the
 * import, which writes the batches, and by `analyze`, which only indexes them.
 */
import { diagnose, isMessageCode, type MessageCode } from '../../../core/formats/messages.ts';
import { detectFormat } from '../../../core/formats/registry.ts';
import { RecordScanner, type ScannedRecord } from '../../../core/formats/record-scanner.ts';
import type { RecordFormat } from '../../../core/formats/format.ts';
import type { Diagnostic } from '../../../core/model/diagnostic.ts';
import type { Json } from '../../../core/model/json.ts';
import type { Clock } from '../../../core/model/time.ts';
import type { FileReport } from '../../../core/rpc/contract.ts';
import type { RecordBatch } from '../records/record-batch.ts';
import { RecordIntake } from '../records/record-intake.ts';
import { IdSet } from './id-set.ts';

export const IMPORT_BATCH_BYTES = 128 * 1024;
/** So many of a file's diagnostics are kept; `skipped` counts them all. */
const MAX_DIAGNOSTICS = 1000;

export class RecordReader {
  readonly #name: string;
  readonly #clock: Clock;
  readonly #scanner: RecordScanner;
  readonly #diagnostics: Diagnostic[] = [];
  readonly #spans = new IdSet();
  readonly #traces = new Map<string, number>();
  #format: RecordFormat | undefined;
  #intake: RecordIntake | undefined;
  #batches: RecordBatch[] = [];
  #records = 0;
  #skipped = 0;

  /** `name` is what the records will say of their origin. */
  constructor(name: string, clock: Clock) {
    this.#name = name;
    this.#clock = clock;
    this.#scanner = new RecordScanner(
      (record) => {
        this.#take(record);
      },
      { takeLine: (bytes, start, end, line) => this.#takeLine(bytes, start, end, line) },
    );
  }

  /** Distinct spans so far. */
  get spans(): number {
    return this.#spans.size;
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
    if (this.#scanner.isInsideList) this.#say('cut-short');
    if (this.#records === 0) this.#say('empty-file');
    else if (this.#format === undefined) this.#say('unknown-format');
    return this.#takeBatches();
  }

  /** Says that nobody wants the rest, and returns the last batches: a record cut by that is no fault of the file. */
  stop(): readonly RecordBatch[] {
    this.#closeBatch();
    return this.#takeBatches();
  }

  /** Notes what went wrong with the file as a whole. */
  fail(code: MessageCode): void {
    this.#say(code);
  }

  report(path: string): FileReport {
    return {
      path,
      format: this.#format?.name ?? '',
      traces: this.#traces.size,
      spans: this.#spans.size,
      skipped: this.#skipped,
      diagnostics: this.#diagnostics,
    };
  }

  #take(record: ScannedRecord): void {
    this.#records++;
    if (record.state !== 'whole') {
      this.#skip(record.state === 'broken' ? 'broken-record' : 'record-too-large', record.line);
      return;
    }
    const intake = this.#intake ?? this.#detect(record);
    if (intake === undefined) {
      this.#skip('unknown-object', record.line);
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

  /** The first record that a format is sure of decides for the file. */
  #detect({ bytes, start, end }: ScannedRecord): RecordIntake | undefined {
    let value: Json;
    try {
      value = JSON.parse(new TextDecoder().decode(bytes.subarray(start, end))) as Json;
    } catch (error) {
      if (error instanceof SyntaxError) return undefined;
      throw error;
    }
    const format = detectFormat(value);
    if (format === undefined) return undefined;
    this.#format = format;
    const context = { at: this.#clock(), via: 'import', origin: this.#name } as const;
    this.#intake = new RecordIntake(format, context, IMPORT_BATCH_BYTES + 16 * 1024);
    return this.#intake;
  }

  #closeBatch(): void {
    const batch = this.#intake?.takeBatch();
    if (batch === undefined) return;
    for (const record of batch.records) {
      const trace = this.#numberOf(record.kind === 'span' ? record.row.traceId : record.traceId);
      if (record.kind === 'span') this.#spans.add(trace, record.row.spanId);
    }
    this.#batches.push(batch);
  }

  #numberOf(traceId: string): number {
    const known = this.#traces.get(traceId);
    if (known !== undefined) return known;
    const number = this.#traces.size;
    this.#traces.set(traceId, number);
    return number;
  }

  #takeBatches(): readonly RecordBatch[] {
    const batches = this.#batches;
    this.#batches = [];
    return batches;
  }

  #skip(code: string, line: number): void {
    this.#skipped++;
    this.#say(isMessageCode(code) ? code : 'unknown-object', line);
  }

  #say(code: MessageCode, line?: number): void {
    if (this.#diagnostics.length < MAX_DIAGNOSTICS) this.#diagnostics.push(diagnose(code, line));
  }
}
