/** One span of OTLP/JSON, in any of its dialects, as an attributed span. */
import { hasFields, isJsonList, isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { AttributedSpan, SpanEvent } from '../genai/attributed-span.ts';
import { readNanoseconds, type FineTime } from '../genai/fine-time.ts';
import type { MessageCode } from '../messages.ts';
import { parseExactly, readAttributes, type ReadAttributes } from './any-value.ts';
import { field, textField } from './field.ts';
import { readHexId } from './read-id.ts';

/** What spans share: the program and the library that made them. */
export interface SpanSurroundings {
  readonly resource: JsonObject;
  readonly scope: AttributedSpan['scope'];
}

/**
 * `written` has the span as it was written: a number past 2^53 has lost its end when JSON.parse read it, and both
 * times are such numbers where an emitter does not write them as text.
 */
export function readOtlpSpan(
  raw: Json,
  written: { readonly text: string },
  { resource, scope }: SpanSurroundings,
): AttributedSpan | MessageCode {
  if (!isJsonObject(raw)) return 'not-an-object';
  // By their names, not through `field`: this runs for every span, and the engine remembers where each stands.
  const spanId = readHexId(textOf(raw['spanId'] ?? raw['span_id']), 8);
  if (spanId === undefined) return 'span-without-id';
  const traceId = readHexId(textOf(raw['traceId'] ?? raw['trace_id']), 16);
  if (traceId === undefined) return 'span-without-trace-id';
  const { attributes, types } = readExactAttributes(raw, written);
  const events = raw['events'];
  const links = raw['links'];
  return {
    traceId,
    spanId,
    parentId: readHexId(textOf(raw['parentSpanId'] ?? raw['parent_span_id']), 8),
    name: textOf(raw['name']) ?? '',
    start: readTime(raw['startTimeUnixNano'] ?? raw['start_time_unix_nano'], 'startTimeUnixNano', written),
    end: readTime(raw['endTimeUnixNano'] ?? raw['end_time_unix_nano'], 'endTimeUnixNano', written),
    attributes,
    events: isJsonList(events) ? readEvents(events) : NOTHING,
    links: isJsonList(links) ? links : NOTHING,
    kind: readSpanKind(raw['kind']),
    status: readStatus(raw['status']),
    scope,
    resource,
    extra: readExtra(raw, types),
  };
}

/** Attributes are read again from their text where a number of them is not what JSON.parse can keep. */
function readExactAttributes(raw: JsonObject, written: { readonly text: string }): ReadAttributes {
  const read = readAttributes(raw['attributes']);
  if (!Object.values(read.types).includes('inexact')) return read;
  const exact = parseExactly(written.text);
  return isJsonObject(exact) ? readAttributes(exact['attributes']) : read;
}

const NOTHING: readonly never[] = [];

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function readEvents(events: readonly Json[]): readonly SpanEvent[] {
  return events.flatMap((event) => (isJsonObject(event) ? [readEvent(event)] : []));
}

export function readScope(raw: Json | undefined): AttributedSpan['scope'] {
  if (!isJsonObject(raw)) return { name: '', version: '' };
  // Every span repeats it.
  const [name, version] = [textField(raw, 'name') ?? '', textField(raw, 'version') ?? ''];
  const { attributes } = readAttributes(field(raw, 'attributes'));
  return {
    name: name.slice(0, LONGEST_NAME),
    version: version.slice(0, LONGEST_NAME),
    ...(isShort(attributes) && { attributes }),
  };
}

/** Every span repeats them as well; those of real libraries are a word or two. */
function isShort(attributes: JsonObject): boolean {
  return hasFields(attributes) && JSON.stringify(attributes).length <= LONGEST_NAME;
}

/** Names of libraries are shorter by far. */
const LONGEST_NAME = 1000;

export function readResource(raw: Json | undefined): JsonObject {
  return isJsonObject(raw) ? readAttributes(field(raw, 'attributes')).attributes : {};
}

const NOWHERE = { text: '' };

function readEvent(raw: JsonObject): SpanEvent {
  return {
    name: textField(raw, 'name') ?? '',
    at: readTime(field(raw, 'timeUnixNano'), 'timeUnixNano', NOWHERE),
    attributes: readAttributes(field(raw, 'attributes')).attributes,
  };
}

/** Nanoseconds as text; as a number they are looked up in the text of the span, where they are whole. */
function readTime(
  value: Json | undefined,
  name: string,
  written: { readonly text: string },
): FineTime | undefined {
  if (typeof value === 'string') return readNanoseconds(value);
  // 1e999 is JSON, and Infinity when it is read.
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  return readNanoseconds(digitsOf(name, written.text) ?? BigInt(Math.max(Math.trunc(value), 0)).toString());
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

const UNSET: AttributedSpan['status'] = { code: 'unset', message: '' };

function readStatus(value: Json | undefined): AttributedSpan['status'] {
  if (!isJsonObject(value)) return UNSET;
  const code = field(value, 'code');
  const message = textField(value, 'message') ?? '';
  if (code === 2 || code === 'STATUS_CODE_ERROR' || code === 'ERROR') return { code: 'error', message };
  if (code === 1 || code === 'STATUS_CODE_OK' || code === 'OK') return { code: 'ok', message };
  return { code: 'unset', message };
}

const COUNTS = ['flags', 'droppedAttributesCount', 'droppedEventsCount', 'droppedLinksCount'] as const;
const NO_EXTRA: JsonObject = {};

function readExtra(raw: JsonObject, types: { readonly [key: string]: string }): JsonObject {
  let extra: Record<string, Json> | undefined;
  for (const name of COUNTS) {
    const count = raw[name];
    if (typeof count === 'number' && Number.isFinite(count) && count !== 0) (extra ??= {})[name] = count;
  }
  const traceState = textOf(raw['traceState'] ?? raw['trace_state']);
  if (traceState !== undefined && traceState !== '') (extra ??= {})['traceState'] = traceState;
  if (hasFields(types)) (extra ??= {})['types'] = types;
  return extra ?? NO_EXTRA;
}
