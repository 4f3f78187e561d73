/**
 * The OpenAI Agents SDK's own shapes, as its exporters post them (`trace`, `trace.span`) and as a tracing
 * processor sees them live (`{"event":"on_span_start",...}`). Unknown fields and types are kept; only what
 * cannot be addressed (no id, no object) is refused.
 */
import { isJsonObject, objectAt, ownAt, stringAt, type Json, type JsonObject } from '../model/json.ts';
import { NO_DIGEST } from '../model/digest-json.ts';
import { reportRank } from '../model/fold.ts';
import { findKind } from '../model/kinds/registry.ts';
import { classifyError } from '../model/error-class.ts';
import type { SpanDescription } from '../model/kinds/kind-definition.ts';
import { KIND_CODE } from '../model/span-kind.ts';
import { SpanFlag, UNKNOWN_TOKENS, type SpanRow } from '../model/span-row.ts';
import { readIsoUs } from '../model/time.ts';
import type { TraceHeader } from '../model/trace-entry.ts';
import { isTruncated } from '../model/truncation.ts';
import { readUsage, type Usage } from '../model/usage.ts';
import { refuse } from './messages.ts';
import type { ReadRecord, RecordFormat } from './format.ts';

export const openaiAgents: RecordFormat = {
  name: 'openai-agents',
  label: 'OpenAI Agents',
  source: 'openai-agents',
  detectRecord: (record) => {
    if (!isJsonObject(record)) return 0;
    if (isEvent(record)) return 1;
    const object = ownAt(record, 'object');
    return object === 'trace' || object === 'trace.span' ? 1 : 0;
  },
  readRecord: (record) => {
    if (!isJsonObject(record)) return refuse('not-an-object');
    for (const key in record) if (key.startsWith('$')) return refuse('reserved-key');
    return isEvent(record) ? readEvent(record) : readItem(record, undefined);
  },
  readReport: (record) => {
    if (!isJsonObject(record)) return undefined;
    const event = isEvent(record) ? record : undefined;
    const item = event === undefined ? record : objectAt(event, 'item');
    const read = item && readItem(item, event);
    if (item === undefined || read?.kind !== 'span') return undefined;
    const ended = endedItem(item, event);
    return { item: ended, data: spanDataOf(item, event), rank: reportRank(read.row.flags) };
  },
};

/** The longest id that is kept; anything longer is not an id. */
export const MAX_ID_LENGTH = 1024;

function isEvent(record: JsonObject): boolean {
  return stringAt(record, 'event')?.startsWith('on_') ?? false;
}

function readEvent(event: JsonObject): ReadRecord {
  const item = ownAt(event, 'item');
  return isJsonObject(item) ? readItem(item, event) : refuse('event-without-item');
}

/** Reads an item; `event` is the live event around it, where a processor sent it. */
function readItem(item: JsonObject, event: JsonObject | undefined): ReadRecord {
  switch (ownAt(item, 'object')) {
    case 'trace':
      return readTrace(item, event);
    case 'trace.span':
      return readSpan(item, event);
    default:
      return refuse('unknown-object');
  }
}

function readTrace(item: JsonObject, event: JsonObject | undefined): ReadRecord {
  const traceId = readId(item, 'id');
  if (traceId === undefined) return refuse('trace-without-id');
  const workflowName = stringAt(item, 'workflow_name');
  const groupId = stringAt(item, 'group_id');
  const metadata = objectAt(item, 'metadata');
  const header: TraceHeader = {
    ...(workflowName !== undefined && { workflowName }),
    ...(groupId !== undefined && { groupId }),
    ...(metadata !== undefined && { metadata }),
    processor: event !== undefined,
  };
  return { kind: 'trace', traceId, header, ended: event?.['event'] === 'on_trace_end', ...readSource(item) };
}

function readSpan(item: JsonObject, event: JsonObject | undefined): ReadRecord {
  const spanId = readId(item, 'id');
  if (spanId === undefined) return refuse('span-without-id');
  const traceId = readId(item, 'trace_id');
  if (traceId === undefined) return refuse('span-without-trace-id');
  const data = spanDataOf(item, event);
  const definition = findKind(data);
  const said = definition.describe(data);
  const usage = said.usage ?? usageBeside(item);
  const startUs = readTime(ownAt(item, 'started_at') ?? ownAt(item, 'start_time'));
  const endUs = readEnd(item, event);
  const row: SpanRow = {
    traceId,
    spanId,
    parentId: readId(item, 'parent_id'),
    startUs,
    endUs,
    kind: KIND_CODE[definition.kind],
    flags: readFlags(item, event, said, endUs) | (isTruncated(data) ? SpanFlag.truncated : 0),
    name: said.name || undefined,
    agent: said.agent,
    target: said.target,
    model: said.model,
    provider: said.provider,
    errorClass: classifyError(ownAt(item, 'error')),
    callDigest: said.callDigest ?? NO_DIGEST,
    resultDigest: said.resultDigest ?? NO_DIGEST,
    inputTokens: usage?.input ?? UNKNOWN_TOKENS,
    outputTokens: usage?.output ?? UNKNOWN_TOKENS,
    cachedTokens: usage?.cached ?? UNKNOWN_TOKENS,
    cacheWriteTokens: usage?.cacheWrite ?? UNKNOWN_TOKENS,
    reasoningTokens: usage?.reasoning ?? UNKNOWN_TOKENS,
    totalTokens: usage?.total ?? UNKNOWN_TOKENS,
  };
  const startedLiveUs = event?.['event'] === 'on_span_start' ? startUs : Number.NaN;
  return { kind: 'span', row, startedLiveUs, ...readSource(item) };
}

/** Python's agent spans say their sum in the span's own metadata. */
function usageBeside(item: JsonObject): Usage | undefined {
  const metadata = objectAt(item, 'metadata');
  return metadata && readUsage(ownAt(metadata, 'usage'));
}

/** Who wrote a record that was converted to this shape. Only such a record has an `origin`. */
function readSource(item: JsonObject): { readonly source?: string } {
  const origin = objectAt(item, 'origin');
  // Read from a file of ours again, only the record itself still says which format it came from.
  const source = origin && (stringAt(origin, 'source') ?? stringAt(origin, 'format'));
  return source !== undefined && SOURCE.test(source) ? { source } : {};
}

const SOURCE = /^[a-z0-9][a-z0-9.-]{0,39}$/;

/** The item's `span_data`; a live event adds what the exporter would strip, as `input` and `response`. */
function spanDataOf(item: JsonObject, event: JsonObject | undefined): JsonObject {
  const data = objectAt(item, 'span_data') ?? {};
  const hidden = event && objectAt(event, 'private_span_data');
  if (hidden === undefined) return data;
  const shown = Object.entries(hidden).map(([key, value]): [string, Json] => [key.replace(/^_/, ''), value]);
  return { ...data, ...Object.fromEntries(shown) };
}

function readFlags(
  item: JsonObject,
  event: JsonObject | undefined,
  said: SpanDescription,
  endUs: number,
): number {
  const error = ownAt(item, 'error');
  const message = isJsonObject(error) ? stringAt(error, 'message') : undefined;
  let flags = Number.isNaN(endUs) ? 0 : SpanFlag.ended;
  if (error !== undefined && error !== null) flags |= SpanFlag.error;
  if (message?.endsWith('(non-fatal)')) flags |= SpanFlag.nonFatal;
  if (said.triggered !== undefined) flags |= SpanFlag.triggeredKnown;
  if (said.triggered === true) flags |= SpanFlag.triggered;
  if (event !== undefined) flags |= SpanFlag.processor;
  return flags;
}

function readEnd(item: JsonObject, event: JsonObject | undefined): number {
  const ended = endedItem(item, event);
  return readTime(ownAt(ended, 'ended_at') ?? ownAt(ended, 'end_time'));
}

/** A span that a processor saw end has ended, even where its own end is missing: then the event's time is it. */
function endedItem(item: JsonObject, event: JsonObject | undefined): JsonObject {
  if (event?.['event'] !== 'on_span_end') return item;
  const own = readTime(ownAt(item, 'ended_at') ?? ownAt(item, 'end_time'));
  const at = ownAt(event, 'at');
  return Number.isNaN(own) && typeof at === 'string' ? { ...item, ended_at: at } : item;
}

function readTime(value: Json | undefined): number {
  return typeof value === 'string' ? readIsoUs(value) : Number.NaN;
}

function readId(item: JsonObject, key: string): string | undefined {
  const id = stringAt(item, key);
  return id === undefined || id === '' || id.length > MAX_ID_LENGTH ? undefined : id;
}
