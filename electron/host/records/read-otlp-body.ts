/** Reads what an OpenTelemetry exporter posts, as JSON or protobuf: its spans become items of our own shape. */
import { isUtf8 } from 'node:buffer';
import type { ForeignReader, ForeignSink } from '../../../core/formats/foreign/foreign-format.ts';
import { openOtlpJson, otlpJson } from '../../../core/formats/otlp/otlp-json.ts';
import { ProtobufReader } from '../../../core/formats/otlp/otlp-protobuf.ts';
import { convertedFormat } from '../../../core/formats/registry.ts';
import type { EpochUs } from '../../../core/model/time.ts';
import { MAX_ITEMS } from './cut-items.ts';
import { ItemIntake } from './item-intake.ts';
import { findJsonErrorOffset } from './json-error-offset.ts';
import type { BodyReading } from './read-body.ts';
import { KEPT_REJECTS, type Reject } from './record-intake.ts';

/** The keys and values of one body, on the way to its spans. */
const MAX_VALUES = MAX_ITEMS;
/** What the items of one body may come to: spans repeat what they share, and so a small body may become a huge one. */
const MAX_ITEM_BYTES = 256 * 1024 * 1024;

/** Codes of what is left out on purpose: the exporter did nothing wrong. */
const IGNORED = new Set<string>(['metrics-not-kept', 'log-not-kept']);
/** Codes that may mean that the body as a whole is none. */
const DAMAGE = new Set<string>([
  'bad-json',
  'broken-record',
  'cut-short',
  'bad-protobuf',
  'record-too-large',
]);

class OtlpBody {
  readonly #intake: ItemIntake;
  readonly #rejects: Reject[] = [];
  #rejected = 0;
  #position = 0;
  isDamaged = false;
  isTooLarge = false;
  readonly sink: ForeignSink = {
    item: (item) => {
      this.isTooLarge ||= this.#intake.bytes > this.#maxItemBytes;
      if (this.isTooLarge) return;
      const code = this.#intake.take(item);
      if (code !== undefined) this.#reject(code);
      this.#position++;
    },
    written: (line, record) => {
      this.isTooLarge ||= this.#intake.bytes > this.#maxItemBytes;
      if (this.isTooLarge) return;
      this.#intake.takeWritten(line, record);
      this.#position++;
    },
    skip: (code) => {
      if (DAMAGE.has(code)) this.isDamaged = true;
      if (!IGNORED.has(code)) this.#reject(code);
      this.#position++;
    },
    note: (code) => {
      if (DAMAGE.has(code)) this.isDamaged = true;
    },
    // A stream of bodies would fill any list of them; files tell of theirs.
    unread: () => undefined,
  };

  readonly #maxItemBytes: number;

  constructor(bytes: number, nowUs: EpochUs, maxItemBytes: number) {
    this.#maxItemBytes = maxItemBytes;
    const context = { at: nowUs, via: 'ingest', origin: 'live' } as const;
    this.#intake = new ItemIntake(convertedFormat(otlpJson), context, 2 * bytes + 1024);
  }

  finish(): BodyReading {
    if (this.isTooLarge) {
      const message = 'The spans of the body come to too much once each is written out; send fewer at once.';
      return { kind: 'malformed', status: 413, code: 'body-too-large', message };
    }
    return {
      kind: 'read',
      batch: this.#intake.takeBatch(),
      rejects: this.#rejects,
      rejected: this.#rejected,
    };
  }

  #reject(code: string): void {
    this.#rejected++;
    if (this.#rejects.length < KEPT_REJECTS) this.#rejects.push({ position: this.#position, code, bytes: 0 });
  }
}

/** Reads `/v1/traces` and `/v1/logs`, which differ in nothing but what stands in them. */
export function readOtlpBody(
  body: Buffer,
  nowUs: EpochUs,
  isProtobuf: boolean,
  maxItemBytes = MAX_ITEM_BYTES,
): BodyReading {
  const reading = new OtlpBody(body.length, nowUs, maxItemBytes);
  return isProtobuf ? readProtobuf(body, reading) : readJson(body, reading);
}

function readJson(body: Buffer, reading: OtlpBody): BodyReading {
  const reader = openOtlpJson(reading.sink, MAX_VALUES);
  readWhole(reader, body);
  if (reader.isOverfull) {
    const message = `The body holds more than ${String(MAX_VALUES)} values.`;
    return { kind: 'malformed', status: 413, code: 'too-many-items', message };
  }
  const isBlank = body.length === 0;
  return (isBlank || reading.isDamaged ? findFault(body) : undefined) ?? reading.finish();
}

function readProtobuf(body: Buffer, reading: OtlpBody): BodyReading {
  readWhole(new ProtobufReader(reading.sink), body);
  if (!reading.isDamaged) return reading.finish();
  const message = 'The body is no OTLP message in protobuf.';
  return { kind: 'malformed', status: 400, code: 'bad-protobuf', message };
}

function readWhole(reader: ForeignReader, body: Buffer): void {
  reader.push(body);
  reader.end();
}

/** What makes the whole body none; undefined where only records in it are at fault. JSON.parse has the last word. */
function findFault(body: Buffer): BodyReading | undefined {
  if (!isUtf8(body)) {
    return { kind: 'malformed', status: 400, code: 'not-utf8', message: 'The body is not valid UTF-8.' };
  }
  const text = body.toString('utf8');
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    // Its message quotes the trace's text, so the place is found anew.
    const offset = findJsonErrorOffset(text);
    return {
      kind: 'malformed',
      status: 400,
      code: 'bad-json',
      message: 'The body is not valid JSON.',
      offset,
    };
  }
}

/** Metrics are taken and let go: an exporter that sends them must not fail because of it. */
export function ignoreBody(): BodyReading {
  return { kind: 'read', batch: undefined, rejects: [], rejected: 0 };
}
