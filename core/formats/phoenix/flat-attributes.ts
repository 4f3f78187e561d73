/**
 * Phoenix's library nests what OpenInference writes flat (`{"llm":{"model_name":…}}`), and its API flattens what
 * OpenInference writes as one text of JSON (`metadata.a`). Here both become what the rules read.
 */
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../../model/json.ts';

/** Attributes whose value is an object, wherever they stand in a key. */
const WHOLE = /^(.*?(?:^|\.)(?:metadata|tool\.parameters|llm\.prompt_template\.variables))\.(.+)$/;
const MAX_DEPTH = 24;

/** Flat keys; objects remain only where the attribute is one, and lists only of plain values. */
export function flattenAttributes(attributes: JsonObject): JsonObject {
  const flat = new Map<string, Json>();
  const open: { readonly key: string; readonly value: Json; readonly depth: number }[] = [];
  const push = (prefix: string, value: JsonObject, depth: number): void => {
    for (const [key, child] of Object.entries<Json>(value).toReversed()) {
      open.push({ key: prefix + key, value: child, depth });
    }
  };
  push('', attributes, 1);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { key, value, depth } = next;
    const canOpen = depth < MAX_DEPTH && !WHOLE.test(`${key}.x`);
    const inner = canOpen ? nestedOf(value) : undefined;
    if (inner !== undefined) push(`${key}.`, inner, depth + 1);
    else keep(flat, key, value);
  }
  return Object.fromEntries(flat);
}

/** What stands inside an object or a list of objects, by its keys or places. */
function nestedOf(value: Json): JsonObject | undefined {
  if (isJsonObject(value)) return value;
  if (!isJsonList(value) || !value.some(isJsonObject)) return undefined;
  return Object.fromEntries(value.map((item, i): [string, Json] => [String(i), item]));
}

function keep(flat: Map<string, Json>, key: string, value: Json): void {
  const [, whole, rest] = WHOLE.exec(key) ?? [];
  if (whole === undefined || rest === undefined) {
    flat.set(key, value);
    return;
  }
  const known = flat.get(whole);
  flat.set(whole, { ...(isJsonObject(known) && known), [rest]: value });
}
