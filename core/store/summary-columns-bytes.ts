/**
 * The list of traces as one record: u32 length of the head, the head as JSON, zeros up to a multiple of 8,
 * then the columns one behind the other, each padded to 8. Numbers are little-endian.
 */
import {
  makeSummaryColumns,
  SUMMARY_COLUMN_NAMES,
  SUMMARY_COLUMN_TYPES,
  type SummaryColumnArrays,
} from './summary-column-types.ts';

const VERSION = 1;

export interface SummaryParts {
  readonly names: readonly string[];
  readonly ids: readonly string[];
  /** Codes in `names`. */
  readonly lists: readonly (readonly number[])[];
  /** At least `rows` long; no row among them is free. */
  readonly columns: SummaryColumnArrays;
  readonly rows: number;
}

type Head = Omit<SummaryParts, 'columns'> & { readonly version: number };

export function encodeSummaryParts({ columns, ...parts }: SummaryParts): Uint8Array<ArrayBuffer> {
  const head: Head = { version: VERSION, ...parts };
  const headBytes = new TextEncoder().encode(JSON.stringify(head));
  let position = pad(4 + headBytes.length);
  const size = SUMMARY_COLUMN_NAMES.reduce((sum, name) => sum + pad(bytesOf(name, parts.rows)), position);
  const bytes = new Uint8Array(size);
  new DataView(bytes.buffer).setUint32(0, headBytes.length, true);
  bytes.set(headBytes, 4);
  for (const name of SUMMARY_COLUMN_NAMES) {
    const column = columns[name].subarray(0, parts.rows);
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), position);
    position += pad(column.byteLength);
  }
  return bytes;
}

/** Throws a RangeError or SyntaxError on bytes that `encodeSummaryParts` did not write. */
export function decodeSummaryParts(bytes: Uint8Array): SummaryParts {
  const headLength = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + headLength))) as Head;
  if (head.version !== VERSION) throw new RangeError(`list of traces of version ${String(head.version)}`);
  const columns = makeSummaryColumns(Math.max(head.rows, 1));
  let position = pad(4 + headLength);
  for (const name of SUMMARY_COLUMN_NAMES) {
    const size = bytesOf(name, head.rows);
    if (position + size > bytes.length) throw new RangeError('list of traces is cut short');
    new Uint8Array(columns[name].buffer).set(bytes.subarray(position, position + size));
    position += pad(size);
  }
  const { names, ids, lists, rows } = head;
  return { names, ids, lists, columns, rows };
}

function bytesOf(name: (typeof SUMMARY_COLUMN_NAMES)[number], rows: number): number {
  return rows * SUMMARY_COLUMN_TYPES[name].BYTES_PER_ELEMENT;
}

function pad(size: number): number {
  return Math.ceil(size / 8) * 8;
}
