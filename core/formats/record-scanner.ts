/**
 * Cuts a stream of bytes into JSON records without parsing them: the elements of a top-level array, the
 * elements of a body's `data`, else every top-level value (JSON lines, concatenated, pretty-printed).
 * It follows brackets and strings only, so that a record's own bytes can be stored as they came. A record
 * that cannot be whole (a bracket or a string that the next line contradicts) is handed on as broken, and
 * the next one is read as if nothing had happened.
 */
import { countLines, joinBytes } from './bytes.ts';
import { mayNestTooDeep } from './nesting.ts';
import {
  forgetFeeds,
  isSpace,
  nextFeed,
  scanValue,
  SCAN_BROKEN,
  SCAN_MORE,
  type ValueScan,
} from './value-scan.ts';

/** One record. The object is reused: read it inside the callback, and copy the bytes if they must stay. */
export interface ScannedRecord {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** Line of its first byte, counted from 1. */
  readonly line: number;
  /** Deepest nesting of brackets. */
  readonly depth: number;
  /** How many objects and arrays it has, itself included: each takes far more memory parsed than written. */
  readonly containers: number;
  /** True where line breaks stand between its tokens: it must be written anew to fit on one line. */
  readonly multiline: boolean;
  /** `whole` says nothing about validity: only JSON.parse does. */
  readonly state: 'whole' | 'broken' | 'too-large';
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
type Container = 'top' | 'array' | 'envelope' | 'envelope-tail';

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** `{"data"`, as both SDKs begin a body. */
const ENVELOPE = [OPEN_OBJECT, QUOTE, 0x64, 0x61, 0x74, 0x61, QUOTE];
const EMPTY: Uint8Array = new Uint8Array(0);

/** The default limit of one record: what the door takes as a whole body. */
export const MAX_RECORD_BYTES = 64 * 1024 * 1024;

/** A shorter unfinished record is looked at again with every chunk. */
const LONG_CARRY_BYTES = 64 * 1024;

export type TakeLine = (bytes: Uint8Array, start: number, end: number, line: number) => boolean;

export interface RecordScannerOptions {
  readonly maxRecordBytes?: number;
  /**
   * Offered each top-level line that looks like one record, before it is scanned: answers true where it
   * parsed. That is the common case of JSON lines, and it saves the scan. No line that is offered nests
   * deeper than 1,000 levels.
   */
  readonly takeLine?: TakeLine;
}

export class RecordScanner {
  readonly #onRecord: (record: ScannedRecord) => void;
  readonly #maxRecordBytes: number;
  readonly #takeLine: TakeLine | undefined;
  readonly #value: ValueScan = { end: 0, depth: 0, containers: 0, lines: 0 };
  readonly #record: Writable<ScannedRecord> = {
    bytes: EMPTY,
    start: 0,
    end: 0,
    line: 1,
    depth: 0,
    containers: 0,
    multiline: false,
    state: 'whole',
  };
  /** Copies of what an unfinished record has so far. */
  #carry: Uint8Array[] = [];
  #carryBytes = 0;
  /** Bytes that must be there before a long unfinished record is looked at again: keeps huge ones linear. */
  #retryAt = 0;
  #container: Container = 'top';
  #line = 1;
  #skipping = false;
  #lists = 0;
  #sawMore = false;
  #containers = 0;
  #stopped = false;

  constructor(onRecord: (record: ScannedRecord) => void, options: RecordScannerOptions = {}) {
    this.#onRecord = onRecord;
    this.#maxRecordBytes = options.maxRecordBytes ?? MAX_RECORD_BYTES;
    this.#takeLine = options.takeLine;
  }

  /**
   * True while everything seen was one list: a single array, or a single body with nothing beside its
   * `data`. Only then do the records pair with the elements that JSON.parse gives.
   */
  get isOneList(): boolean {
    return this.#lists === 1 && !this.#sawMore;
  }

  /** True where the bytes that were seen end inside a list: behind `end`, the file was cut short. */
  get isInsideList(): boolean {
    return this.#container !== 'top';
  }

  /** How many objects and arrays were scanned so far, those of no record included. */
  get containers(): number {
    return this.#containers;
  }

  /** Hands on nothing more: for a callback that has seen enough. */
  stop(): void {
    this.#stopped = true;
  }

  /** Takes the next bytes. The records it hands on point into `chunk` or into a copy of its own. */
  push(chunk: Uint8Array): void {
    if (this.#carryBytes + chunk.length < this.#retryAt) this.#keep(chunk);
    else this.#take(this.#joined(chunk), false);
  }

  /** Says that no bytes will follow: an unfinished record is handed on as broken. */
  end(): void {
    this.#take(this.#joined(EMPTY), true);
  }

  #take(bytes: Uint8Array, final: boolean): void {
    forgetFeeds();
    const rest = this.#scan(bytes, final);
    this.#carry = [];
    this.#carryBytes = 0;
    if (rest < bytes.length) this.#keep(bytes.subarray(rest));
    this.#retryAt = this.#carryBytes > LONG_CARRY_BYTES ? this.#carryBytes * 2 : 0;
  }

  /** Keeps a copy, because the caller may reuse its chunk; `slice` of a Buffer would be a view. */
  #keep(bytes: Uint8Array): void {
    this.#carry.push(new Uint8Array(bytes));
    this.#carryBytes += bytes.length;
  }

  #joined(chunk: Uint8Array): Uint8Array {
    return this.#carryBytes === 0 ? chunk : joinBytes([...this.#carry, chunk]);
  }

  /** Scans as far as whole records reach and returns the place of the first byte that must be kept. */
  #scan(bytes: Uint8Array, final: boolean): number {
    let i = 0;
    if (this.#skipping) {
      const next = bytes.indexOf(LINE_FEED);
      if (next < 0) return bytes.length;
      this.#skipping = false;
      i = next;
    }
    while (!this.#stopped) {
      i = this.#skipBetween(bytes, i);
      if (i >= bytes.length) return bytes.length;
      const next = this.#scanOne(bytes, i, final);
      if (next === SCAN_MORE) return this.#keepOrDrop(bytes, i);
      i = next;
    }
    return bytes.length;
  }

  /** White space, commas, and the brackets and tail of a container. */
  #skipBetween(bytes: Uint8Array, from: number): number {
    let i = from;
    for (; i < bytes.length; i++) {
      const byte = bytes[i];
      if (byte === LINE_FEED) this.#line++;
      else if (byte === CLOSE_ARRAY && this.#container === 'array') this.#container = 'top';
      else if (byte === CLOSE_ARRAY && this.#container === 'envelope') this.#container = 'envelope-tail';
      else if (byte === CLOSE_OBJECT && this.#container === 'envelope-tail') this.#container = 'top';
      else if (byte === COLON && this.#container === 'envelope-tail') continue;
      else if (byte === OPEN_ARRAY && this.#container === 'top') this.#openList('array');
      else if (!isBetween(byte ?? 0)) return i;
    }
    return i;
  }

  #scanOne(bytes: Uint8Array, start: number, final: boolean): number {
    if (this.#container === 'top' && bytes[start] === OPEN_OBJECT) {
      const lineEnd = this.#takeLine ? this.#tryLine(bytes, start, this.#takeLine) : SCAN_MORE;
      if (lineEnd >= 0) return lineEnd;
      const body = findEnvelope(bytes, start);
      if (body === SCAN_MORE && !final) return SCAN_MORE;
      if (body > 0) {
        this.#openList('envelope');
        this.#line += countLines(bytes, start, body);
        return body;
      }
    }
    if (this.#container === 'top' || this.#container === 'envelope-tail') this.#sawMore = true;
    const scan = this.#value;
    const result = scanValue(bytes, start, final, this.#container === 'top', scan);
    if (result === SCAN_MORE) return SCAN_MORE;
    if (this.#container === 'envelope-tail' && result !== SCAN_BROKEN) return this.#advance(scan);
    this.#emit(bytes, start, result === SCAN_BROKEN ? 'broken' : 'whole');
    // What broke inside a container broke the container: what follows is read as top level.
    if (result === SCAN_BROKEN) this.#container = 'top';
    return this.#advance(scan);
  }

  /** The end of the line at `start` where it was taken whole, else -1. */
  #tryLine(bytes: Uint8Array, start: number, takeLine: TakeLine): number {
    const end = nextFeed(bytes, start);
    if (end < 0 || end - start > this.#maxRecordBytes) return SCAN_MORE;
    const last = bytes[end - 1] === CARRIAGE_RETURN ? end - 2 : end - 1;
    if (bytes[last] !== CLOSE_OBJECT || startsWith(bytes, start, ENVELOPE)) return SCAN_MORE;
    if (mayNestTooDeep(bytes, start, last + 1)) return SCAN_MORE;
    return takeLine(bytes, start, last + 1, this.#line) ? end : SCAN_MORE;
  }

  #openList(container: Container): void {
    this.#container = container;
    this.#lists++;
  }

  #advance(scan: ValueScan): number {
    this.#line += scan.lines;
    this.#containers += scan.containers;
    return scan.end;
  }

  #emit(bytes: Uint8Array, start: number, state: ScannedRecord['state']): void {
    const { end, depth, containers, lines } = this.#value;
    const record = this.#record;
    record.bytes = bytes;
    record.start = start;
    record.end = end;
    record.line = this.#line;
    record.depth = depth;
    record.containers = containers;
    record.multiline = lines > 0;
    record.state = end - start > this.#maxRecordBytes && state === 'whole' ? 'too-large' : state;
    this.#onRecord(record);
  }

  /** An unfinished record past the limit is reported, and the rest of its line is passed over. */
  #keepOrDrop(bytes: Uint8Array, start: number): number {
    if (bytes.length - start <= this.#maxRecordBytes) return start;
    this.#value.end = bytes.length;
    this.#value.depth = 0;
    this.#value.containers = 0;
    this.#value.lines = 0;
    this.#emit(bytes, start, 'too-large');
    this.#container = 'top';
    this.#skipping = true;
    return bytes.length;
  }
}

/**
 * The place behind the `[` of `{"data":[`, 0 where the object is not an envelope, SCAN_MORE where the bytes
 * end before that is known.
 */
function findEnvelope(bytes: Uint8Array, start: number): number {
  let i = skipSpace(bytes, start + 1);
  for (const byte of DATA_KEY) {
    if (i >= bytes.length) return SCAN_MORE;
    if (bytes[i++] !== byte) return 0;
  }
  i = skipSpace(bytes, i);
  if (i >= bytes.length) return SCAN_MORE;
  if (bytes[i] !== COLON) return 0;
  i = skipSpace(bytes, i + 1);
  if (i >= bytes.length) return SCAN_MORE;
  return bytes[i] === OPEN_ARRAY ? i + 1 : 0;
}

function startsWith(bytes: Uint8Array, start: number, prefix: readonly number[]): boolean {
  return prefix.every((byte, i) => bytes[start + i] === byte);
}

const DATA_KEY = [QUOTE, 0x64, 0x61, 0x74, 0x61, QUOTE];

function skipSpace(bytes: Uint8Array, from: number): number {
  let i = from;
  while (i < bytes.length && isSpace(bytes[i] ?? 0)) i++;
  return i;
}

/** White space, commas, a byte order mark, and the record separator of JSON text sequences. */
function isBetween(byte: number): boolean {
  return isSpace(byte) || byte === COMMA || byte === 0x1e || byte === 0xef || byte === 0xbb || byte === 0xbf;
}
