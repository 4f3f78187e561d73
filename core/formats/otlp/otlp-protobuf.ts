/**
 * OTLP as protobuf: one message, several behind each other, or each with its length before it (a varint, or four
 * bytes as the collector's file exporter writes them). One entry of the list is decoded at a time.
 */
import { joinBytes } from '../bytes.ts';
import type { ForeignFormat, ForeignReader, ForeignSink } from '../foreign/foreign-format.ts';
import { MAX_RECORD_BYTES } from '../record-scanner.ts';
import { decodeMessage } from './decode-message.ts';
import { OTLP, OtlpSink } from './otlp-sink.ts';
import { peekEntry, peekSignal, readVarint, type Signal, type Varint } from './peek-message.ts';

export const OTLP_PROTOBUF = 'otlp-protobuf';

/** How messages are told apart in a file. */
type Framing = 'plain' | 'varint' | 'four-bytes';

export const otlpProtobuf: ForeignFormat = {
  name: OTLP_PROTOBUF,
  label: 'OTLP protobuf',
  source: OTLP,
  sniff: ({ bytes }) => (findFraming(bytes) === undefined ? 0 : 0.9),
  open: (sink) => new ProtobufReader(sink),
};

function findFraming(bytes: Uint8Array): Framing | undefined {
  if (peekSignal(bytes, 0) !== undefined) return 'plain';
  const length = readVarint(bytes, 0);
  if (length !== undefined && peekSignal(bytes, length.end) !== undefined) return 'varint';
  return peekSignal(bytes, 4) === undefined ? undefined : 'four-bytes';
}

const LIST_TAG = 0x0a;
/** A resource that is longer hides how its file is framed; then one plain message is the best guess. */
const ENOUGH_BYTES = 64 * 1024;

export class ProtobufReader implements ForeignReader {
  readonly #sink: ForeignSink;
  readonly #into: OtlpSink;
  #framing: Framing | undefined;
  #rest: Uint8Array = new Uint8Array(0);
  /** Of the first byte of the rest. */
  #offset = 0;
  /** Bytes left of the framed message that is being read. */
  #left = 0;
  #isLost = false;
  #isStopped = false;

  constructor(sink: ForeignSink) {
    this.#sink = sink;
    this.#into = new OtlpSink(sink);
  }

  push(chunk: Uint8Array): void {
    if (this.#isLost || this.#isStopped) return;
    const bytes = joinBytes([this.#rest, chunk]);
    this.#framing ??= findFraming(bytes);
    if (this.#framing === undefined && bytes.length < ENOUGH_BYTES) this.#rest = bytes;
    else this.#take(bytes);
  }

  #take(bytes: Uint8Array): void {
    let i = 0;
    while (i < bytes.length && !this.#isLost && !this.#isStopped) {
      const next = this.#step(bytes, i);
      if (next === undefined) break;
      i = next;
    }
    this.#rest = bytes.slice(i);
    this.#offset += i;
  }

  stop(): void {
    this.#isStopped = true;
  }

  end(): void {
    if (this.#isStopped) return;
    // Too short for its framing to show: what it holds may still be a list without a record.
    if (this.#framing === undefined) this.#take(this.#rest);
    if (this.#rest.length > 0 && !this.#isLost) this.#sink.note('cut-short', { offset: this.#offset });
    this.#into.end();
  }

  /** One length or one entry; undefined where the bytes end inside it. */
  #step(bytes: Uint8Array, i: number): number | undefined {
    const isFramed = this.#framing !== undefined && this.#framing !== 'plain';
    if (isFramed && this.#left === 0) {
      const length = this.#framing === 'varint' ? readVarint(bytes, i) : readFourBytes(bytes, i);
      if (length !== undefined) this.#left = length.value;
      return length?.end;
    }
    if (bytes[i] !== LIST_TAG) return this.#lose(i);
    const length = readVarint(bytes, i + 1);
    if (length === undefined) return bytes.length - i > 5 ? this.#lose(i) : undefined;
    const end = length.end + length.value;
    if (length.value > MAX_RECORD_BYTES) return this.#lose(i);
    if (end > bytes.length) return undefined;
    this.#left = Math.max(this.#left - (end - i), 0);
    const entry = bytes.subarray(length.end, end);
    if (!takeEntry(this.#into, entry, peekEntry(entry, 0), this.#offset + i)) {
      this.#sink.skip('bad-protobuf', { offset: this.#offset + i });
    }
    return end;
  }

  /** Nothing tells where the next entry begins. */
  #lose(i: number): number {
    this.#sink.skip('bad-protobuf', { offset: this.#offset + i });
    this.#isLost = true;
    return i;
  }
}

function readFourBytes(bytes: Uint8Array, i: number): Varint | undefined {
  if (bytes.length < i + 4) return undefined;
  const value = new DataView(bytes.buffer, bytes.byteOffset + i, 4).getUint32(0);
  return { value, end: i + 4 };
}

/** Takes one entry of the list of a message; false where it is damaged. An entry without records is a good one. */
export function takeEntry(
  into: OtlpSink,
  entry: Uint8Array,
  signal: Signal | undefined,
  offset: number,
): boolean {
  if (signal === 'metrics') {
    into.metrics({ offset });
    return true;
  }
  const isLogs = signal === 'logs';
  const decoded = decodeMessage(entry, isLogs ? 'ResourceLogs' : 'ResourceSpans');
  if (decoded === undefined) return false;
  into.envelope({ [isLogs ? 'resourceLogs' : 'resourceSpans']: [decoded] }, { offset });
  return true;
}
