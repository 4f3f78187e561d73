/** One report of a span in Zipkin's second format as an attributed span, with what its halves are told by. */
import {
  isJsonList,
  isJsonObject,
  numberAt,
  objectAt,
  ownAt,
  stringAt,
  type Json,
  type JsonObject,
} from '../../model/json.ts';
import type { AttributedSpan, SpanEvent } from '../genai/attributed-span.ts';
import { readMicroseconds } from '../genai/fine-time.ts';
import { readTags } from '../foreign/read-tags.ts';
import type { MessageCode } from '../messages.ts';

export interface ZipkinReport {
  readonly span: AttributedSpan;
  /** CLIENT, SERVER, PRODUCER, CONSUMER; undefined for a local span. */
  readonly kind: string | undefined;
  /** A server's half that took over the id of its client's. */
  readonly shared: boolean;
  readonly service: string | undefined;
}

export function readZipkinSpan(raw: Json): ZipkinReport | MessageCode {
  if (!isJsonObject(raw)) return 'not-an-object';
  const spanId = idAt(raw, 'id');
  if (spanId === undefined) return 'span-without-id';
  const traceId = idAt(raw, 'traceId');
  if (traceId === undefined) return 'span-without-trace-id';
  const kind = stringAt(raw, 'kind');
  const endpoint = objectAt(raw, 'localEndpoint') ?? {};
  const service = stringAt(endpoint, 'serviceName');
  const start = numberAt(raw, 'timestamp');
  const duration = numberAt(raw, 'duration');
  const parentId = idAt(raw, 'parentId');
  const span: AttributedSpan = {
    traceId,
    spanId,
    parentId: parentId === spanId ? undefined : parentId,
    name: stringAt(raw, 'name') ?? '',
    start: readMicroseconds(start ?? 0),
    end: start === undefined || duration === undefined ? undefined : readMicroseconds(start + duration),
    events: readAnnotations(ownAt(raw, 'annotations')),
    links: [],
    resource: service === undefined ? {} : { 'service.name': service },
    extra: readExtra(raw),
    ...readTags(new Map(Object.entries(objectAt(raw, 'tags') ?? {}))),
    ...(kind !== undefined && { kind: `SPAN_KIND_${kind}` }),
  };
  return { span, kind, shared: raw['shared'] === true, service };
}

function idAt(raw: JsonObject, key: string): string | undefined {
  const id = stringAt(raw, key);
  return id === undefined || id === '' ? undefined : id;
}

function readAnnotations(list: Json | undefined): SpanEvent[] {
  return (isJsonList(list) ? list : []).flatMap((item) => {
    if (!isJsonObject(item)) return [];
    const at = readMicroseconds(numberAt(item, 'timestamp') ?? 0);
    return [{ name: stringAt(item, 'value') ?? '', at, attributes: {} }];
  });
}

const READ = new Set([
  'traceId',
  'id',
  'parentId',
  'name',
  'kind',
  'timestamp',
  'duration',
  'annotations',
  'tags',
]);

function readExtra(raw: JsonObject): JsonObject {
  const rest = Object.entries(raw).filter(([key, value]) => !READ.has(key) && value !== null);
  return rest.length === 0 ? {} : { zipkin: Object.fromEntries(rest) };
}
