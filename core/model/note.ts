/**
 * What a person wrote about a trace or one of its spans. Notes stand in the journal as lines of their own,
 * `{"$note":{…}}`; the last line of an id counts, and one that says `deleted` takes the note away.
 */
import { isJsonObject, ownAt, stringAt, type Json } from './json.ts';

export interface Note {
  readonly id: string;
  readonly traceId: string;
  /** null: about the trace as a whole. */
  readonly spanId: string | null;
  /** ISO 8601: when it was written or last changed. */
  readonly at: string;
  readonly text: string;
  readonly labels: readonly string[];
}

/** A note as one line of the journal has it. */
export interface WrittenNote extends Note {
  readonly deleted?: true;
}

export const NOTE_LIMITS = {
  /** Of an id: ours are UUIDs, those of a bundle are whatever wrote it. */
  idLetters: 128,
  /** Of the ids of traces and spans. */
  spanIdLetters: 4096,
  textLetters: 20_000,
  labels: 20,
  labelLetters: 60,
  /** Of one trace. */
  notes: 1000,
} as const;

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;

/** The note in a value that need not be one; undefined where it is none or too large. A note says something. */
export function readNote(value: Json | undefined): Note | undefined {
  const note = readFields(value);
  return note !== undefined && (note.text !== '' || note.labels.length > 0) ? note : undefined;
}

/** The same for a line of the journal, where a note that was taken away says nothing any more. */
export function readWrittenNote(value: Json | undefined): WrittenNote | undefined {
  const deleted = isJsonObject(value) && ownAt(value, 'deleted') === true;
  if (!deleted) return readNote(value);
  const note = readFields(value);
  return note && { ...note, deleted };
}

/** The line that takes a note away: it keeps nothing of what the note said. */
export function eraseNote({ id, traceId, spanId, at }: Note): WrittenNote {
  return { id, traceId, spanId, at, text: '', labels: [], deleted: true };
}

/** Labels as they are kept: trimmed, none empty, each once. */
export function cleanLabels(labels: readonly string[]): readonly string[] {
  return [...new Set(labels.map((label) => label.trim()).filter((label) => label !== ''))];
}

function readFields(value: Json | undefined): Note | undefined {
  if (!isJsonObject(value)) return undefined;
  const id = stringAt(value, 'id') ?? '';
  const traceId = stringAt(value, 'traceId') ?? '';
  const spanId = ownAt(value, 'spanId') ?? null;
  const at = stringAt(value, 'at') ?? '';
  const text = stringAt(value, 'text') ?? '';
  const labels = readLabels(ownAt(value, 'labels'));
  const isSized =
    isBetween(id, 1, NOTE_LIMITS.idLetters) &&
    isBetween(traceId, 1, NOTE_LIMITS.spanIdLetters) &&
    text.length <= NOTE_LIMITS.textLetters;
  if (!isSized || labels === undefined || !ISO_TIME.test(at)) return undefined;
  if (spanId !== null && (typeof spanId !== 'string' || !isBetween(spanId, 1, NOTE_LIMITS.spanIdLetters))) {
    return undefined;
  }
  return { id, traceId, spanId, at, text, labels };
}

function readLabels(value: Json | undefined): readonly string[] | undefined {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return undefined;
  const texts = value.filter((label: Json): label is string => typeof label === 'string');
  const labels = cleanLabels(texts);
  const isFit =
    texts.length === value.length &&
    labels.length <= NOTE_LIMITS.labels &&
    labels.every((label) => label.length <= NOTE_LIMITS.labelLetters);
  return isFit ? labels : undefined;
}

function isBetween({ length }: string, least: number, most: number): boolean {
  return length >= least && length <= most;
}
