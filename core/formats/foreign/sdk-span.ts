/** What every span of OpenTelemetry's Python SDK has, whoever writes it down: its ids, name, times and events. */
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
import type { MessageCode } from '../messages.ts';
import { readHexId } from '../otlp/read-id.ts';
import { readIsoFine } from './iso-time.ts';

type Common = 'traceId' | 'spanId' | 'parentId' | 'name' | 'start' | 'end' | 'events';

export interface SdkSpan {
  readonly raw: JsonObject;
  /** Where the ids stand, and what else is said of the place in the trace. */
  readonly context: JsonObject;
  readonly common: Pick<AttributedSpan, Common>;
}

/** Ids are hex, with or without `0x`; times are ISO 8601. */
export function readSdkSpan(raw: Json): SdkSpan | MessageCode {
  if (!isJsonObject(raw)) return 'not-an-object';
  const context = objectAt(raw, 'context') ?? {};
  const spanId = readHexId(stringAt(context, 'span_id'), 8);
  if (spanId === undefined) return 'span-without-id';
  const traceId = readHexId(stringAt(context, 'trace_id'), 16);
  if (traceId === undefined) return 'span-without-trace-id';
  const common = {
    traceId,
    spanId,
    parentId: readHexId(stringAt(raw, 'parent_id'), 8),
    name: stringAt(raw, 'name') ?? '',
    start: readIsoFine(ownAt(raw, 'start_time')),
    end: readIsoFine(ownAt(raw, 'end_time')),
    events: objectsAt(raw, 'events').map(readEvent),
  };
  return { raw, context, common };
}

/** The objects of a list; what is none is left out. */
export function objectsAt(raw: JsonObject, key: string): readonly JsonObject[] {
  const list = ownAt(raw, key);
  return isJsonList(list) ? list.filter(isJsonObject) : [];
}

/** By the name of the code, as both write it. */
export function readStatusCode(code: string | undefined): AttributedSpan['status']['code'] {
  return code === 'ERROR' ? 'error' : code === 'OK' ? 'ok' : 'unset';
}

function readEvent(raw: JsonObject): SpanEvent {
  return {
    name: stringAt(raw, 'name') ?? '',
    at: readIsoFine(ownAt(raw, 'timestamp')),
    attributes: objectAt(raw, 'attributes') ?? {},
  };
}
