/**
 * A span table as bytes, the same in sidecars and on the way to the page:
 * u32 length of the head, the head as JSON, zeros up to a multiple of 8, then the columns one behind the
 * other in the order of COLUMN_TYPES, each padded to 8. Numbers are little-endian.
 */
import { COLUMN_NAMES, COLUMN_TYPES, makeColumns, SpanTable } from './span-table.ts';
import { StringTable } from './string-table.ts';
import { NO_TRACE_ID, type TraceEntry } from './trace-entry.ts';

const VERSION = 4;

interface Head {
  readonly version: number;
  readonly length: number;
  readonly strings: readonly string[];
  readonly traces: readonly TraceEntry[];
  readonly traceLines: readonly number[];
}

/** The ids of a table's traces, without reading its columns; none for those that were deleted. */
export function readTraceIds(bytes: Uint8Array): readonly string[] {
  return readHead(bytes).traces.flatMap(({ id }) => (id === NO_TRACE_ID ? [] : id));
}

export function encodeSpanTable(table: SpanTable): Uint8Array<ArrayBuffer> {
  const head: Head = {
    version: VERSION,
    length: table.length,
    strings: table.strings.texts(),
    traces: table.traces,
    traceLines: table.traceLines,
  };
  const headBytes = new TextEncoder().encode(JSON.stringify(head));
  let size = pad(4 + headBytes.length);
  for (const name of COLUMN_NAMES) size += pad(table.length * COLUMN_TYPES[name].BYTES_PER_ELEMENT);
  const bytes = new Uint8Array(size);
  new DataView(bytes.buffer).setUint32(0, headBytes.length, true);
  bytes.set(headBytes, 4);
  let position = pad(4 + headBytes.length);
  for (const name of COLUMN_NAMES) {
    const column = table.columns[name].subarray(0, table.length);
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), position);
    position += pad(column.byteLength);
  }
  return bytes;
}

/** Reads what `encodeSpanTable` wrote. Throws a RangeError or SyntaxError on bytes that are not that. */
export function decodeSpanTable(bytes: Uint8Array): SpanTable {
  const headLength = readHeadLength(bytes);
  const head = readHead(bytes);
  if (head.version !== VERSION) throw new RangeError(`span table of version ${String(head.version)}`);
  const columns = makeColumns(Math.max(head.length, 1));
  let position = pad(4 + headLength);
  for (const name of COLUMN_NAMES) {
    const column = columns[name];
    const size = head.length * COLUMN_TYPES[name].BYTES_PER_ELEMENT;
    if (position + size > bytes.length) throw new RangeError('span table is cut short');
    new Uint8Array(column.buffer).set(bytes.subarray(position, position + size));
    position += pad(size);
  }
  const strings = StringTable.from(head.strings);
  return new SpanTable({
    columns,
    length: head.length,
    strings,
    traces: head.traces,
    traceLines: head.traceLines,
  });
}

function readHeadLength(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
}

function readHead(bytes: Uint8Array): Head {
  return JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + readHeadLength(bytes)))) as Head;
}

function pad(size: number): number {
  return Math.ceil(size / 8) * 8;
}
