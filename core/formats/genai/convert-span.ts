/**
 * One span of another tool as one item of our own shape. What was understood stands in `span_data`; `origin`
 * says by which rule, and keeps everything else, so that the span can be written back as it came.
 */
import type { CacheAccounting } from '../../model/cache-accounting.ts';
import { hasFields, type Json, type JsonObject } from '../../model/json.ts';
import { writeIsoUs } from '../../model/time.ts';
import type { AttributedSpan } from './attributed-span.ts';
import { Attributes } from './attributes.ts';
import { findSource } from './find-source.ts';
import { matchKind, type MatchedRule } from './kind-rules.ts';
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
  const origin = writeOrigin(span, match, data, {
    format,
    ...{ source, resourceKey, accounting: used?.accounting },
  });
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

interface Said {
  readonly format: string;
  readonly source: string | undefined;
  readonly resourceKey: string | undefined;
  readonly accounting: CacheAccounting | undefined;
}

/** Field by field: this runs for every span that rules look at, and most of these fields are absent. */
function writeOrigin(span: AttributedSpan, match: MatchedRule, data: JsonObject, said: Said): JsonObject {
  const { scope, events, links, status, extra } = span;
  const { kept, moved } = moveLongTexts(span.attributes, data);
  const service = readServiceName(span.resource);
  const origin: Record<string, Json> = { format: said.format };
  if (said.source !== undefined) origin['source'] = said.source;
  origin['rule'] = match.rule;
  origin['name'] = span.name;
  if (match.rule === 5 || data['passes_to'] !== undefined) origin['inferred'] = true;
  if (span.kind !== undefined) origin['kind'] = span.kind;
  if (scope.name !== '' || scope.attributes !== undefined) origin['scope'] = { ...scope };
  if (service !== undefined) origin['service'] = service;
  if (said.resourceKey !== undefined) origin['resource'] = said.resourceKey;
  origin['attributes'] = kept;
  if (hasFields(moved)) origin['moved'] = moved;
  if (events.length > 0) origin['events'] = events.map(writeEvent);
  if (links.length > 0) origin['links'] = links;
  if (status.code !== 'unset') origin['status'] = { ...status };
  if (said.accounting !== undefined) origin['accounting'] = { ...said.accounting };
  const rests = [span.start?.restNs ?? 0, span.end?.restNs ?? 0] as const;
  if (rests[0] > 0 || rests[1] > 0) origin['rest_ns'] = rests;
  return hasFields(extra) ? { ...origin, ...extra } : origin;
}

function writeEvent({ name, at, attributes }: AttributedSpan['events'][number]): Json {
  return {
    name,
    ...(at !== undefined && { at: writeIsoUs(at.us), ...(at.restNs > 0 && { rest_ns: at.restNs }) }),
    ...(Object.keys(attributes).length > 0 && { attributes }),
  };
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
