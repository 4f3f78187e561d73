/** What a stage says of a segment beside it: how far it is written, and the columns of its rows. */
import { isJsonObject, numberAt } from '../../../core/model/json.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import { decodeSpanTable, encodeSpanTable } from '../../../core/model/span-table-bytes.ts';
import type { SegmentExtent } from '../journal/segment-writer.ts';

export interface SegmentWords {
  /** Its place among the segments of the stage, from 1: its name in their folder. */
  readonly number: number;
  readonly extent: SegmentExtent;
}

const LENGTH_BYTES = 8;

/** A length, the words as JSON, the columns; each begins at a multiple of 8. */
export function encodeStagedSegment(words: SegmentWords, table: SpanTable): Uint8Array<ArrayBuffer> {
  const head = Buffer.from(JSON.stringify(words));
  const columns = encodeSpanTable(table);
  const columnsAt = LENGTH_BYTES + pad(head.length);
  const bytes = new Uint8Array(columnsAt + columns.length);
  new DataView(bytes.buffer).setUint32(0, head.length, true);
  bytes.set(head, LENGTH_BYTES);
  bytes.set(columns, columnsAt);
  return bytes;
}

/** Throws a RangeError or a SyntaxError on bytes that are none, or of another version. */
export function decodeStagedSegment(bytes: Uint8Array): SegmentWords & { readonly table: SpanTable } {
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
  const head = bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length);
  const words: unknown = JSON.parse(new TextDecoder().decode(head));
  const table = decodeSpanTable(bytes.subarray(LENGTH_BYTES + pad(length)));
  return { ...readWords(words), table };
}

function readWords(words: unknown): SegmentWords {
  const extent = isJsonObject(words) ? words['extent'] : undefined;
  if (!isJsonObject(words) || !isJsonObject(extent)) throw new RangeError('a staged segment has no words');
  const number = (object: typeof words, key: string): number => {
    const value = numberAt(object, key);
    if (value === undefined) throw new RangeError(`a staged segment lacks ${key}`);
    return value;
  };
  return {
    number: number(words, 'number'),
    extent: {
      bytes: number(extent, 'bytes'),
      blocks: number(extent, 'blocks'),
      lastBlockAt: number(extent, 'lastBlockAt'),
      lastBlockCrc: number(extent, 'lastBlockCrc'),
    },
  };
}

function pad(size: number): number {
  return Math.ceil(size / 8) * 8;
}
