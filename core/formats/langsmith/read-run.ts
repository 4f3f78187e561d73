/** One run of LangSmith as an attributed span, under the names that LangSmith's own OpenTelemetry exporter writes. */
import {
  isJsonList,
  isJsonObject,
  objectAt,
  ownAt,
  stringAt,
  type Json,
  type JsonObject,
} from '../../model/json.ts';
import { readIsoUs } from '../../model/time.ts';
import type { AttributedSpan, SpanEvent } from '../genai/attributed-span.ts';
import { readMicroseconds, type FineTime } from '../genai/fine-time.ts';
import { some } from '../genai/some.ts';
import { without } from '../genai/without.ts';
import type { MessageCode } from '../messages.ts';
import { readRunUsage } from './read-usage.ts';

/** `20261122T212427968001Z<id>`, one for each run from the root down, joined by points. */
const ORDER = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{6})Z(.+)$/;

/** A patch says its id in the address it is sent to; the order says it as well. */
export function readRunId(run: JsonObject): string | undefined {
  return filledAt(run, 'id') ?? ORDER.exec(lastOrder(run))?.[8];
}

export function readRun(run: JsonObject): AttributedSpan | MessageCode {
  const spanId = readRunId(run);
  if (spanId === undefined) return 'span-without-id';
  const order = stringAt(run, 'dotted_order')?.split('.') ?? [];
  const said = filledAt(run, 'parent_run_id') ?? (order.length > 1 ? idOf(order.at(-2)) : undefined);
  const parentId = said === spanId ? undefined : said;
  // A run that names neither trace nor parent is the root of its own.
  const traceId =
    filledAt(run, 'trace_id') ?? idOf(order[0]) ?? (parentId === undefined ? spanId : undefined);
  if (traceId === undefined) return 'span-without-trace-id';
  const start = readTime(ownAt(run, 'start_time')) ?? readOrderTime(lastOrder(run));
  const events = readEvents(run);
  const { tokens, totalCost } = readRunUsage(run);
  const extra = objectAt(run, 'extra') ?? {};
  return {
    traceId,
    spanId,
    parentId,
    name: stringAt(run, 'name') ?? '',
    start,
    end: notBefore(readTime(ownAt(run, 'end_time')), start),
    attributes: readAttributes(run, extra, { start, events, totalCost }),
    events: [...events, ...readTrouble(run)],
    links: [],
    kind: undefined,
    status: readStatus(run),
    scope: { name: '', version: '' },
    resource: objectAt(extra, 'runtime') ?? {},
    extra: { langsmith: readRest(run, extra) },
    ...(tokens !== undefined && { usage: tokens }),
  };
}

function filledAt(run: JsonObject, key: string): string | undefined {
  const text = stringAt(run, key);
  return text === '' ? undefined : text;
}

function lastOrder(run: JsonObject): string {
  return stringAt(run, 'dotted_order')?.split('.').at(-1) ?? '';
}

function idOf(order: string | undefined): string | undefined {
  return ORDER.exec(order ?? '')?.[8];
}

function readOrderTime(order: string): FineTime | undefined {
  const [, year, month, day, hour, minute, second, fraction] = ORDER.exec(order) ?? [];
  if (fraction === undefined) return undefined;
  return readTime(
    `${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}.${fraction}Z`,
  );
}

/** A text, or milliseconds. */
function readTime(value: Json | undefined): FineTime | undefined {
  if (typeof value === 'number') return readMicroseconds(value * 1000);
  const us = typeof value === 'string' ? readIsoUs(value) : Number.NaN;
  return Number.isNaN(us) ? undefined : { us, restNs: 0 };
}

/** The SDK counts runs in the microseconds of a start, but ends have none: an end may seem to lie before it. */
function notBefore(end: FineTime | undefined, start: FineTime | undefined): FineTime | undefined {
  if (end === undefined || start === undefined || end.us % 1000 !== 0) return end;
  return end.us < start.us && start.us - end.us < 1000 ? start : end;
}

interface Found {
  readonly start: FineTime | undefined;
  readonly events: readonly SpanEvent[];
  readonly totalCost: number | undefined;
}

function readAttributes(run: JsonObject, extra: JsonObject, { start, events, totalCost }: Found): JsonObject {
  const metadata = objectAt(extra, 'metadata') ?? {};
  const settings = objectAt(extra, 'invocation_params') ?? {};
  const isCall = stringAt(run, 'run_type') === 'llm' || stringAt(run, 'run_type') === 'embedding';
  const firstAt =
    readTime(ownAt(run, 'first_token_time')) ?? events.find(({ name }) => name === 'new_token')?.at;
  const waited = isCall && firstAt !== undefined && start !== undefined ? firstAt.us - start.us : -1;
  const tags = ownAt(run, 'tags');
  const own = Object.entries(metadata).filter(([key]) => key !== 'usage_metadata');
  return {
    ...Object.fromEntries(own.map(([key, value]) => [`langsmith.metadata.${key}`, value])),
    ...some({
      'langsmith.span.kind': stringAt(run, 'run_type'),
      'langsmith.span.tags': isJsonList(tags) && tags.length > 0 ? tags : undefined,
      'gen_ai.prompt': contentAt(run, 'inputs'),
      'gen_ai.completion': contentAt(run, 'outputs'),
      'gen_ai.usage.cost': totalCost,
      'gen_ai.response.time_to_first_chunk': waited >= 0 ? waited / 1e6 : undefined,
    }),
    ...(isCall &&
      some({
        'gen_ai.request.model':
          filledAt(metadata, 'ls_model_name') ??
          filledAt(settings, 'model') ??
          filledAt(settings, 'model_name'),
        'gen_ai.provider.name': filledAt(metadata, 'ls_provider'),
        'llm.invocation_parameters': Object.keys(settings).length === 0 ? undefined : settings,
      })),
  };
}

/** `{input: x}` and `{output: x}` are how the SDKs wrap what is no object. */
function contentAt(run: JsonObject, key: 'inputs' | 'outputs'): Json | undefined {
  const value = ownAt(run, key);
  if (!isJsonObject(value)) return value ?? undefined;
  const keys = Object.keys(value);
  if (keys.length === 0) return undefined;
  const [only = ''] = keys;
  const isWrapped = keys.length === 1 && ['input', 'output', 'inputs', 'outputs'].includes(only);
  return isWrapped ? (value[only] ?? undefined) : value;
}

function readEvents(run: JsonObject): SpanEvent[] {
  const events = ownAt(run, 'events');
  return (isJsonList(events) ? events : []).flatMap((event) => {
    if (!isJsonObject(event)) return [];
    const at = readTime(ownAt(event, 'time'));
    return [{ name: stringAt(event, 'name') ?? '', at, attributes: without(event, 'name', 'time') }];
  });
}

/** The first line says what went wrong; the rest is where. */
function readStatus(run: JsonObject): AttributedSpan['status'] {
  const error = filledAt(run, 'error');
  if (error === undefined) return { code: 'unset', message: '' };
  return { code: 'error', message: error.split('\n')[0]?.trim() ?? '' };
}

function readTrouble(run: JsonObject): SpanEvent[] {
  const error = filledAt(run, 'error');
  if (error?.includes('\n') !== true) return [];
  return [{ name: 'exception', at: undefined, attributes: { 'exception.stacktrace': error } }];
}

const READ = new Set([
  'id',
  'trace_id',
  'parent_run_id',
  'name',
  'run_type',
  'start_time',
  'end_time',
  'inputs',
  'outputs',
  'error',
  'events',
  'tags',
  'extra',
]);
const READ_EXTRA = new Set(['metadata', 'runtime', 'invocation_params']);

/** What is said and read nowhere else: empty lists and objects say nothing. */
function readRest(run: JsonObject, extra: JsonObject): JsonObject {
  const rest = Object.entries(run).filter(([key, value]) => !READ.has(key) && says(value));
  const own = Object.entries(extra).filter(([key, value]) => !READ_EXTRA.has(key) && says(value));
  return { ...Object.fromEntries(rest), ...(own.length > 0 && { extra: Object.fromEntries(own) }) };
}

function says(value: Json): boolean {
  return value !== null && (typeof value !== 'object' || Object.keys(value).length > 0);
}
