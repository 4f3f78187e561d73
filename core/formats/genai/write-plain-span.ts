/**
 * The quick way for a span without any attribute that a rule asks for, and without events or an error: what it is
 * follows from its name and the scope that made it, and is remembered by them. Its line and its row are written
 * straight away, as the rules, `JSON.stringify` and the reader of our own shape would make them; a test does both.
 */
import { hasFields, objectAt, stringAt, type JsonObject } from '../../model/json.ts';
import { SpanFlag } from '../../model/span-row.ts';
import { writeIsoUs } from '../../model/time.ts';
import type { ReadRecord } from '../format.ts';
import { MAX_ID_LENGTH, openaiAgents } from '../openai-agents.ts';
import type { AttributedSpan } from './attributed-span.ts';
import { convertSpan } from './convert-span.ts';
import type { FineTime } from './fine-time.ts';
import { LONG_TEXT } from './move-long-texts.ts';
import { factOfKey } from './ruled-keys.ts';
import { readServiceName } from './service-name.ts';

export interface PlainSpan {
  /** One line of JSON of our own shape. */
  readonly line: string;
  readonly record: ReadRecord & { readonly kind: 'span' };
  /** Attributes that no rule understood. */
  readonly unread: readonly string[];
  readonly source: string | undefined;
}

/** What a name and a scope alone say, and how the line has it. */
interface NameFacts {
  readonly source: string | undefined;
  readonly isCustom: boolean;
  /** Of an open span without a place or a time. */
  readonly record: PlainSpan['record'];
  readonly data: string;
  /** `source`, `rule` and `name` of the origin. */
  readonly origin: string;
}

const MAX_SCOPES = 100;
const MAX_NAMES = 1000;
const scopes = new Map<string, Map<string, NameFacts>>();
let lastScope = { format: '', scope: '', names: new Map<string, NameFacts>() };

/** undefined: the rules have to look at the span. `resourceKey` stands for its resource. */
export function writePlainSpan(
  span: AttributedSpan,
  format: string,
  resourceKey: string | undefined,
): PlainSpan | undefined {
  if (!isPlain(span)) return undefined;
  const unread: string[] = [];
  const attributes = writeAttributes(span.attributes, unread);
  if (attributes === undefined) return undefined;
  const facts = factsOf(span, format);
  if (!facts.isCustom) return undefined;
  const { traceId, spanId, parentId, start, end } = span;
  const line =
    `{"object":"trace.span","id":${quote(spanId)},"trace_id":${quote(traceId)}` +
    `,"parent_id":${parentId === undefined ? 'null' : quote(parentId)}` +
    `,"started_at":${writeTime(start)},"ended_at":${writeTime(end)},"span_data":${facts.data},"error":null` +
    `,"origin":{"format":${quote(format)}${facts.origin}${writeSurroundings(span, resourceKey)}` +
    `,"attributes":{${attributes}}${writeRest(span)}}}`;
  const { record, source } = facts;
  const { row } = record;
  const flags = end === undefined ? row.flags : row.flags | SpanFlag.ended;
  const [startUs, endUs] = [start?.us ?? Number.NaN, end?.us ?? Number.NaN];
  return {
    line,
    record: { ...record, row: { ...row, traceId, spanId, parentId, startUs, endUs, flags } },
    unread,
    source,
  };
}

/** What is not written as it is told goes the long way: a name that attributes may repeat, ids and times past all limits. */
function isPlain({
  name,
  traceId,
  spanId,
  parentId,
  start,
  end,
  events,
  status,
  usage,
}: AttributedSpan): boolean {
  return (
    events.length === 0 &&
    status.code !== 'error' &&
    usage === undefined &&
    name.length < LONG_TEXT &&
    isId(traceId) &&
    isId(spanId) &&
    (parentId === undefined || isId(parentId)) &&
    isTime(start) &&
    isTime(end)
  );
}

function isId(id: string): boolean {
  return id !== '' && id.length <= MAX_ID_LENGTH;
}

/** The years 1970 to 2255, in which a double holds every microsecond. */
function isTime(time: FineTime | undefined): boolean {
  return time === undefined || (time.us >= 0 && time.us <= Number.MAX_SAFE_INTEGER);
}

/** The fields of the attributes; undefined where a rule may ask for one. Fills in the keys to be told as not understood. */
function writeAttributes(attributes: JsonObject, unread: string[]): string | undefined {
  let text = '';
  for (const key of Object.keys(attributes)) {
    const { kind, quoted } = factOfKey(key);
    if (kind === 'ruled') return undefined;
    const value = attributes[key];
    if (value === undefined) continue;
    if (kind === 'unread' && value !== null) unread.push(key);
    const written = typeof value === 'string' ? quote(value) : JSON.stringify(value);
    text += text === '' ? `${quoted}:${written}` : `,${quoted}:${written}`;
  }
  return text;
}

function writeSurroundings(
  { kind, scope, resource }: AttributedSpan,
  resourceKey: string | undefined,
): string {
  const service = readServiceName(resource);
  return (
    (kind === undefined ? '' : `,"kind":${quote(kind)}`) +
    (scope.name === '' ? '' : `,"scope":{"name":${quote(scope.name)},"version":${quote(scope.version)}}`) +
    (service === undefined ? '' : `,"service":${quote(service)}`) +
    (resourceKey === undefined ? '' : `,"resource":${quote(resourceKey)}`)
  );
}

function writeRest({ links, status, start, end, extra }: AttributedSpan): string {
  const rests = [start?.restNs ?? 0, end?.restNs ?? 0] as const;
  let text = '';
  if (links.length > 0) text += `,"links":${JSON.stringify(links)}`;
  if (status.code !== 'unset') text += `,"status":${JSON.stringify(status)}`;
  const hasRests = rests[0] > 0 || rests[1] > 0;
  if (hasRests) text += `,"rest_ns":[${String(rests[0])},${String(rests[1])}]`;
  if (!hasFields(extra)) return text;
  const own = JSON.stringify(extra).slice(1, -1);
  return own === '' ? text : `${text},${own}`;
}

function writeTime(time: FineTime | undefined): string {
  return time === undefined ? 'null' : `"${writeIsoUs(time.us)}"`;
}

/** Nothing in it needs an escape, so that `JSON.stringify` would only put quotes around it. */
const PLAIN_TEXT = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

function quote(text: string): string {
  return PLAIN_TEXT.test(text) ? `"${text}"` : JSON.stringify(text);
}

function factsOf(span: AttributedSpan, format: string): NameFacts {
  const { name } = span;
  const names = namesOf(format, span.scope.name);
  const remembered = names.get(name);
  if (remembered !== undefined) return remembered;
  const facts = makeFacts(span, format);
  if (names.size >= MAX_NAMES) names.clear();
  names.set(name, facts);
  return facts;
}

/** What is remembered of the names of a scope. */
function namesOf(format: string, scope: string): Map<string, NameFacts> {
  if (lastScope.format === format && lastScope.scope === scope) return lastScope.names;
  const key = JSON.stringify([format, scope]);
  const names = scopes.get(key) ?? new Map<string, NameFacts>();
  if (scopes.size >= MAX_SCOPES) scopes.clear();
  scopes.set(key, names);
  lastScope = { format, scope, names };
  return names;
}

/** The rules are asked about a span of that name and scope with nothing else to it. */
function makeFacts(span: AttributedSpan, format: string): NameFacts {
  const bare: AttributedSpan = {
    ...{ traceId: 't', spanId: 's', parentId: 'p', name: span.name, start: undefined, end: undefined },
    ...{ attributes: {}, events: [], links: [], kind: undefined, status: { code: 'unset', message: '' } },
    ...{ scope: { name: span.scope.name, version: '' }, resource: {}, extra: {} },
  };
  const { item, source } = convertSpan(bare, format);
  const record = openaiAgents.readRecord(item);
  if (record.kind !== 'span') throw new TypeError('a span was converted to something else');
  const { rule, name } = objectAt(item, 'origin') ?? {};
  const data = objectAt(item, 'span_data') ?? {};
  const said = { ...(source !== undefined && { source }), rule, name };
  return {
    source,
    isCustom: stringAt(data, 'type') === 'custom',
    record,
    data: JSON.stringify(data),
    origin: `,${JSON.stringify(said).slice(1, -1)}`,
  };
}
