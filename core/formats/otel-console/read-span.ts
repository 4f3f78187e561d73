/** One span as the OpenTelemetry Python SDK prints it: ids with `0x`, times in ISO 8601, enums by their names. */
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
import type { MessageCode } from '../messages.ts';
import { readHexId } from '../otlp/read-id.ts';

export function readConsoleSpan(raw: Json): AttributedSpan | MessageCode {
  if (!isJsonObject(raw)) return 'not-an-object';
  const context = objectAt(raw, 'context') ?? {};
  const spanId = readHexId(stringAt(context, 'span_id'), 8);
  if (spanId === undefined) return 'span-without-id';
  const traceId = readHexId(stringAt(context, 'trace_id'), 16);
  if (traceId === undefined) return 'span-without-trace-id';
  const traceState = stringAt(context, 'trace_state');
  return {
    traceId,
    spanId,
    parentId: readHexId(stringAt(raw, 'parent_id'), 8),
    name: stringAt(raw, 'name') ?? '',
    start: readIsoFine(ownAt(raw, 'start_time')),
    end: readIsoFine(ownAt(raw, 'end_time')),
    attributes: objectAt(raw, 'attributes') ?? {},
    events: listAt(raw, 'events').map(readEvent),
    links: listAt(raw, 'links').map(readLink),
    kind: stringAt(raw, 'kind')?.replace('SpanKind.', 'SPAN_KIND_'),
    status: readStatus(objectAt(raw, 'status')),
    scope: { name: '', version: '' },
    resource: readResource(objectAt(raw, 'resource')),
    extra: traceState === undefined || traceState === '[]' ? {} : { traceState },
  };
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

/** As OTLP has a link, but for its attributes, which are plain. */
function readLink(raw: JsonObject): Json {
  const context = objectAt(raw, 'context') ?? {};
  return {
    traceId: readHexId(stringAt(context, 'trace_id'), 16) ?? '',
    spanId: readHexId(stringAt(context, 'span_id'), 8) ?? '',
    attributes: objectAt(raw, 'attributes') ?? {},
  };
}

function readStatus(raw: JsonObject | undefined): AttributedSpan['status'] {
  const code = raw && stringAt(raw, 'status_code');
  const message = (raw && stringAt(raw, 'description')) ?? '';
  return { code: code === 'ERROR' ? 'error' : code === 'OK' ? 'ok' : 'unset', message };
}

/** Attributes and the address of their schema; earlier versions print the attributes alone. */
function readResource(raw: JsonObject | undefined): JsonObject {
  return raw === undefined ? {} : (objectAt(raw, 'attributes') ?? raw);
}
