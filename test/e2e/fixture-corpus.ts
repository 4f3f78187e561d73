/**
 * What the real SDKs posted, with what each run must show. The fixtures stand beside the project, not in it;
 * where they are absent the tests that read them say that they skip.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  isJsonObject,
  objectAt,
  ownAt,
  stringAt,
  type Json,
  type JsonObject,
} from '../../core/model/json.ts';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '../../../shared/fixtures/agents-sdk');

/** One run: its exact bodies, the same run as live events, and the truth about it. */
export interface Fixture {
  /** `js/01-triage-responses` */
  readonly name: string;
  readonly bodies: readonly string[];
  readonly items: readonly JsonObject[];
  readonly bodyPaths: readonly string[];
  readonly events: string;
  readonly traceIds: readonly string[];
  readonly truths: readonly Truth[];
}

/** The truth of `expected.json` about the traces `traceIds` together. */
export interface Truth {
  readonly traceIds: readonly string[];
  readonly expected: JsonObject;
  /** Bodies of Responses runs carry no usage on model spans: reasoning tokens are unknown from them. */
  readonly reasoningOnWire: boolean;
}

export const haveFixtures = existsSync(FOLDER);

export function readFixtures(): Fixture[] {
  if (!haveFixtures) return [];
  return ['js', 'python'].flatMap((sdk) =>
    readdirSync(join(FOLDER, sdk), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => readFixture(`${sdk}/${entry.name}`)),
  );
}

function readFixture(name: string): Fixture {
  const folder = join(FOLDER, name);
  const bodyPaths = readdirSync(folder)
    .filter((file) => file.endsWith('.body.json'))
    .sort()
    .map((file) => join(folder, file));
  const bodies = bodyPaths.map((path) => readFileSync(path, 'utf8'));
  const items = bodies.flatMap((body) => itemsOf(JSON.parse(body) as Json));
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Json;
  if (!isJsonObject(expected)) throw new Error(`${name}: expected.json is not an object`);
  const traceIds = [...new Set(items.map(traceIdOf))];
  const events = readFileSync(join(folder, 'events.ndjson'), 'utf8');
  return { name, bodies, items, bodyPaths, events, traceIds, truths: truthsOf(expected, items, traceIds) };
}

/** `per_trace` tells the truth by workflow name; otherwise one truth holds for all traces together. */
function truthsOf(expected: JsonObject, items: readonly JsonObject[], traceIds: readonly string[]): Truth[] {
  const perTrace = objectAt(expected, 'per_trace');
  const truth = (ids: readonly string[], told: JsonObject): Truth => ({
    traceIds: ids,
    expected: told,
    reasoningOnWire: items.some((item) => ids.includes(traceIdOf(item)) && carriesUsage(item)),
  });
  if (perTrace === undefined) return [truth(traceIds, expected)];
  return Object.entries(perTrace).map(([workflow, told]) => {
    const ids = items.filter((item) => stringAt(item, 'workflow_name') === workflow).map(traceIdOf);
    if (!isJsonObject(told)) throw new Error(`no truth about ${workflow}`);
    return truth(ids, told);
  });
}

function carriesUsage(item: JsonObject): boolean {
  const data = objectAt(item, 'span_data') ?? {};
  if (!['generation', 'response'].includes(stringAt(data, 'type') ?? '')) return false;
  const output = ownAt(data, 'output');
  const first: unknown = Array.isArray(output) ? output[0] : undefined;
  return (
    objectAt(data, 'usage') !== undefined || (isJsonObject(first) && objectAt(first, 'usage') !== undefined)
  );
}

function itemsOf(body: Json): JsonObject[] {
  const data = isJsonObject(body) ? ownAt(body, 'data') : undefined;
  if (!Array.isArray(data)) throw new Error('a body without data');
  return data.filter((item: unknown) => isJsonObject(item));
}

function traceIdOf(item: JsonObject): string {
  return stringAt(item, 'object') === 'trace'
    ? (stringAt(item, 'id') ?? '')
    : (stringAt(item, 'trace_id') ?? '');
}
