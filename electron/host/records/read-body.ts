/** Reads what the door was sent: a body of items, or lines of live events. */
import { isUtf8 } from 'node:buffer';
import { openaiAgents } from '../../../core/formats/openai-agents.ts';
import { mayNestTooDeep } from '../../../core/formats/nesting.ts';
import { RecordScanner } from '../../../core/formats/record-scanner.ts';
import { isJsonObject, ownAt, type Json } from '../../../core/model/json.ts';
import type { EpochUs } from '../../../core/model/time.ts';
import { cutItems, MAX_ITEMS } from './cut-items.ts';
import { findJsonErrorOffset } from './json-error-offset.ts';
import type { RecordBatch } from './record-batch.ts';
import { MAX_DEPTH, RecordIntake, type RecordSlice, type Reject } from './record-intake.ts';

export type BodyReading =
  | {
      readonly kind: 'read';
      /** Undefined where no record was kept. */
      readonly batch: RecordBatch | undefined;
      readonly rejects: readonly Reject[];
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
  const intake = makeIntake('ingest', body.length, nowUs);
  if (!takeCutItems(body, intake)) {
    const { slices, isOneList } = scanItems(body);
    if (slices.length > MAX_ITEMS) return tooMany();
    if (!isOneList || !takeSlices(slices, intake)) {
      const malformed = takeParsedItems(body, intake);
      if (malformed !== undefined) return malformed;
    }
  }
  return { kind: 'read', batch: intake.takeBatch(), rejects: intake.takeRejects() };
}

/** A body as the SDKs write it. False: it is none, and nothing was taken. */
function takeCutItems(body: Buffer, intake: RecordIntake): boolean {
  const places = cutItems(body);
  if (places === undefined) return false;
  const slices: RecordSlice[] = [];
  for (let i = 0; i < places.length; i += 2) {
    const start = places[i] ?? 0;
    const end = places[i + 1] ?? 0;
    if (mayNestTooDeep(body, start, end)) return false;
    slices.push({ bytes: body, start, end, depth: 0, multiline: false });
  }
  return takeSlices(slices, intake);
}

/** The items of one list, however it is written. More than MAX_ITEMS are not all remembered. */
function scanItems(body: Buffer): { readonly slices: readonly RecordSlice[]; readonly isOneList: boolean } {
  const slices: RecordSlice[] = [];
  let broken = 0;
  const scanner = new RecordScanner(({ start, end, depth, multiline, state }) => {
    if (state !== 'whole') broken++;
    else if (slices.length <= MAX_ITEMS) slices.push({ bytes: body, start, end, depth, multiline });
  });
  scanner.push(body);
  scanner.end();
  const isList = broken === 0 && scanner.isOneList && !scanner.isInsideList;
  return { slices, isOneList: isList && hasStrictBorders(body, slices) };
}

/** The scanner is lenient with what stands between records; a body is held to JSON's own grammar. */
function hasStrictBorders(body: Buffer, slices: readonly RecordSlice[]): boolean {
  const first = slices[0];
  const last = slices.at(-1);
  if (first === undefined || last === undefined) return false;
  const head = LIST_HEAD.exec(body.toString('latin1', 0, first.start));
  const tail = LIST_TAIL.exec(body.toString('latin1', last.end));
  if (head === null || tail === null || (head[1] === undefined) !== (tail[1] === undefined)) return false;
  return slices.every((slice, i) => {
    const before = slices[i - 1];
    return before === undefined || BORDER.test(body.toString('latin1', before.end, slice.start));
  });
}

const LIST_HEAD = /^[ \t\r\n]*(\{[ \t\r\n]*"data"[ \t\r\n]*:[ \t\r\n]*)?\[[ \t\r\n]*$/;
const LIST_TAIL = /^[ \t\r\n]*\][ \t\r\n]*(\}[ \t\r\n]*)?$/;
const BORDER = /^[ \t\r\n]*,[ \t\r\n]*$/;

/** Takes all, or (where one does not parse) none. */
function takeSlices(slices: readonly RecordSlice[], intake: RecordIntake): boolean {
  const values: Json[] = [];
  for (const { bytes, start, end, depth } of slices) {
    // What nests too deep is refused unread.
    const value = depth > MAX_DEPTH ? null : intake.tryParse(bytes, start, end);
    if (value === undefined) return false;
    values.push(value);
  }
  slices.forEach((slice, position) => intake.take(values[position] ?? null, slice, position));
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
  if (items.length > MAX_ITEMS) return tooMany();
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
    if (place >= MAX_ITEMS) return;
    const kept =
      slice.state === 'whole' ? intake.parse(slice, place) : intake.refuse('broken-record', slice, place);
    if (!kept && firstBadAt < 0) firstBadAt = slice.start;
  });
  scanner.push(body);
  scanner.end();
  if (position > MAX_ITEMS) return tooMany();
  const batch = intake.takeBatch();
  const rejects = intake.takeRejects();
  const hopeless = rejects.every(({ code }) => UNREADABLE.has(code));
  if (batch === undefined && rejects.length > 0 && hopeless) return badJson(Math.max(firstBadAt, 0));
  return { kind: 'read', batch, rejects };
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
  const bytes = Buffer.from(text);
  const scanner = new RecordScanner((record) => {
    depth = Math.max(depth, record.depth);
  });
  scanner.push(Buffer.from(`[${text}]`));
  scanner.end();
  return { bytes, start: 0, end: bytes.length, depth, multiline: false };
}

function badJson(offset: number): BodyReading {
  return { kind: 'malformed', status: 400, code: 'bad-json', message: 'The body is not valid JSON.', offset };
}

function notUtf8(): BodyReading {
  return { kind: 'malformed', status: 400, code: 'not-utf8', message: 'The body is not valid UTF-8.' };
}

function tooMany(): BodyReading {
  const message = `The body holds more than ${String(MAX_ITEMS)} items.`;
  return { kind: 'malformed', status: 413, code: 'too-many-items', message };
}
