/**
 * The line that deletes traces: what of them stands before it in the journal counts no more. It is a block of
 * its own and is never taken out, so that a deletion outlives every restart and can be counted.
 */
import { isJsonObject, numberAt, objectAt, ownAt, stringAt, type Json } from '../model/json.ts';
import type { EpochUs } from '../model/time.ts';

export const DELETE_REASONS = ['user', 'retention'] as const;
export type DeleteReason = (typeof DELETE_REASONS)[number];

export interface Deletion {
  /** Host's clock. */
  readonly at: EpochUs;
  readonly traceIds: readonly string[];
  /** Later records of these traces are not taken either. */
  readonly keepAway: boolean;
  readonly reason: DeleteReason;
}

export function encodeDeleteLine({ at, traceIds, keepAway, reason }: Deletion): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify({ $delete: { at, traceIds, keepAway, reason } })}\n`);
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
  return { at, traceIds, keepAway: ownAt(value, 'keepAway') === true, reason };
}
