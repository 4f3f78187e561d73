/** One span of Jaeger's JSON as an attributed span; its process is looked up by whoever calls. */
import {
  isJsonList,
  isJsonObject,
  numberAt,
  ownAt,
  stringAt,
  type Json,
  type JsonObject,
} from '../../model/json.ts';
import type { AttributedSpan, SpanEvent } from '../genai/attributed-span.ts';
import { readMicroseconds, type FineTime } from '../genai/fine-time.ts';
import { readTags } from '../foreign/read-tags.ts';
import type { MessageCode } from '../messages.ts';

export function readJaegerSpan(raw: Json, resource: JsonObject): AttributedSpan | MessageCode {
  if (!isJsonObject(raw)) return 'not-an-object';
  const spanId = idAt(raw, 'spanID');
  if (spanId === undefined) return 'span-without-id';
  const traceId = idAt(raw, 'traceID');
  if (traceId === undefined) return 'span-without-trace-id';
  const { values, types } = readKeyValues(ownAt(raw, 'tags'));
  const start = numberAt(raw, 'startTime');
  const duration = numberAt(raw, 'duration');
  const { parentId, links } = readReferences(raw, traceId, spanId);
  return {
    traceId,
    spanId,
    parentId,
    name: stringAt(raw, 'operationName') ?? '',
    start: readMicroseconds(start ?? 0),
    end: start === undefined || duration === undefined ? undefined : readMicroseconds(start + duration),
    events: listAt(raw, 'logs').flatMap((log) => (isJsonObject(log) ? [readLog(log)] : [])),
    links,
    resource,
    extra: readExtra(raw, types, duration),
    ...readTags(values),
  };
}

/** What spans of a process share. */
export function readProcess(raw: Json | undefined): JsonObject {
  if (!isJsonObject(raw)) return {};
  const service = stringAt(raw, 'serviceName');
  const { values } = readKeyValues(ownAt(raw, 'tags'));
  return { ...Object.fromEntries(values), ...(service !== undefined && { 'service.name': service }) };
}

function idAt(raw: JsonObject, key: string): string | undefined {
  const id = stringAt(raw, key);
  return id === undefined || id === '' ? undefined : id;
}

function listAt(raw: JsonObject, key: string): readonly Json[] {
  const list = ownAt(raw, key);
  return isJsonList(list) ? list : [];
}

/** `int64` may be written as text; `binary` is left as the base64 it is, and marked. */
function readKeyValues(list: Json | undefined): { values: Map<string, Json>; types: Record<string, string> } {
  const values = new Map<string, Json>();
  const types: Record<string, string> = {};
  for (const item of isJsonList(list) ? list : []) {
    if (!isJsonObject(item)) continue;
    const key = stringAt(item, 'key');
    const value = ownAt(item, 'value');
    if (key === undefined || value === undefined) continue;
    const type = stringAt(item, 'type')?.toLowerCase();
    const number = type === 'int64' || type === 'float64' ? Number(value) : Number.NaN;
    const isExact = Number.isFinite(number) && (type === 'float64' || Number.isSafeInteger(number));
    values.set(key, typeof value === 'string' && isExact ? number : value);
    if (type === 'binary') types[key] = 'bytes';
  }
  return { values, types };
}

/** A child's reference within the trace names the parent, else what it follows from; the others are links. */
function readReferences(
  raw: JsonObject,
  traceId: string,
  spanId: string,
): { readonly parentId: string | undefined; readonly links: readonly Json[] } {
  const all = listAt(raw, 'references').flatMap((item) => (isJsonObject(item) ? [item] : []));
  const near = all.filter(
    (item) => (idAt(item, 'traceID') ?? traceId) === traceId && (idAt(item, 'spanID') ?? spanId) !== spanId,
  );
  const parent = near.find((item) => stringAt(item, 'refType') !== 'FOLLOWS_FROM') ?? near[0];
  const parentId = parent === undefined ? idAt(raw, 'parentSpanID') : idAt(parent, 'spanID');
  const isParent = (item: JsonObject): boolean => near.includes(item) && idAt(item, 'spanID') === parentId;
  const links = all.filter((item) => !isParent(item) || stringAt(item, 'refType') === 'FOLLOWS_FROM');
  return { parentId: parentId === spanId ? undefined : parentId, links };
}

function readLog(raw: JsonObject): SpanEvent {
  const { values } = readKeyValues(ownAt(raw, 'fields'));
  const name = values.get('event') ?? values.get('message');
  const at: FineTime | undefined = readMicroseconds(numberAt(raw, 'timestamp') ?? 0);
  return { name: typeof name === 'string' ? name : '', at, attributes: Object.fromEntries(values) };
}

const READ = new Set([
  'traceID',
  'spanID',
  'parentSpanID',
  'operationName',
  'references',
  'startTime',
  'duration',
  'tags',
  'logs',
]);

/** Fields that are read nowhere, and a duration that an end before the start would lose. */
function readExtra(raw: JsonObject, types: JsonObject, duration: number | undefined): JsonObject {
  const rest = Object.entries(raw).filter(([key, value]) => !READ.has(key) && value !== null);
  return {
    ...(rest.length > 0 && { jaeger: Object.fromEntries(rest) }),
    ...(Object.keys(types).length > 0 && { types }),
    ...(duration !== undefined && duration < 0 && { duration_us: duration }),
  };
}
