/**
 * One span of another tool as one item of our own shape. What was understood stands in `span_data`; `origin`
 * says by which rule, and keeps everything else, so that the span can be written back as it came.
 */
import type { Json, JsonObject } from '../../model/json.ts';
import { writeIsoUs } from '../../model/time.ts';
import type { AttributedSpan } from './attributed-span.ts';
import { Attributes } from './attributes.ts';
import { findSource } from './find-source.ts';
import { matchKind } from './kind-rules.ts';
import { moveLongTexts } from './move-long-texts.ts';
import { readForeignUsage } from './read-usage.ts';
import { readProvider } from './read-call-facts.ts';
import { readServiceName } from './service-name.ts';
import { some } from './some.ts';
import { buildSpanData } from './span-data.ts';
import { readTraceFacts, type TraceFacts } from './trace-facts.ts';

export interface ConvertedSpan {
  /** A `trace.span` item. */
  readonly item: JsonObject;
  readonly facts: TraceFacts;
  /** Attributes that no rule understood. */
  readonly unread: readonly string[];
  readonly source: string | undefined;
}

/** `format`: the name of the format it was read from; `resourceKey` stands for the span's resource. */
export function convertSpan(span: AttributedSpan, format: string, resourceKey?: string): ConvertedSpan {
  const attributes = new Attributes(span.attributes);
  const match = matchKind(attributes, span);
  const source = findSource(attributes, span);
  const isBedrock = source === 'openinference' && /bedrock/i.test(readProvider(attributes) ?? '');
  const used = span.usage ?? readForeignUsage(attributes, isBedrock);
  const facts = readTraceFacts(attributes, span);
  const data = buildSpanData(attributes, span, match, used?.usage);
  const { kept, moved } = moveLongTexts(span.attributes, data);
  const origin: JsonObject = {
    format,
    ...some({ source }),
    rule: match.rule,
    name: span.name,
    ...((match.rule === 5 || data['passes_to'] !== undefined) && { inferred: true }),
    ...some({ kind: span.kind }),
    ...((span.scope.name !== '' || span.scope.attributes !== undefined) && { scope: { ...span.scope } }),
    ...some({ service: readServiceName(span.resource), resource: resourceKey }),
    attributes: kept,
    ...(Object.keys(moved).length > 0 && { moved }),
    ...(span.events.length > 0 && { events: span.events.map(writeEvent) }),
    ...(span.links.length > 0 && { links: span.links }),
    ...(span.status.code !== 'unset' && { status: { ...span.status } }),
    ...(used?.accounting !== undefined && { accounting: { ...used.accounting } }),
    ...writeRests(span),
    ...span.extra,
  };
  const item: JsonObject = {
    object: 'trace.span',
    id: span.spanId,
    trace_id: span.traceId,
    parent_id: span.parentId ?? null,
    started_at: span.start === undefined ? null : writeIsoUs(span.start.us),
    ended_at: span.end === undefined ? null : writeIsoUs(span.end.us),
    span_data: data,
    error: readError(attributes, span),
    origin,
  };
  return { item, facts, unread: attributes.unread(), source };
}

function writeEvent({ name, at, attributes }: AttributedSpan['events'][number]): Json {
  return {
    name,
    ...(at !== undefined && { at: writeIsoUs(at.us), ...(at.restNs > 0 && { rest_ns: at.restNs }) }),
    ...(Object.keys(attributes).length > 0 && { attributes }),
  };
}

/** Nanoseconds past the microseconds of start and end. */
function writeRests({ start, end }: AttributedSpan): JsonObject {
  const rests = [start?.restNs ?? 0, end?.restNs ?? 0];
  return rests.some((rest) => rest > 0) ? { rest_ns: rests } : {};
}

function readError(attributes: Attributes, { status, events }: AttributedSpan): Json {
  // Langfuse has a level of its own, and leaves the status as it is.
  const isLevel = attributes.text('langfuse.observation.level')?.toUpperCase() === 'ERROR';
  const said = attributes.text('langfuse.observation.status_message');
  if (status.code !== 'error' && !isLevel) return null;
  const raised = new Attributes(events.find(({ name }) => name === 'exception')?.attributes ?? {});
  const type = raised.text('exception.type') ?? attributes.text('error.type');
  const message = status.message || said || raised.text('exception.message') || type || 'The span failed.';
  const data = some({ type, stacktrace: raised.text('exception.stacktrace') });
  return { message, ...(Object.keys(data).length > 0 && { data }) };
}
