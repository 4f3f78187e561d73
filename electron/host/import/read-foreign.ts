/** Reads a file of another tool: its converted items become batches like records of our own. */
import { convertedFormat } from '../../../core/formats/registry.ts';
import type {
  ForeignFormat,
  ForeignReader,
  ForeignSink,
} from '../../../core/formats/foreign/foreign-format.ts';
import type { Clock } from '../../../core/model/time.ts';
import type { RecordBatch } from '../records/record-batch.ts';
import { ItemIntake } from '../records/item-intake.ts';
import { IMPORT_BATCH_BYTES, type ContentReader } from './content-reader.ts';
import type { FileTally } from './file-tally.ts';

export class ForeignFileReader implements ContentReader {
  readonly format: string;
  readonly #reader: ForeignReader;
  readonly #intake: ItemIntake;
  readonly #tally: FileTally;
  #batches: RecordBatch[] = [];

  constructor(format: ForeignFormat, name: string, clock: Clock, tally: FileTally) {
    this.format = format.name;
    this.#tally = tally;
    const context = { at: clock(), via: 'import', origin: name } as const;
    this.#intake = new ItemIntake(convertedFormat(format), context, IMPORT_BATCH_BYTES + 16 * 1024);
    const sink: ForeignSink = {
      item: (item, place) => {
        const refused = this.#intake.take(item);
        if (refused !== undefined) tally.skip(refused, place);
        if (this.#intake.bytes >= IMPORT_BATCH_BYTES) this.#closeBatch();
      },
      written: (line, record) => {
        this.#intake.takeWritten(line, record);
        if (this.#intake.bytes >= IMPORT_BATCH_BYTES) this.#closeBatch();
      },
      skip: (code, place, count) => {
        tally.skip(code, place, count);
      },
      note: (code, place) => {
        tally.say(code, place);
      },
      unread: (attribute) => {
        tally.unread(attribute);
      },
    };
    this.#reader = format.open(sink);
  }

  push(chunk: Uint8Array): readonly RecordBatch[] {
    this.#reader.push(chunk);
    return this.#takeBatches();
  }

  end(): readonly RecordBatch[] {
    this.#reader.end();
    return this.stop();
  }

  stop(): readonly RecordBatch[] {
    this.#closeBatch();
    return this.#takeBatches();
  }

  #closeBatch(): void {
    const batch = this.#intake.takeBatch();
    if (batch === undefined) return;
    this.#tally.countBatch(batch);
    this.#batches.push(batch);
  }

  #takeBatches(): readonly RecordBatch[] {
    const batches = this.#batches;
    this.#batches = [];
    return batches;
  }
}
