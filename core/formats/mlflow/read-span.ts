/**
 * One span of MLflow, in any of the forms its versions write: 2 (a `context`, plain names of states), 3 (ids in
 * base64, states as protobuf names them) and that of 3.5 (ids in hex, the trace's behind `tr-`).
 */
import {
  isJsonList,
  isJsonObject,
  objectAt,
  ownAt,
  stringAt,
  type Json,
  type JsonObject,
} from '../../model/json.ts';
import type { AttributedSpan, SpanEvent } from '../genai/attributed-span.ts';
import { readNanoseconds, type FineTime } from '../genai/fine-time.ts';
import type { MessageCode } from '../messages.ts';
import { readHexId } from '../otlp/read-id.ts';

/** True for an object that has the fields of every version's spans. */
export function isMlflowSpan(value: JsonObject): boolean {
  const isTimed =
    ownAt(value, 'start_time_unix_nano') !== undefined || objectAt(value, 'context') !== undefined;
  return isTimed && objectAt(value, 'attributes') !== undefined;
}

/** `text` is the span as it was written: its times are numbers past 2^53. */
export function readMlflowSpan(raw: Json, text: string): AttributedSpan | MessageCode {
  if (!isJsonObject(raw)) return 'not-an-object';
  const context = objectAt(raw, 'context') ?? raw;
  const spanId = readHexId(stringAt(context, 'span_id'), 8);
  if (spanId === undefined) return 'span-without-id';
  const traceId = readOtelTraceId(stringAt(raw, 'otel_trace_id') ?? stringAt(context, 'trace_id'));
  if (traceId === undefined) return 'span-without-trace-id';
  return {
    traceId,
    spanId,
    parentId: readHexId(stringAt(raw, 'parent_span_id') ?? stringAt(raw, 'parent_id'), 8),
    name: stringAt(raw, 'name') ?? '',
    start: readTime(raw, 'start', text),
    end: readTime(raw, 'end', text),
    attributes: readDumped(objectAt(raw, 'attributes') ?? {}),
    events: listAt(raw, 'events').map(readEvent),
    links: listAt(raw, 'links'),
    kind: undefined,
    status: readStatus(raw),
    scope: { name: '', version: '' },
    resource: {},
    extra: {},
  };
}

/** Behind `tr-`, and behind the place where version 4 keeps the trace (`trace:/catalog.schema/...`). */
export function readOtelTraceId(id: string | undefined): string | undefined {
  const own = id?.startsWith('trace:/') === true ? id.slice(id.lastIndexOf('/') + 1) : id;
  return readHexId(own?.replace(/^tr-/, ''), 16);
}

function listAt(raw: JsonObject, key: string): readonly JsonObject[] {
  const list = ownAt(raw, key);
  return isJsonList(list) ? list.filter(isJsonObject) : [];
}

/**
 * MLflow writes every value as JSON. A text, number or truth is read; an object or list stays the text it is,
 * which is how all other conventions carry one.
 */
function readDumped(attributes: JsonObject): JsonObject {
  const read = Object.entries(attributes).map(([key, value]): [string, Json] => [key, undump(value)]);
  return Object.fromEntries(read);
}

const SCALAR = /^\s*(?:"|-?\d|true|false|null)/;

function undump(value: Json): Json {
  if (typeof value !== 'string' || !SCALAR.test(value)) return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    // A text that was never written as JSON.
    return value;
  }
}

const DIGITS = {
  start: /(?<!\\)"start_time(?:_unix_nano)?"\s*:\s*"?(\d{16,20})\b(?!\.)/,
  end: /(?<!\\)"end_time(?:_unix_nano)?"\s*:\s*"?(\d{16,20})\b(?!\.)/,
} as const;

/** Nanoseconds since 1970. */
function readTime(raw: JsonObject, which: 'start' | 'end', text: string): FineTime | undefined {
  const value = ownAt(raw, `${which}_time_unix_nano`) ?? ownAt(raw, `${which}_time`);
  if (value === undefined || value === null) return undefined;
  const digits = DIGITS[which].exec(text)?.[1];
  return digits === undefined ? readNumber(value) : readNanoseconds(digits);
}

function readNumber(value: Json | undefined): FineTime | undefined {
  if (typeof value === 'string') return readNanoseconds(value);
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  return readNanoseconds(BigInt(Math.max(Math.trunc(value), 0)).toString());
}

function readEvent(raw: JsonObject): SpanEvent {
  return {
    name: stringAt(raw, 'name') ?? '',
    at: readNumber(ownAt(raw, 'time_unix_nano') ?? ownAt(raw, 'timestamp')),
    attributes: objectAt(raw, 'attributes') ?? {},
  };
}

function readStatus(raw: JsonObject): AttributedSpan['status'] {
  const own = objectAt(raw, 'status');
  const code = own === undefined ? stringAt(raw, 'status_code') : stringAt(own, 'code');
  const message = own === undefined ? stringAt(raw, 'status_message') : stringAt(own, 'message');
  const plain = code?.replace('STATUS_CODE_', '');
  return {
    code: plain === 'ERROR' ? 'error' : plain === 'OK' ? 'ok' : 'unset',
    message: message ?? '',
  };
}
