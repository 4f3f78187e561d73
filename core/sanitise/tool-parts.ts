/** The calls of tools and their results inside the messages of a model, in any of the spellings there are. */
import { isJsonObject, stringAt, type Json, type JsonObject } from '../model/json.ts';
import { WITHHELD } from './rules.ts';

const TOOL_PART = /tool|function|_call|mcp|shell|computer|patch|file_search|web_search|interpreter/i;
const TOOL_ROLE = /^(tool|function|ipython|environment)$/i;
/** Says which call it is, and nothing of what was asked or answered. */
const KEPT = new Set([
  'type',
  'role',
  'id',
  'call_id',
  'tool_call_id',
  'name',
  'status',
  'index',
  'finish_reason',
]);

/** The part without what the tool was given or gave; undefined where the value is no such part. */
export function withholdToolPart(key: string, value: Json): JsonObject | undefined {
  if (!isJsonObject(value)) return undefined;
  const isPart =
    TOOL_PART.test(stringAt(value, 'type') ?? '') ||
    TOOL_ROLE.test(stringAt(value, 'role') ?? '') ||
    (key === 'function' && stringAt(value, 'arguments') !== undefined);
  return isPart ? withhold(value) : undefined;
}

function withhold(part: JsonObject): JsonObject {
  const fields = Object.entries(part).map(([key, value]): [string, Json] => {
    if (KEPT.has(key) && typeof value !== 'object') return [key, value];
    const called = key === 'function' && isJsonObject(value) ? stringAt(value, 'name') : undefined;
    return [key, called === undefined ? WITHHELD : { name: called, arguments: WITHHELD }];
  });
  return Object.fromEntries(fields);
}
