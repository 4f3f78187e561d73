/** Reads what a page sent with a pull. A page is not trusted to keep to the contract. */
import { isJsonObject, numberAt, ownAt, type Json, type JsonObject } from '../../../core/model/json.ts';
import { RpcError } from '../../../core/rpc/connection.ts';
import type { FeedCursor, HeldSegment } from '../../../core/rpc/feed.ts';
import type { PullRequest } from './pull-pages.ts';

/** A page may ask for less, not for more: an answer is made in memory. */
const MOST_BYTES = 16 * 1024 * 1024;
const MOST_HELD = 1_000_000;

export function readPullRequest(params: Json): PullRequest {
  if (!isJsonObject(params)) throw badPull('an object');
  const cursor = ownAt(params, 'cursor');
  const held = ownAt(params, 'held');
  return {
    cursor: cursor === null || cursor === undefined ? undefined : readCursor(cursor),
    held: held === null || held === undefined ? undefined : readHeld(held),
    maxBytes: Math.min(count(params, 'maxBytes'), MOST_BYTES),
  };
}

/** The whole numbers that name a part of a segment. */
export function readSegmentRequest(params: Json): {
  readonly segment: number;
  readonly fromPage: number;
  readonly maxBytes: number;
} {
  if (!isJsonObject(params)) throw badPull('an object');
  return {
    segment: count(params, 'segment'),
    fromPage: count(params, 'fromPage'),
    maxBytes: Math.min(count(params, 'maxBytes'), MOST_BYTES),
  };
}

function readCursor(value: Json): FeedCursor {
  if (!isJsonObject(value)) throw badPull('a cursor of this host');
  return {
    segment: count(value, 'segment'),
    generation: count(value, 'generation'),
    row: count(value, 'row'),
    line: count(value, 'line'),
    check: count(value, 'check'),
    deletions: count(value, 'deletions'),
  };
}

function readHeld(value: Json): readonly HeldSegment[] {
  if (!Array.isArray(value) || value.length > MOST_HELD) throw badPull('a list of held segments');
  return value.map((item: Json) => {
    if (!isJsonObject(item)) throw badPull('a list of held segments');
    return { segment: count(item, 'segment'), generation: count(item, 'generation') };
  });
}

function count(from: JsonObject, key: string): number {
  const value = numberAt(from, key);
  if (value === undefined || !Number.isSafeInteger(value) || value < 0)
    throw badPull(`${key}, a whole number`);
  return value;
}

function badPull(wanted: string): RpcError {
  return new RpcError('bad-params', `A pull must carry ${wanted}.`);
}
