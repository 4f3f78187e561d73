/** One span of Phoenix: OpenInference's attributes, nested or flat, with the kind beside them. */
import { objectAt, stringAt, type Json, type JsonObject } from '../../model/json.ts';
import { readSdkSpan, readStatusCode } from '../foreign/sdk-span.ts';
import type { AttributedSpan } from '../genai/attributed-span.ts';
import { without } from '../genai/without.ts';
import type { MessageCode } from '../messages.ts';
import { flattenAttributes } from './flat-attributes.ts';

const KIND = 'openinference.span.kind';

export function readPhoenixSpan(json: Json): AttributedSpan | MessageCode {
  const span = readSdkSpan(json);
  if (typeof span === 'string') return span;
  const { raw, common } = span;
  const rest = Object.entries(without(raw, ...READ)).filter(([, value]) => value !== null);
  return {
    ...common,
    attributes: readAttributes(raw),
    links: [],
    kind: undefined,
    status: {
      code: readStatusCode(stringAt(raw, 'status_code')),
      message: stringAt(raw, 'status_message') ?? '',
    },
    scope: { name: '', version: '' },
    resource: {},
    extra: rest.length > 0 ? { phoenix: Object.fromEntries(rest) } : {},
  };
}

const READ = [
  'name',
  'context',
  'span_kind',
  'parent_id',
  'start_time',
  'end_time',
  'status_code',
  'status_message',
  'attributes',
  'events',
] as const;

/** Phoenix moves the kind out of the attributes; the rules look for it there. */
function readAttributes(raw: JsonObject): JsonObject {
  const flat = flattenAttributes(objectAt(raw, 'attributes') ?? {});
  const kind = stringAt(raw, 'span_kind');
  return kind === undefined || kind === 'UNKNOWN' || Object.hasOwn(flat, KIND)
    ? flat
    : { ...flat, [KIND]: kind };
}
