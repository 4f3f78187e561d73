/** The line that holds a note. Notes are a block of their own, which may have several lines. */
import { isJsonObject, numberAt, ownAt, type Json, type JsonObject } from '../model/json.ts';
import { readWrittenNote, type WrittenNote } from '../model/note.ts';
import type { LineAddress } from '../model/trace-entry.ts';

/** A line of a segment that holds a note; without one, what it held counts no more and may be taken out. */
export interface NoteLine extends LineAddress {
  readonly note: WrittenNote | undefined;
}

export function encodeNoteLine({ id, traceId, spanId, at, text, labels, deleted }: WrittenNote): Uint8Array {
  const $note = { id, traceId, spanId, at, text, labels, ...(deleted === true && { deleted }) };
  return new TextEncoder().encode(`${JSON.stringify({ $note })}\n`);
}

/** True for a line that is a note's, whether it can be read or not. */
export function isNoteLine(line: Json | undefined): line is JsonObject {
  return isJsonObject(line) && Object.hasOwn(line, '$note');
}

/** The note of a parsed journal line, or undefined where the line holds none. */
export function readNoteLine(line: Json | undefined): WrittenNote | undefined {
  return isNoteLine(line) ? readWrittenNote(ownAt(line, '$note')) : undefined;
}

/** What `JSON.stringify` made of a NoteLine, as a sidecar keeps it; undefined for anything else. */
export function readKeptNoteLine(value: Json): NoteLine | undefined {
  if (!isJsonObject(value)) return undefined;
  const offset = numberAt(value, 'offset');
  const length = numberAt(value, 'length');
  if (offset === undefined || length === undefined) return undefined;
  return { offset, length, note: readWrittenNote(ownAt(value, 'note')) };
}
