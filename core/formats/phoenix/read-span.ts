/** One span of Phoenix: OpenInference's attributes, nested or flat, with the kind beside them. */
import {
  isJsonList,
  isJsonObject,
  objectAt,
  ownAt,
  stringAt,
  type Json,
  type JsonObject,
} from '../../model/json.ts';
import { readIsoFine } from '../foreign/iso-time.ts';
import type { AttributedSpan, SpanEvent } from '../genai/attributed-span.ts';
import { without } from '../genai/without.ts';
import type { MessageCode } from '../messages.ts';
import { readHexId } from '../otlp/read-id.ts';
import { flattenAttributes } from './flat-attributes.ts';

const KIND = 'openinference.span.kind';

export function readPhoenixSpan(raw: Json): AttributedSpan | MessageCode {
  if (!isJsonObject(raw)) return 'not-an-object';
  const context = objectAt(raw, 'context') ?? {};
  const spanId = readHexId(stringAt(context, 'span_id'), 8);
  if (spanId === undefined) return 'span-without-id';
  const traceId = readHexId(stringAt(context, 'trace_id'), 16);
  if (traceId === undefined) return 'span-without-trace-id';
  const rest = Object.entries(without(raw, ...READ)).filter(([, value]) => value !== null);
  return {
    traceId,
    spanId,
    parentId: readHexId(stringAt(raw, 'parent_id'), 8),
    name: stringAt(raw, 'name') ?? '',
    start: readIsoFine(ownAt(raw, 'start_time')),
    end: readIsoFine(ownAt(raw, 'end_time')),
    attributes: readAttributes(raw),
    events: listAt(raw, 'events').map(readEvent),
    links: [],
    kind: undefined,
    status: readStatus(raw),
    scope: { name: '', version: '' },
    resource: {},
    extra: rest.length > 0 ? { phoenix: Object.fromEntries(rest) } : {},
  };
}

const READ = [
  'name',
  'context',
  'span_kind',
  'parent_id',
  'start_time',
  'end_time',
  'status_code',
  'status_message',
  'attributes',
  'events',
] as const;

/** Phoenix moves the kind out of the attributes; the rules look for it there. */
function readAttributes(raw: JsonObject): JsonObject {
  const flat = flattenAttributes(objectAt(raw, 'attributes') ?? {});
  const kind = stringAt(raw, 'span_kind');
  return kind === undefined || kind === 'UNKNOWN' || Object.hasOwn(flat, KIND)
    ? flat
    : { ...flat, [KIND]: kind };
}

function listAt(raw: JsonObject, key: string): readonly JsonObject[] {
  const list = ownAt(raw, key);
  return isJsonList(list) ? list.filter(isJsonObject) : [];
}

function readEvent(raw: JsonObject): SpanEvent {
  return {
    name: stringAt(raw, 'name') ?? '',
    at: readIsoFine(ownAt(raw, 'timestamp')),
    attributes: objectAt(raw, 'attributes') ?? {},
  };
}

function readStatus(raw: JsonObject): AttributedSpan['status'] {
  const code = stringAt(raw, 'status_code');
  return {
    code: code === 'ERROR' ? 'error' : code === 'OK' ? 'ok' : 'unset',
    message: stringAt(raw, 'status_message') ?? '',
  };
}
