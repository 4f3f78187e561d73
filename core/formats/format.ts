/**
 * What every format is to the rest of the product: a way to tell it, and a way to turn its records into
 * rows. The door, the importer and the journal's recovery all read a record through the same `readRecord`.
 */
import type { Json } from '../model/json.ts';
import type { SpanReport } from '../model/merge-records.ts';
import type { SpanRow } from '../model/span-row.ts';
import type { TraceHeader } from '../model/trace-entry.ts';
import type { MessageCode } from './messages.ts';
import type { EpochUs } from '../model/time.ts';

/** What one JSON record of a file, a body or a journal line is. */
export type ReadRecord =
  | {
      readonly kind: 'span';
      readonly row: SpanRow;
      /** Which convention or framework wrote it, where a converted record says so. */
      readonly source?: string;
      /** When the client says it sent a live start event; NaN for anything else. */
      readonly startedLiveUs: EpochUs;
    }
  | {
      readonly kind: 'trace';
      readonly traceId: string;
      readonly header: TraceHeader;
      readonly source?: string;
      readonly ended: boolean;
    }
  | { readonly kind: 'reject'; readonly code: MessageCode };

/** A format whose files are a sequence of JSON records. */
export interface RecordFormat {
  /** Stable name, as files report it (`format` of F) and `$batch` lines store it. */
  readonly name: string;
  /** For people: what a report says was tried. */
  readonly label: string;
  /** What T lists as a source. */
  readonly source: string;
  /** How sure it is that a record is one of its own: 0 no, 1 sure. Looks at shape, never at a file's name. */
  detectRecord(record: Json): number;
  /** Never throws: what cannot be read is a reject with a code of the catalogue. */
  readRecord(record: Json): ReadRecord;
  /** The full report in a record that `readRecord` reads as a span; undefined for any other. */
  readReport(record: Json): SpanReport | undefined;
}
