/** Where converted items become a batch: each is written as one line of our own shape. */
import type { RecordFormat } from '../../../core/formats/format.ts';
import type { BatchContext } from '../../../core/journal/batch-line.ts';
import type { JsonObject } from '../../../core/model/json.ts';
import { isKept } from './index-batch.ts';
import { RecordBatchBuilder, type KeptRecord, type RecordBatch } from './record-batch.ts';

export class ItemIntake {
  readonly #format: RecordFormat;
  readonly #builder: RecordBatchBuilder;

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

  /** Takes an item; the code of why not, where it cannot be kept. */
  take(item: JsonObject): string | undefined {
    const record = this.#format.readRecord(item);
    if (!isKept(record)) return record.code;
    this.#builder.addText(record, JSON.stringify(item));
    return undefined;
  }

  /** Takes a line that is written and read already. */
  takeWritten(line: string, record: KeptRecord): void {
    this.#builder.addText(record, line);
  }

  /** The batch so far; undefined where nothing was kept. The intake is empty again. */
  takeBatch(): RecordBatch | undefined {
    return this.#builder.records === 0 ? undefined : this.#builder.take();
  }
}
