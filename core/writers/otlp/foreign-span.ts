/** A span that another tool had written, put back from what `origin` keeps of it. */
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
import { readRecordTimes, readUs, writeNanoseconds } from '../times.ts';
import { writeAttributes } from './write-attributes.ts';

const SPAN_KINDS = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
const COUNTS = ['flags', 'droppedAttributesCount', 'droppedEventsCount', 'droppedLinksCount'];

/** Everything of the span but its ids. */
export function writeForeignSpan(record: JsonObject, origin: JsonObject): JsonObject {
  const kind = writeSpanKind(stringAt(origin, 'kind'));
  const attributes = writeAttributes(restoreAttributes(record, origin), objectAt(origin, 'types'));
  const events = listAt(origin, 'events').flatMap((event) =>
    isJsonObject(event) ? [writeEvent(event)] : [],
  );
  const links = listAt(origin, 'links');
  const status = objectAt(origin, 'status');
  const traceState = stringAt(origin, 'traceState');
  return {
    name: stringAt(origin, 'name') ?? '',
    ...(kind !== undefined && { kind }),
    ...writeTimes(record, origin),
    ...(attributes.length > 0 && { attributes }),
    ...(events.length > 0 && { events }),
    ...(links.length > 0 && { links }),
    ...(status !== undefined && { status: writeStatus(status) }),
    ...(traceState !== undefined && { traceState }),
    ...Object.fromEntries(
      COUNTS.flatMap((name): [string, Json][] => {
        const count = numberAt(origin, name);
        return count === undefined ? [] : [[name, count]];
      }),
    ),
  };
}

/** Log records that carried the span's messages. */
export function writeLogs(origin: JsonObject, ids: JsonObject): readonly Json[] {
  return listAt(origin, 'logs').flatMap((log) => {
    if (!isJsonObject(log)) return [];
    const body = objectAt(log, 'body') ?? {};
    return [
      {
        ...ids,
        eventName: stringAt(log, 'name') ?? '',
        body: { kvlistValue: { values: writeAttributes(body) } },
      },
    ];
  });
}

/** With the long texts that stand in `span_data` word for word. */
function restoreAttributes(record: JsonObject, origin: JsonObject): JsonObject {
  const attributes = objectAt(origin, 'attributes') ?? {};
  const moved = Object.entries(objectAt(origin, 'moved') ?? {}).flatMap(([key, path]): [string, Json][] => {
    const value = isJsonList(path) ? valueAt(objectAt(record, 'span_data') ?? {}, path) : undefined;
    return value === undefined ? [] : [[key, value]];
  });
  return { ...attributes, ...Object.fromEntries(moved) };
}

function valueAt(data: Json, path: readonly Json[]): Json | undefined {
  let value: Json | undefined = data;
  for (const step of path) {
    if (isJsonList(value) && typeof step === 'number') value = value[step];
    else if (isJsonObject(value) && typeof step === 'string') value = ownAt(value, step);
    else return undefined;
  }
  return value;
}

function writeTimes(record: JsonObject, origin: JsonObject): JsonObject {
  const { startUs, endUs, startRestNs, endRestNs } = readRecordTimes(record);
  // An end before the start was kept apart.
  const saidUs = readUs(origin, 'ended_at');
  const end = Number.isNaN(saidUs) ? writeIfKnown(endUs, endRestNs) : writeIfKnown(saidUs, 0);
  const start = writeIfKnown(startUs, startRestNs);
  return {
    ...(start !== undefined && { startTimeUnixNano: start }),
    ...(end !== undefined && { endTimeUnixNano: end }),
  };
}

function writeIfKnown(us: number, restNs: number): string | undefined {
  return Number.isNaN(us) || us < 0 ? undefined : writeNanoseconds(us, restNs);
}

function writeSpanKind(kind: string | undefined): number | string | undefined {
  if (kind === undefined) return undefined;
  const name = kind.replace('SPAN_KIND_', '');
  const number = SPAN_KINDS.indexOf(name);
  if (number >= 0) return number;
  return kind.startsWith('SPAN_KIND_') && /^\d+$/.test(name) ? Number(name) : kind;
}

function writeEvent(event: JsonObject): JsonObject {
  const at = readUs(event, 'at');
  const attributes = writeAttributes(objectAt(event, 'attributes') ?? {});
  const time = writeIfKnown(at, numberAt(event, 'rest_ns') ?? 0);
  return {
    name: stringAt(event, 'name') ?? '',
    ...(time !== undefined && { timeUnixNano: time }),
    ...(attributes.length > 0 && { attributes }),
  };
}

function writeStatus(status: JsonObject): JsonObject {
  const code = stringAt(status, 'code');
  const message = stringAt(status, 'message');
  return {
    ...(code === 'error' ? { code: 2 } : code === 'ok' ? { code: 1 } : {}),
    ...(message !== undefined && message !== '' && { message }),
  };
}

function listAt(object: JsonObject, key: string): readonly Json[] {
  const value = ownAt(object, key);
  return isJsonList(value) ? value : [];
}
