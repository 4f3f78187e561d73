/** One span as the OpenTelemetry Python SDK prints it: ids with `0x`, times in ISO 8601, enums by their names. */
import { objectAt, stringAt, type Json, type JsonObject } from '../../model/json.ts';
import { objectsAt, readSdkSpan, readStatusCode } from '../foreign/sdk-span.ts';
import type { AttributedSpan } from '../genai/attributed-span.ts';
import type { MessageCode } from '../messages.ts';
import { readHexId } from '../otlp/read-id.ts';

export function readConsoleSpan(json: Json): AttributedSpan | MessageCode {
  const span = readSdkSpan(json);
  if (typeof span === 'string') return span;
  const { raw, context, common } = span;
  const traceState = stringAt(context, 'trace_state');
  return {
    ...common,
    attributes: objectAt(raw, 'attributes') ?? {},
    links: objectsAt(raw, 'links').map(readLink),
    kind: stringAt(raw, 'kind')?.replace('SpanKind.', 'SPAN_KIND_'),
    status: readStatus(objectAt(raw, 'status')),
    scope: { name: '', version: '' },
    resource: readResource(objectAt(raw, 'resource')),
    extra: traceState === undefined || traceState === '[]' ? {} : { traceState },
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

function readStatus(raw: JsonObject = {}): AttributedSpan['status'] {
  return {
    code: readStatusCode(stringAt(raw, 'status_code')),
    message: stringAt(raw, 'description') ?? '',
  };
}

/** Attributes and the address of their schema; earlier versions print the attributes alone. */
function readResource(raw: JsonObject | undefined): JsonObject {
  return raw === undefined ? {} : (objectAt(raw, 'attributes') ?? raw);
}
