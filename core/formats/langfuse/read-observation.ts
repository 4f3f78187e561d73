/**
 * One observation of a Langfuse export as an attributed span, under the names that Langfuse's own exporter gives
 * to attributes. What it got over OpenTelemetry it keeps in `metadata.attributes`: those are read as well.
 */
import { isJsonObject, objectAt, ownAt, stringAt, type Json, type JsonObject } from '../../model/json.ts';
import { readIsoUs } from '../../model/time.ts';
import type { AttributedSpan } from '../genai/attributed-span.ts';
import { parseEmbedded } from '../genai/embedded-json.ts';
import type { FineTime } from '../genai/fine-time.ts';
import { some } from '../genai/some.ts';
import type { MessageCode } from '../messages.ts';
import { readLangfuseUsage } from './read-usage.ts';

/** `traceId` is that of the trace around it. */
export function readObservation(raw: Json, traceId: string | undefined): AttributedSpan | MessageCode {
  if (!isJsonObject(raw)) return 'not-an-object';
  const spanId = stringAt(raw, 'id');
  if (spanId === undefined || spanId === '') return 'span-without-id';
  const trace = stringAt(raw, 'traceId') ?? traceId;
  if (trace === undefined || trace === '') return 'span-without-trace-id';
  const metadata = readMetadata(ownAt(raw, 'metadata'));
  const usage = readLangfuseUsage(objectAt(raw, 'usageDetails') ?? {});
  const parent = stringAt(raw, 'parentObservationId');
  const start = readTime(ownAt(raw, 'startTime'));
  // An event is a moment: it has no end because it needs none.
  const isEvent = stringAt(raw, 'type') === 'EVENT';
  return {
    traceId: trace,
    spanId,
    parentId: parent === '' || parent === spanId ? undefined : parent,
    name: stringAt(raw, 'name') ?? '',
    start,
    end: readTime(ownAt(raw, 'endTime')) ?? (isEvent ? start : undefined),
    attributes: { ...objectAt(metadata, 'attributes'), ...readOwnAttributes(raw) },
    events: [],
    links: [],
    kind: undefined,
    status: readStatus(raw),
    scope: readScope(objectAt(metadata, 'scope')),
    resource: objectAt(metadata, 'resourceAttributes') ?? {},
    extra: { langfuse: readRest(raw, metadata) },
    ...(usage !== undefined && { usage }),
  };
}

/** An object, or a text that writes one. */
export function readMetadata(value: Json | undefined): JsonObject {
  const parsed = typeof value === 'string' ? parseEmbedded(value) : value;
  if (isJsonObject(parsed)) return parsed;
  return value === undefined || value === null ? {} : { metadata: value };
}

function readTime(value: Json | undefined): FineTime | undefined {
  const us = typeof value === 'string' ? readIsoUs(value) : Number.NaN;
  return Number.isNaN(us) ? undefined : { us, restNs: 0 };
}

function readOwnAttributes(raw: JsonObject): JsonObject {
  const filled = (key: string): Json | undefined => {
    const value = ownAt(raw, key);
    const isEmpty = value === null || (isJsonObject(value) && Object.keys(value).length === 0);
    return isEmpty ? undefined : value;
  };
  return some({
    'langfuse.observation.type': stringAt(raw, 'type')?.toLowerCase(),
    'langfuse.observation.input': ownAt(raw, 'input') ?? undefined,
    'langfuse.observation.output': ownAt(raw, 'output') ?? undefined,
    'langfuse.observation.model.name': filled('model'),
    'langfuse.observation.model.parameters': filled('modelParameters'),
    'langfuse.observation.cost_details': filled('costDetails'),
    'langfuse.observation.completion_start_time': filled('completionStartTime'),
  });
}

function readStatus(raw: JsonObject): AttributedSpan['status'] {
  const message = stringAt(raw, 'statusMessage') ?? '';
  return { code: stringAt(raw, 'level') === 'ERROR' ? 'error' : 'unset', message };
}

function readScope(scope: JsonObject | undefined): AttributedSpan['scope'] {
  if (scope === undefined) return { name: '', version: '' };
  return { name: stringAt(scope, 'name') ?? '', version: stringAt(scope, 'version') ?? '' };
}

const READ = new Set([
  'id',
  'traceId',
  'parentObservationId',
  'type',
  'name',
  'startTime',
  'endTime',
  'input',
  'output',
  'model',
  'modelParameters',
  'costDetails',
  'completionStartTime',
  'statusMessage',
  'metadata',
]);

/** What is said and read nowhere else: empty lists and objects say nothing. */
function readRest(raw: JsonObject, metadata: JsonObject): JsonObject {
  const rest = Object.entries(raw).filter(([key, value]) => !READ.has(key) && says(value));
  const own = Object.entries(metadata).filter(([key]) => !READ_METADATA.has(key));
  return { ...Object.fromEntries(rest), ...(own.length > 0 && { metadata: Object.fromEntries(own) }) };
}

const READ_METADATA = new Set(['attributes', 'resourceAttributes', 'scope']);

function says(value: Json): boolean {
  return value !== null && (typeof value !== 'object' || Object.keys(value).length > 0);
}
