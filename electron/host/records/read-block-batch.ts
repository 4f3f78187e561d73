/** The one batch of a block as an import writes it, read again from its lines. */
import { findFormat } from '../../../core/formats/registry.ts';
import { readBatchLine } from '../../../core/journal/batch-line.ts';
import type { Json } from '../../../core/model/json.ts';
import { isKept } from './index-batch.ts';
import { RecordBatchBuilder, type RecordBatch } from './record-batch.ts';

const LINE_FEED = 10;

/** `[from, end)` is the body of the block. Undefined where it does not hold what an import wrote. */
export function readBlockBatch(bytes: Buffer, from: number, end: number): RecordBatch | undefined {
  const contextEnd = bytes.indexOf(LINE_FEED, from);
  const context = readBatchLine(parse(bytes, from, contextEnd));
  const format = context && findFormat(context.format);
  if (context === undefined || format === undefined) return undefined;
  const { at, via, origin } = context;
  const builder = new RecordBatchBuilder({ at, via, origin, format: format.name }, end - contextEnd);
  for (let start = contextEnd + 1; start < end;) {
    const lineEnd = bytes.indexOf(LINE_FEED, start);
    const record = format.readRecord(parse(bytes, start, lineEnd));
    if (!isKept(record)) return undefined;
    builder.add(record, bytes, start, lineEnd);
    start = lineEnd + 1;
  }
  return builder.records === context.records ? builder.take() : undefined;
}

/** The crc32 of the block was right, so a line that cannot be read was never written by an import. */
function parse(bytes: Buffer, start: number, end: number): Json {
  return JSON.parse(bytes.toString('utf8', start, end)) as Json;
}
