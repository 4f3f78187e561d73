/**
 * The line that deletes traces: what of them stands before it in the journal counts no more. It is a block of
 * its own and is never taken out, so that a deletion outlives every restart and can be counted.
 */
import {
  isJsonList,
  isJsonObject,
  numberAt,
  objectAt,
  ownAt,
  stringAt,
  type Json,
  type JsonObject,
} from '../model/json.ts';
import type { EpochUs } from '../model/time.ts';

/** `sampled`: the line is a tombstone of traces that sampling did not keep, most of which were never in the journal. */
export const DELETE_REASONS = ['user', 'retention', 'sampled'] as const;
export type DeleteReason = (typeof DELETE_REASONS)[number];

export interface Deletion {
  /** Host's clock. */
  readonly at: EpochUs;
  readonly traceIds: readonly string[];
  /** Later records of these traces are not taken either. */
  readonly keepAway: boolean;
  readonly reason: DeleteReason;
  /** Of traces that were sampled away. */
  readonly sampling?: SampledAway;
}

/** Who let traces go and why; the same for all traces of one line. */
export interface SampledAway {
  /** The plugin and its version, such as `sample@1.0.0`. */
  readonly by: string;
  readonly why: string;
  /** How many spans each trace had by then, in the order of the ids. */
  readonly spans: readonly number[];
}

export function encodeDeleteLine({ at, traceIds, keepAway, reason, sampling }: Deletion): Uint8Array {
  const $delete = { at, traceIds, keepAway, reason, ...(sampling && { sampling }) };
  return new TextEncoder().encode(`${JSON.stringify({ $delete })}\n`);
}

/** The deletion of a parsed journal line, or undefined where the line is none. */
export function readDeleteLine(line: unknown): Deletion | undefined {
  if (!isJsonObject(line)) return undefined;
  const deletion = objectAt(line, '$delete');
  return deletion === undefined ? undefined : readDeletion(deletion);
}

/** What `JSON.stringify` made of a deletion; undefined for anything else. */
export function readDeletion(value: Json | undefined): Deletion | undefined {
  if (!isJsonObject(value)) return undefined;
  const at = numberAt(value, 'at');
  const ids = ownAt(value, 'traceIds');
  const reason = DELETE_REASONS.find((each) => each === stringAt(value, 'reason'));
  if (at === undefined || reason === undefined || !Array.isArray(ids)) return undefined;
  const traceIds = ids.filter((id): id is string => typeof id === 'string');
  const sampling = readSampledAway(objectAt(value, 'sampling'));
  const keepAway = ownAt(value, 'keepAway') === true;
  return { at, traceIds, keepAway, reason, ...(sampling && { sampling }) };
}

function readSampledAway(value: JsonObject | undefined): SampledAway | undefined {
  if (value === undefined) return undefined;
  const spans = ownAt(value, 'spans');
  return {
    by: stringAt(value, 'by') ?? '',
    why: stringAt(value, 'why') ?? '',
    spans: isJsonList(spans) ? spans.filter((count) => typeof count === 'number') : [],
  };
}
