/** Reads what the door was sent: a body of items, or lines of live events. */
import { isUtf8 } from 'node:buffer';
import { findExcess, MAX_CONTAINERS } from '../../../core/formats/excess.ts';
import { openaiAgents } from '../../../core/formats/openai-agents.ts';
import { mayNestTooDeep } from '../../../core/formats/nesting.ts';
import { RecordScanner } from '../../../core/formats/record-scanner.ts';
import { isJsonObject, ownAt, type Json } from '../../../core/model/json.ts';
import type { EpochUs } from '../../../core/model/time.ts';
import { cutItems, MAX_ITEMS } from './cut-items.ts';
import { findJsonErrorOffset } from './json-error-offset.ts';
import type { RecordBatch } from './record-batch.ts';
import { RecordIntake, type RecordSlice, type Reject } from './record-intake.ts';
import { walkList } from './walk-list.ts';

export type BodyReading =
  | {
      readonly kind: 'read';
      /** Undefined where no record was kept. */
      readonly batch: RecordBatch | undefined;
      /** The first of them; `rejected` counts all. */
      readonly rejects: readonly Reject[];
      readonly rejected: number;
    }
  /** The body as a whole is none: nothing of it is kept. */
  | {
      readonly kind: 'malformed';
      readonly status: 400 | 413;
      readonly code: string;
      readonly message: string;
      readonly offset?: number;
    };

/** Reads `{"data":[item, ...]}`, or a bare array of items. */
export function readIngestBody(body: Buffer, nowUs: EpochUs): BodyReading {
  const quick = takeCutItems(body, nowUs);
  if (quick !== undefined) return finish(quick);
  const walked = makeIntake('ingest', body.length, nowUs);
  const result = walkList(body, (slice, position) => takeSlice(slice, position, walked));
  if (result.kind === 'list') return finish(walked);
  if (result.kind === 'too-many-items') return tooManyItems();
  if (result.containers > MAX_PARSED_CONTAINERS) return tooManyContainers();
  const parsed = makeIntake('ingest', body.length, nowUs);
  return takeParsedItems(body, parsed) ?? finish(parsed);
}

/** In a body that must be parsed as a whole, since it is not plainly one list. */
const MAX_PARSED_CONTAINERS = 2 * MAX_CONTAINERS;

function finish(intake: RecordIntake): BodyReading {
  const { rejected } = intake;
  return { kind: 'read', batch: intake.takeBatch(), rejects: intake.takeRejects(), rejected };
}

/** A body as the SDKs write it. Undefined: it is none. */
function takeCutItems(body: Buffer, nowUs: EpochUs): RecordIntake | undefined {
  const places = cutItems(body);
  if (places === undefined) return undefined;
  const intake = makeIntake('ingest', body.length, nowUs);
  for (let i = 0; i < places.length; i += 2) {
    const start = places[i] ?? 0;
    const end = places[i + 1] ?? 0;
    if (mayNestTooDeep(body, start, end)) return undefined;
    const slice = { bytes: body, start, end, depth: 0, containers: 0, multiline: false };
    if (!takeSlice(slice, i / 2, intake)) return undefined;
  }
  return intake;
}

/** Takes or refuses one item; false where it is no JSON. */
function takeSlice(slice: RecordSlice, position: number, intake: RecordIntake): boolean {
  const excess = findExcess(slice);
  if (excess !== undefined) {
    // Refused unread.
    intake.refuse(excess, slice, position);
    return true;
  }
  const value = intake.tryParse(slice.bytes, slice.start, slice.end);
  if (value === undefined) return false;
  intake.take(value, slice, position);
  return true;
}

/** The body as JSON.parse reads it: the last word on what is malformed, and on keys that stand twice. */
function takeParsedItems(body: Buffer, intake: RecordIntake): BodyReading | undefined {
  if (!isUtf8(body)) return notUtf8();
  const text = body.toString('utf8');
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    // Only JSON.parse stands in the try, and it throws nothing but a SyntaxError, whose text is the trace's.
    return badJson(findJsonErrorOffset(text));
  }
  const items = isJsonObject(value) ? ownAt(value, 'data') : value;
  if (!Array.isArray(items)) {
    const message = 'The body is no {"data":[...]}.';
    return { kind: 'malformed', status: 400, code: 'not-a-batch', message };
  }
  if (items.length > MAX_ITEMS) return tooManyItems();
  items.forEach((item: Json, position) => {
    const slice = rewrite(item);
    if (slice === undefined) intake.refuse('too-deep', { start: 0, end: 0 }, position);
    else intake.take(item, slice, position);
  });
  return undefined;
}

/** Reads live events, one JSON value a line. A bad line is a reject, unless no line is good. */
export function readEventLines(body: Buffer, nowUs: EpochUs): BodyReading {
  const intake = makeIntake('events', body.length, nowUs);
  let position = 0;
  let firstBadAt = -1;
  const scanner = new RecordScanner((slice) => {
    const place = position++;
    if (place >= MAX_ITEMS) {
      scanner.stop();
      return;
    }
    const kept =
      slice.state === 'whole' ? intake.parse(slice, place) : intake.refuse('broken-record', slice, place);
    if (!kept && firstBadAt < 0) firstBadAt = slice.start;
  });
  scanner.push(body);
  scanner.end();
  if (position > MAX_ITEMS) return tooManyItems();
  const hopeless = [...intake.rejectedCodes].every((code) => UNREADABLE.has(code));
  const isNone = intake.records === 0 && intake.rejected > 0 && hopeless;
  return isNone ? badJson(Math.max(firstBadAt, 0)) : finish(intake);
}

/** Codes of records that are no JSON at all. */
const UNREADABLE = new Set(['bad-json', 'broken-record', 'not-utf8', 'too-deep', 'not-an-object']);

function makeIntake(via: 'ingest' | 'events', bytes: number, nowUs: EpochUs): RecordIntake {
  return new RecordIntake(openaiAgents, { at: nowUs, via, origin: 'live' }, bytes + 1024);
}

/** The item as one line; undefined where it nests too deep even to be written. */
function rewrite(item: Json): RecordSlice | undefined {
  let text: string;
  try {
    text = JSON.stringify(item);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  let depth = 0;
  let containers = 0;
  const bytes = Buffer.from(text);
  const scanner = new RecordScanner((record) => {
    depth = Math.max(depth, record.depth);
    containers = record.containers;
  });
  scanner.push(Buffer.from(`[${text}]`));
  scanner.end();
  return { bytes, start: 0, end: bytes.length, depth, containers, multiline: false };
}

function badJson(offset: number): BodyReading {
  return { kind: 'malformed', status: 400, code: 'bad-json', message: 'The body is not valid JSON.', offset };
}

function notUtf8(): BodyReading {
  return { kind: 'malformed', status: 400, code: 'not-utf8', message: 'The body is not valid UTF-8.' };
}

function tooManyItems(): BodyReading {
  const message = `The body holds more than ${String(MAX_ITEMS)} items.`;
  return { kind: 'malformed', status: 413, code: 'too-many-items', message };
}

function tooManyContainers(): BodyReading {
  const message = `The body holds more than ${String(MAX_PARSED_CONTAINERS)} objects and lists.`;
  return { kind: 'malformed', status: 413, code: 'too-many-containers', message };
}
