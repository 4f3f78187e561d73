/**
 * Drawn rows as bytes, the same on the disk and on the way to the page: u32 length of the head, the head as JSON,
 * zeros up to a multiple of 8, then the arrays, widest first, each padded to 8. Numbers are little-endian.
 */
import type { DurationUs, EpochUs } from '../model/time.ts';
import type { DrawnRows } from './drawn-rows.ts';

const VERSION = 1;

interface Head {
  readonly version: number;
  readonly count: number;
  readonly rows: number;
  readonly originUs: EpochUs;
  readonly lastKnown: DurationUs;
  readonly labels: readonly string[];
  /** What whoever keeps the bytes says of them. */
  readonly note: unknown;
}

type Arrays = Pick<
  DrawnRows,
  'start' | 'end' | 'rowBegin' | 'errorsBefore' | 'label' | 'kind' | 'flags' | 'orphan'
>;

const ORDER = ['start', 'end', 'rowBegin', 'errorsBefore', 'label', 'kind', 'flags', 'orphan'] as const;

export function encodeDrawnRows(drawn: DrawnRows, note: unknown = null): Uint8Array<ArrayBuffer> {
  const { originUs, lastKnown, labels } = drawn;
  const [count, rows] = [drawn.start.length, drawn.rowBegin.length - 1];
  const head: Head = { version: VERSION, count, rows, originUs, lastKnown, labels, note };
  const headBytes = new TextEncoder().encode(JSON.stringify(head));
  let position = pad(4 + headBytes.length);
  const bytes = new Uint8Array(ORDER.reduce((size, name) => size + pad(drawn[name].byteLength), position));
  new DataView(bytes.buffer).setUint32(0, headBytes.length, true);
  bytes.set(headBytes, 4);
  for (const name of ORDER) {
    const { buffer, byteOffset, byteLength } = drawn[name];
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), position);
    position += pad(byteLength);
  }
  return bytes;
}

/**
 * Reads what `encodeDrawnRows` wrote, without copying it, and what was noted with it. Throws a RangeError or
 * SyntaxError on other bytes.
 */
export function readDrawnRows(given: Uint8Array): { readonly drawn: DrawnRows; readonly note: unknown } {
  // An array of numbers must begin at a multiple of its width.
  const bytes = given.byteOffset % 8 === 0 ? given : given.slice();
  const { originUs, lastKnown, labels, count, rows, note } = readHead(bytes);
  let position = pad(headLength(bytes));
  const { buffer, byteOffset } = bytes;
  const take = <Numbers>(
    Type: { new (buffer: ArrayBufferLike, at: number, length: number): Numbers; BYTES_PER_ELEMENT: number },
    length: number,
  ): Numbers => {
    const size = length * Type.BYTES_PER_ELEMENT;
    if (position + size > bytes.length) throw new RangeError('drawn rows are cut short');
    const numbers = new Type(buffer, byteOffset + position, length);
    position += pad(size);
    return numbers;
  };
  const arrays: Arrays = {
    start: take(Float64Array, count),
    end: take(Float64Array, count),
    rowBegin: take(Uint32Array, rows + 1),
    errorsBefore: take(Uint32Array, count + 1),
    label: take(Uint32Array, count),
    kind: take(Uint8Array, count),
    flags: take(Uint8Array, count),
    orphan: take(Uint8Array, count),
  };
  return { drawn: { originUs, lastKnown, labels, ...arrays }, note };
}

/** How long the head is, its own length included. */
function headLength(bytes: Uint8Array): number {
  return 4 + new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
}

function readHead(bytes: Uint8Array): Head {
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, headLength(bytes)))) as Head;
  if (head.version !== VERSION) throw new RangeError(`drawn rows of version ${String(head.version)}`);
  return head;
}

function pad(size: number): number {
  return Math.ceil(size / 8) * 8;
}
