/**
 * Reads what a guest says of itself and what it asks for. The prelude writes it, but in the same realm as the plugin,
 * which may have changed what objects inherit: so nothing of it is believed before it was looked at.
 */
import { HOOKS, type HookName } from '../../../core/plugin-api/hooks.ts';
import {
  isJsonList,
  isJsonObject,
  numberAt,
  objectAt,
  ownAt,
  stringAt,
  type Json,
} from '../../../core/model/json.ts';
import { PluginFault } from './plugin-fault.ts';
import type { GuestContents, GuestRequest } from './thread-words.ts';

/** What the plugin has. Throws a `PluginFault` where it is told in another shape. */
export function readContents(json: string): GuestContents {
  const told = parse(json);
  const analyses = isJsonObject(told) ? ownAt(told, 'analyses') : undefined;
  const hooks = isJsonObject(told) ? ownAt(told, 'hooks') : undefined;
  if (!isListOf(analyses, isText) || !isListOf(hooks, isHook)) throw new PluginFault(STRANGE);
  return { analyses, hooks };
}

/** What it waits for. Throws a `PluginFault` where that is told in another shape. */
export function readRequests(json: string): readonly GuestRequest[] {
  const told = parse(json);
  if (!isJsonList(told) || told.length === 0) throw new PluginFault(STRANGE);
  return told.map(readRequest);
}

const STRANGE = 'It changed what all objects inherit, so that what it has or asks for cannot be read.';

function readRequest(told: Json): GuestRequest {
  if (!isJsonObject(told)) throw new PluginFault(STRANGE);
  const [id, url, method] = [numberAt(told, 'id'), stringAt(told, 'url'), stringAt(told, 'method')];
  if (id === undefined || url === undefined || method === undefined) throw new PluginFault(STRANGE);
  const body = ownAt(told, 'body');
  if (body !== undefined && !isText(body)) throw new PluginFault(STRANGE);
  const headers = Object.entries(objectAt(told, 'headers') ?? {});
  return {
    ...{ id, url, method },
    headers: Object.fromEntries(headers.map(([name, value]) => [name, textOf(value)])),
    ...(body !== undefined && { body }),
  };
}

function textOf(value: Json): string {
  return isText(value) ? value : JSON.stringify(value);
}

function parse(json: string): Json {
  try {
    return JSON.parse(json) as Json;
  } catch (error) {
    throw new PluginFault(STRANGE, error);
  }
}

function isListOf<T extends Json>(
  value: Json | undefined,
  fits: (item: Json) => item is T,
): value is readonly T[] {
  return isJsonList(value) && value.every(fits);
}

function isText(value: Json): value is string {
  return typeof value === 'string';
}

function isHook(value: Json): value is HookName {
  return (HOOKS as readonly Json[]).includes(value);
}
