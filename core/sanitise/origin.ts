/**
 * What another tool said of a span, cut down to what names and counts. Attributes, events, links and logs may
 * repeat anything that the span holds, so with any content withheld they go as a whole.
 */
import { isJsonList, isJsonObject, ownAt, type Json, type JsonObject } from '../model/json.ts';
import type { ContentWalk } from './content-walk.ts';
import { isPlainAttribute } from './field-classes.ts';

const FACTS = new Set([
  'format',
  'source',
  'rule',
  'name',
  'kind',
  'service',
  'resource',
  'inferred',
  'flags',
  'droppedAttributesCount',
  'droppedEventsCount',
  'droppedLinksCount',
  'ended_at',
  'cat',
  'pid',
  'tid',
]);

export function sanitiseOrigin(origin: JsonObject, walk: ContentWalk): JsonObject {
  const fields: [string, Json][] = [];
  for (const [key, value] of Object.entries(origin)) {
    const kept = sanitiseField(key, value, walk);
    if (kept !== undefined) fields.push([key, kept]);
  }
  return Object.fromEntries(fields);
}

function sanitiseField(key: string, value: Json, walk: ContentWalk): Json | undefined {
  if (FACTS.has(key) && (typeof value !== 'object' || value === null)) return value;
  switch (key) {
    case 'rest_ns':
      return walk.numbers(value);
    case 'scope':
      return isJsonObject(value)
        ? plainOf(value, walk, (name) => name === 'name' || name === 'version')
        : undefined;
    case 'accounting':
      return isJsonObject(value) ? value : undefined;
    case 'attributes':
      return isJsonObject(value) ? plainOf(value, walk, isPlainAttribute) : undefined;
    case 'resources':
      return isJsonObject(value) ? sanitiseResources(value, walk) : undefined;
    case 'events':
      return isJsonList(value) ? value.map((event) => sanitiseEvent(event, walk)) : undefined;
    case 'status':
      return isJsonObject(value) ? sanitiseStatus(value, walk) : undefined;
    default:
      walk.drop('attributes', value);
      return undefined;
  }
}

function plainOf(
  bag: JsonObject,
  walk: ContentWalk,
  isPlain: (key: string, value: Json) => boolean,
): JsonObject {
  const fields = Object.entries(bag).filter(([key, value]) => {
    const stays = isPlain(key, value) && typeof value !== 'object';
    if (!stays) walk.drop('attributes', value);
    return stays;
  });
  return Object.fromEntries(fields);
}

function sanitiseResources(resources: JsonObject, walk: ContentWalk): JsonObject {
  return Object.fromEntries(
    Object.entries(resources).map(([key, resource]) => [
      key,
      isJsonObject(resource) ? plainOf(resource, walk, isPlainAttribute) : walk.take('attributes', resource),
    ]),
  );
}

function sanitiseEvent(event: Json, walk: ContentWalk): Json {
  if (!isJsonObject(event)) return walk.take('attributes', event);
  const { name, at, rest_ns: rest, ...other } = event;
  walk.drop('attributes', other);
  return {
    ...(typeof name === 'string' && { name }),
    ...(typeof at === 'string' && { at }),
    ...(typeof rest === 'number' && { rest_ns: rest }),
  };
}

function sanitiseStatus(status: JsonObject, walk: ContentWalk): JsonObject {
  const code = ownAt(status, 'code') ?? null;
  const message = ownAt(status, 'message');
  if (message === undefined) return { code };
  return { code, message: walk.has('errors') ? walk.take('errors', message) : message };
}
