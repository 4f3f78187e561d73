/** A `trace.span` item of our own shape, for formats whose spans have no bag of attributes. */
import type { Json, JsonObject } from '../../model/json.ts';
import { writeIsoUs } from '../../model/time.ts';
import type { FineTime } from '../genai/fine-time.ts';

export interface PlainSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string | undefined;
  readonly start: FineTime | undefined;
  /** undefined: still open. */
  readonly end: FineTime | undefined;
  readonly data: JsonObject;
  readonly error?: Json;
  readonly origin: JsonObject;
}

export function makeSpanItem({
  traceId,
  spanId,
  parentId,
  start,
  end,
  data,
  error,
  origin,
}: PlainSpan): JsonObject {
  const rests = [start?.restNs ?? 0, end?.restNs ?? 0];
  return {
    object: 'trace.span',
    id: spanId,
    trace_id: traceId,
    parent_id: parentId ?? null,
    started_at: start === undefined ? null : writeIsoUs(start.us),
    ended_at: end === undefined ? null : writeIsoUs(end.us),
    span_data: data,
    error: error ?? null,
    origin: { ...origin, ...(rests.some((rest) => rest > 0) && { rest_ns: rests }) },
  };
}
