/** Reads the content of one file as one kind of format. */
import type { RecordBatch } from '../records/record-batch.ts';

export interface ContentReader {
  /** Reads the next bytes and returns the batches that became full. */
  push(chunk: Uint8Array): readonly RecordBatch[];
  /** Says that no bytes will follow and returns the last batches. */
  end(): readonly RecordBatch[];
  /** Says that nobody wants the rest, and returns the last batches: a record cut by that is no fault of the file. */
  stop(): readonly RecordBatch[];
  /** The name of the format; undefined where none was recognised. */
  readonly format: string | undefined;
}

export const IMPORT_BATCH_BYTES = 128 * 1024;
