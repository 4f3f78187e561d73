/**
 * A format of another tool. Its spans are converted to one item each of our own shape, and that is what the
 * journal keeps: so the fold, the inspector, export and recovery read one shape, whoever wrote the trace.
 */
import type { JsonObject } from '../../model/json.ts';
import type { ReadRecord } from '../format.ts';
import type { MessageCode } from '../messages.ts';
import type { FileHead } from './file-head.ts';

/** Where something stands in its file. */
export interface Place {
  /** Counted from 1. */
  readonly line?: number;
  /** Counted from 0, for formats without lines. */
  readonly offset?: number;
}

/** The row of a line that was written. */
export type WrittenRecord = ReadRecord & { readonly kind: 'span' };

/** Where a reader puts what it made. */
export interface ForeignSink {
  /** A `trace` or `trace.span` item of our own shape (`ConvertedSpan`). */
  item(item: JsonObject, place: Place): void;
  /**
   * A `trace.span` item that is written and read already: what `item` would make of it, by a shorter way. Whoever
   * has no use for that leaves it out and is given items alone.
   */
  written?(line: string, record: WrittenRecord, place: Place): void;
  /** Something of the file is not kept. Each code is a reason of its own in the file's report. */
  skip(code: MessageCode, place: Place, count?: number): void;
  /** Something is worth saying, but nothing was left out. */
  note(code: MessageCode, place: Place): void;
  /** An attribute that no rule understood; it is kept all the same. */
  unread(attribute: string): void;
}

/** Reads one file. Never throws on its content: what cannot be read is skipped, with a reason. */
export interface ForeignReader {
  /** Takes the next bytes; the caller may overwrite them afterwards. */
  push(bytes: Uint8Array): void;
  /** Says that no bytes will follow. */
  end(): void;
  /** Hands on nothing more, not even at the end: for a caller that has seen enough. */
  stop(): void;
}

export interface ForeignFormat {
  /** Stable name, as files report it and `$batch` lines store it. */
  readonly name: string;
  /** For people: what a report says was tried. */
  readonly label: string;
  /** What T lists as the source of a span that names none itself. */
  readonly source: string;
  /** How sure it is that a file is one of its own: 0 no, 1 sure. Looks at content, never at a file's name. */
  sniff(head: FileHead): number;
  open(sink: ForeignSink): ForeignReader;
}
