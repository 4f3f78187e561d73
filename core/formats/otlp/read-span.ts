/** One span of OTLP/JSON, in any of its dialects, as an attributed span. */
import { isJsonObject, numberAt, type Json, type JsonObject } from '../../model/json.ts';
import type { AttributedSpan, SpanEvent } from '../genai/attributed-span.ts';
import { readNanoseconds, type FineTime } from '../genai/fine-time.ts';
import type { MessageCode } from '../messages.ts';
import { readAttributes } from './any-value.ts';
import { field, listField, textField } from './field.ts';
import { readHexId } from './read-id.ts';

/** What spans share: the program and the library that made them. */
export interface SpanSurroundings {
  readonly resource: JsonObject;
  readonly scope: AttributedSpan['scope'];
}

/**
 * `text` is the span as it was written: a number past 2^53 has lost its end when JSON.parse read it, and both
 * times are such numbers where an emitter does not write them as text.
 */
export function readOtlpSpan(
  raw: Json,
  text: string,
  { resource, scope }: SpanSurroundings,
): AttributedSpan | MessageCode {
  if (!isJsonObject(raw)) return 'not-an-object';
  const spanId = readHexId(textField(raw, 'spanId'), 8);
  if (spanId === undefined) return 'span-without-id';
  const traceId = readHexId(textField(raw, 'traceId'), 16);
  if (traceId === undefined) return 'span-without-trace-id';
  const { attributes, types } = readAttributes(field(raw, 'attributes'));
  return {
    traceId,
    spanId,
    parentId: readHexId(textField(raw, 'parentSpanId'), 8),
    name: textField(raw, 'name') ?? '',
    start: readTime(raw, 'startTimeUnixNano', text),
    end: readTime(raw, 'endTimeUnixNano', text),
    attributes,
    events: listField(raw, 'events').flatMap((event) => (isJsonObject(event) ? [readEvent(event)] : [])),
    links: listField(raw, 'links'),
    kind: readSpanKind(field(raw, 'kind')),
    status: readStatus(field(raw, 'status')),
    scope,
    resource,
    extra: readExtra(raw, types),
  };
}

export function readScope(raw: Json | undefined): AttributedSpan['scope'] {
  if (!isJsonObject(raw)) return { name: '', version: '' };
  // Every span repeats it.
  const [name, version] = [textField(raw, 'name') ?? '', textField(raw, 'version') ?? ''];
  return { name: name.slice(0, LONGEST_NAME), version: version.slice(0, LONGEST_NAME) };
}

/** Names of libraries are shorter by far. */
const LONGEST_NAME = 1000;

export function readResource(raw: Json | undefined): JsonObject {
  return isJsonObject(raw) ? readAttributes(field(raw, 'attributes')).attributes : {};
}

function readEvent(raw: JsonObject): SpanEvent {
  return {
    name: textField(raw, 'name') ?? '',
    at: readTime(raw, 'timeUnixNano', ''),
    attributes: readAttributes(field(raw, 'attributes')).attributes,
  };
}

/** Nanoseconds as text; as a number they are looked up in the text of the span, where they are whole. */
function readTime(raw: JsonObject, name: string, text: string): FineTime | undefined {
  const value = field(raw, name);
  if (typeof value === 'string') return readNanoseconds(value);
  // 1e999 is JSON, and Infinity when it is read.
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  return readNanoseconds(digitsOf(name, text) ?? BigInt(Math.max(Math.trunc(value), 0)).toString());
}

/** Inside a string the quotes of a key would be escaped, so this finds no other. */
const DIGITS: ReadonlyMap<string, RegExp> = new Map([
  ['startTimeUnixNano', /(?<!\\)"(?:startTimeUnixNano|start_time_unix_nano)"\s*:\s*(\d{16,20})\b(?!\.)/],
  ['endTimeUnixNano', /(?<!\\)"(?:endTimeUnixNano|end_time_unix_nano)"\s*:\s*(\d{16,20})\b(?!\.)/],
]);

function digitsOf(name: string, text: string): string | undefined {
  return DIGITS.get(name)?.exec(text)?.[1];
}

const SPAN_KINDS = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'] as const;

function readSpanKind(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  if (typeof value !== 'number' || value === 0) return undefined;
  return `SPAN_KIND_${SPAN_KINDS[value] ?? String(value)}`;
}

function readStatus(value: Json | undefined): AttributedSpan['status'] {
  if (!isJsonObject(value)) return { code: 'unset', message: '' };
  const code = field(value, 'code');
  const message = textField(value, 'message') ?? '';
  if (code === 2 || code === 'STATUS_CODE_ERROR' || code === 'ERROR') return { code: 'error', message };
  if (code === 1 || code === 'STATUS_CODE_OK' || code === 'OK') return { code: 'ok', message };
  return { code: 'unset', message };
}

const COUNTS = ['flags', 'droppedAttributesCount', 'droppedEventsCount', 'droppedLinksCount'] as const;

function readExtra(raw: JsonObject, types: { readonly [key: string]: string }): JsonObject {
  const counts = COUNTS.map((name): [string, number] => [name, numberAt(raw, name) ?? 0]);
  const traceState = textField(raw, 'traceState');
  return {
    ...Object.fromEntries(counts.filter(([, count]) => count !== 0)),
    ...(traceState !== undefined && traceState !== '' && { traceState }),
    ...(Object.keys(types).length > 0 && { types }),
  };
}
