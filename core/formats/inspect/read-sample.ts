/**
 * The events of one sample as spans: a pair of `span_begin` and `span_end` is one, each call of a model or a tool is
 * one below it. Every other event is kept with the span that it happened in.
 */
import { isJsonObject, stringAt, type Json, type JsonObject } from '../../model/json.ts';
import { readIsoUs } from '../../model/time.ts';
import { makeSpanItem } from '../foreign/span-item.ts';
import { without } from '../genai/without.ts';
import type { FineTime } from '../genai/fine-time.ts';
import type { MessageCode } from '../messages.ts';
import { readModelCall, readToolCall, type CallData } from './read-call.ts';

export const INSPECT = 'inspect';

export interface SampleTaker {
  item(item: JsonObject): void;
  note(code: MessageCode): void;
  skip(code: MessageCode): void;
}

interface OpenSpan {
  readonly begin: JsonObject;
  readonly events: Json[];
  end: FineTime | undefined;
}

export function readSampleSpans(events: readonly Json[], traceId: string, taker: SampleTaker): void {
  const spans = new Map<string, OpenSpan>();
  let calls = 0;
  for (const event of events) {
    if (!isJsonObject(event)) {
      taker.skip('not-an-object');
      continue;
    }
    const kind = stringAt(event, 'event');
    const id = stringAt(event, 'id') ?? '';
    const around = stringAt(event, 'span_id');
    if (kind === 'span_begin' && id !== '') spans.set(id, { begin: event, events: [], end: undefined });
    else if (kind === 'span_end') {
      const open = spans.get(id);
      if (open === undefined) taker.skip('unmatched-end');
      else open.end = readTime(event['timestamp']);
    } else if (kind === 'model' || kind === 'tool') {
      const spanId = stringAt(event, 'uuid') ?? `${traceId}.${String(++calls)}`;
      taker.item(makeCall(event, kind, spanId, traceId));
    } else if (around !== undefined && spans.has(around)) spans.get(around)?.events.push(event);
    else taker.skip('not-a-span');
  }
  for (const [spanId, { begin, events: inside, end }] of spans) {
    if (end === undefined) taker.note('unclosed-span');
    taker.item(makeSpan(spanId, traceId, begin, inside, end));
  }
}

function makeSpan(
  spanId: string,
  traceId: string,
  begin: JsonObject,
  events: readonly Json[],
  end: FineTime | undefined,
): JsonObject {
  const {
    timestamp,
    name: said,
    type: kind,
    parent_id: parent,
    ...rest
  } = without(begin, 'id', 'event', 'span_id');
  const name = typeof said === 'string' ? said : '';
  const type = typeof kind === 'string' ? kind : 'span';
  return makeSpanItem({
    traceId,
    spanId,
    parentId: typeof parent === 'string' && parent !== spanId ? parent : undefined,
    start: readTime(timestamp),
    end,
    data:
      type === 'agent'
        ? { type: 'agent', name }
        : { type: 'custom', name, data: { subkind: SUBKINDS.get(type) ?? type } },
    origin: { format: INSPECT, type, ...rest, ...(events.length > 0 && { events }) },
  });
}

/** What we have a word for; any other type is its own. */
const SUBKINDS = new Map([['scorer', 'evaluator']]);

function makeCall(event: JsonObject, kind: 'model' | 'tool', spanId: string, traceId: string): JsonObject {
  const { timestamp, completed, span_id: around, ...rest } = without(event, 'event', 'uuid');
  const call: CallData = kind === 'model' ? readModelCall(rest) : readToolCall(rest);
  return makeSpanItem({
    traceId,
    spanId,
    parentId: typeof around === 'string' ? around : undefined,
    start: readTime(timestamp),
    end: readTime(completed),
    data: call.data,
    error: call.error,
    origin: { format: INSPECT, type: kind, attributes: call.rest, ...call.origin },
  });
}

function readTime(value: Json | undefined): FineTime | undefined {
  const us = typeof value === 'string' ? readIsoUs(value) : Number.NaN;
  return Number.isNaN(us) ? undefined : { us, restNs: 0 };
}
