/**
 * Reads JSON of any layout (one object, a list, lines, pretty-printed) by its elements: values at named paths
 * are cut out of the stream and parsed one by one, so that memory does not grow with the file. Lists on the
 * way are stepped through: `data.spans` finds the spans of `{"data":[{"spans":[...]}]}`. Behind damage it goes
 * from brace to brace and offers what is whole as a fragment, until a line begins anew.
 */
import { countLines, joinBytes } from '../bytes.ts';
import { findExcess } from '../excess.ts';
import type { Json } from '../../model/json.ts';
import type { MessageCode } from '../messages.ts';
import { MAX_RECORD_BYTES } from '../record-scanner.ts';
import {
  forgetFeeds,
  isSpace,
  nextFeed,
  scanValue,
  SCAN_BROKEN,
  SCAN_MORE,
  type ValueScan,
} from '../value-scan.ts';
import type { ForeignReader, ForeignSink } from './foreign-format.ts';
import { findFragment, type FragmentBudget } from './find-fragment.ts';
import { ElementPaths } from './element-paths.ts';
import { skipBetween, stringEndAt } from './json-tokens.ts';
import { LinePlace, MAX_LINE_BYTES, walkLine } from './whole-line.ts';

export interface ElementPlace {
  readonly line: number;
  /** The element as it stands in the file, for what JSON.parse cannot keep: integers past 2^53. */
  readonly text: string;
}

export interface ElementHandler {
  /** An object on the way to elements begins or ends, at a path such as `data`. */
  open?(path: string): void;
  close?(path: string): void;
  /** An element at one of the paths, or any other field of an object on the way to them. */
  value(path: string, value: Json, place: ElementPlace): void;
  /** A whole object behind damage, of whatever place. True where it was one of ours. */
  fragment?(value: Json, place: ElementPlace): boolean;
  end?(): void;
}

export interface ElementOptions {
  /** Where elements stand; '' for the values of the file itself. */
  readonly paths: readonly string[];
  /** A list that is never closed is no fault in this format. */
  readonly mayStayOpen?: boolean;
  /** False where lines are never tried as whole values. */
  readonly wholeLines?: boolean;
  /** Stops after so many values: junk of two bytes a value takes long. Without it a file is read to its end. */
  readonly maxValues?: number;
}

interface Frame {
  readonly path: string;
  readonly isObject: boolean;
}

const EMPTY = new Uint8Array(0);
const QUOTE = 0x22;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const MAX_FRAMES = 64;
/** A shorter unfinished element is looked at again with every chunk. */
const LONG_CARRY_BYTES = 64 * 1024;

export class ElementReader implements ForeignReader {
  readonly #sink: ForeignSink;
  readonly #handler: ElementHandler;
  readonly #paths: ElementPaths;
  readonly #maxValues: number;
  readonly #options: ElementOptions;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  readonly #scan: ValueScan = { end: 0, depth: 0, containers: 0, lines: 0 };
  readonly #budget: FragmentBudget = { bytes: 64 * 1024 * 1024 };
  readonly #frames: Frame[] = [];
  #carry: Uint8Array[] = [];
  #carryBytes = 0;
  #retryAt = 0;
  /** The path of the value that is due behind a key. */
  #due: string | undefined;
  #isLost = false;
  #values = 0;
  #isStopped = false;
  #line = 1;
  #counted = 0;
  /** Up to here no line of these bytes is tried as a whole again: one that is no value would be parsed once a value. */
  #triedTo = 0;

  constructor(sink: ForeignSink, handler: ElementHandler, options: ElementOptions) {
    this.#sink = sink;
    this.#handler = handler;
    this.#paths = new ElementPaths(options.paths);
    this.#maxValues = options.maxValues ?? Infinity;
    this.#options = options;
  }

  /** True where it stopped at `maxValues`. */
  get isOverfull(): boolean {
    return this.#values > this.#maxValues;
  }

  stop(): void {
    this.#isStopped = true;
  }

  push(chunk: Uint8Array): void {
    if (this.#carryBytes + chunk.length < this.#retryAt) this.#keep(chunk);
    else this.#take(this.#joined(chunk), false);
  }

  end(): void {
    this.#take(this.#joined(EMPTY), true);
    if (this.#isStopped) return;
    if (this.#frames.length > 0 && this.#options.mayStayOpen !== true)
      this.#sink.note('cut-short', { line: this.#line });
    this.#handler.end?.();
  }

  #take(bytes: Uint8Array, final: boolean): void {
    forgetFeeds();
    this.#counted = 0;
    this.#triedTo = 0;
    const rest = this.#walk(bytes, final);
    this.#countTo(bytes, rest);
    this.#carry = [];
    this.#carryBytes = 0;
    if (rest < bytes.length) this.#keep(bytes.subarray(rest));
    this.#retryAt = this.#carryBytes > LONG_CARRY_BYTES ? this.#carryBytes * 2 : 0;
  }

  #keep(bytes: Uint8Array): void {
    this.#carry.push(new Uint8Array(bytes));
    this.#carryBytes += bytes.length;
  }

  #joined(chunk: Uint8Array): Uint8Array {
    return this.#carryBytes === 0 ? chunk : joinBytes([...this.#carry, chunk]);
  }

  /** The place of the first byte that must be kept for the next chunk. */
  #walk(bytes: Uint8Array, final: boolean): number {
    let i = 0;
    while (i < bytes.length && !this.#isStopped) {
      if (this.#values > this.#maxValues) this.#isStopped = true;
      const next = this.#isLost ? this.#findWay(bytes, i, final) : this.#step(bytes, i, final);
      if (next === SCAN_MORE) {
        if (bytes.length - i <= MAX_RECORD_BYTES) return i;
        this.#lose('record-too-large', bytes, i);
        return bytes.length;
      }
      i = next;
    }
    return bytes.length;
  }

  /** One token or one whole value. SCAN_MORE: the bytes end too early to tell. */
  #step(bytes: Uint8Array, from: number, final: boolean): number {
    const i = skipBetween(bytes, from);
    if (i >= bytes.length) return bytes.length;
    const frame = this.#frames.at(-1);
    const byte = bytes[i];
    if (this.#due !== undefined) return this.#value(bytes, i, final, this.#due);
    if (frame === undefined) {
      const end =
        this.#options.wholeLines !== false && byte === OPEN_OBJECT ? this.#wholeLine(bytes, i, final) : 0;
      return end === 0 ? this.#value(bytes, i, final, '') : end;
    }
    if (byte === (frame.isObject ? CLOSE_OBJECT : CLOSE_ARRAY)) {
      this.#frames.pop();
      if (frame.isObject) this.#handler.close?.(frame.path);
      return i + 1;
    }
    return frame.isObject ? this.#key(bytes, i, final, frame.path) : this.#value(bytes, i, final, frame.path);
  }

  #key(bytes: Uint8Array, i: number, final: boolean, parent: string): number {
    this.#values++;
    if (bytes[i] !== QUOTE) return this.#lose('broken-record', bytes, i);
    const end = stringEndAt(bytes, i);
    const colon = end === SCAN_MORE ? bytes.length : skipBetween(bytes, end);
    if (colon >= bytes.length) return final ? this.#lose('broken-record', bytes, i) : SCAN_MORE;
    const key = bytes[colon] === COLON ? this.#parse(bytes, i, end)?.value : undefined;
    if (typeof key !== 'string') return this.#lose('broken-record', bytes, i);
    this.#due = parent === '' ? key : `${parent}.${key}`;
    return colon + 1;
  }

  #value(bytes: Uint8Array, i: number, final: boolean, path: string): number {
    this.#values++;
    const byte = bytes[i];
    const leads = this.#paths.leads(path);
    const opens =
      (byte === OPEN_OBJECT && leads) || (byte === OPEN_ARRAY && (leads || this.#paths.has(path)));
    if (opens && this.#frames.length < MAX_FRAMES) {
      this.#due = undefined;
      this.#frames.push({ path, isObject: byte === OPEN_OBJECT });
      if (byte === OPEN_OBJECT) this.#handler.open?.(path);
      return i + 1;
    }
    const scan = this.#scan;
    const result = scanValue(bytes, i, final, this.#frames.length === 0, scan);
    if (result === SCAN_MORE) return SCAN_MORE;
    if (result === SCAN_BROKEN) return this.#lose('broken-record', bytes, i);
    const { end } = scan;
    const place = this.#lineOf(bytes, i);
    const excess = findExcess(scan);
    const parsed = excess === undefined ? this.#parse(bytes, i, end) : undefined;
    this.#due = undefined;
    if (parsed !== undefined) this.#handler.value(path, parsed.value, { line: place, text: parsed.text });
    else this.#sink.skip(excess ?? 'bad-json', { line: place });
    return end;
  }

  /** The end of the line where it was one value and was told as such; 0: it is not, SCAN_MORE: the bytes end too early. */
  #wholeLine(bytes: Uint8Array, start: number, final: boolean): number {
    if (start < this.#triedTo) return 0;
    const feed = nextFeed(bytes, start);
    if (feed < 0 && !final) {
      if (bytes.length - start < MAX_LINE_BYTES) return SCAN_MORE;
      this.#triedTo = bytes.length;
      return 0;
    }
    let end = feed < 0 ? bytes.length : feed;
    this.#triedTo = end;
    while (end > start && isSpace(bytes[end - 1] ?? 0)) end--;
    if (bytes[end - 1] !== CLOSE_OBJECT || end - start > MAX_LINE_BYTES) return 0;
    const parsed = this.#parse(bytes, start, end);
    if (parsed === undefined) return 0;
    this.#walkValue(parsed.value, bytes.subarray(start, end), this.#lineOf(bytes, start));
    // No line ends in it.
    this.#counted = end;
    return end;
  }

  #walkValue(value: Json, bytes: Uint8Array, line: number): void {
    const place = new LinePlace(line, bytes, (sink, handler) => {
      return new ElementReader(sink, handler, { paths: this.#options.paths, wholeLines: false });
    });
    const count = (): boolean => !this.#isStopped && ++this.#values <= this.#maxValues;
    const skip = (code: MessageCode): void => {
      this.#sink.skip(code, { line });
    };
    const walk = { paths: this.#paths, handler: this.#handler, maxFrames: MAX_FRAMES, count, skip, place };
    walkLine(walk, value);
  }

  /** From here on nothing tells where in the structure a byte stands. */
  #lose(code: MessageCode, bytes: Uint8Array, at: number): number {
    this.#sink.skip(code, { line: this.#lineOf(bytes, at) });
    this.#isLost = true;
    this.#due = undefined;
    return at + 1;
  }

  /** Behind damage: the next line that begins with a brace, or whole objects up to there. */
  #findWay(bytes: Uint8Array, from: number, final: boolean): number {
    const found = findFragment(bytes, from, final, this.#scan, this.#budget);
    if (found.kind === 'more') return found.at === from ? SCAN_MORE : found.at;
    if (found.kind === 'line') {
      this.#isLost = false;
      this.#frames.length = 0;
      return found.at;
    }
    const line = this.#lineOf(bytes, found.at);
    const parsed = findExcess(this.#scan) === undefined ? this.#parse(bytes, found.at, found.end) : undefined;
    if (parsed !== undefined) this.#handler.fragment?.(parsed.value, { line, text: parsed.text });
    return found.end;
  }

  #parse(bytes: Uint8Array, start: number, end: number): { value: Json; text: string } | undefined {
    try {
      const text = this.#decoder.decode(bytes.subarray(start, end));
      return { value: JSON.parse(text) as Json, text };
    } catch {
      // Neither throws anything but that the bytes are no UTF-8, or the text no JSON.
      return undefined;
    }
  }

  #lineOf(bytes: Uint8Array, at: number): number {
    this.#countTo(bytes, at);
    return this.#line;
  }

  #countTo(bytes: Uint8Array, at: number): void {
    if (at <= this.#counted) return;
    this.#line += countLines(bytes, this.#counted, at);
    this.#counted = at;
  }
}
