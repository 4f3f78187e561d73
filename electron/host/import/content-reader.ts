/** Reads the content of one file as one kind of format. */
import type { FileReport } from '../../../core/rpc/contract.ts';
import type { RecordBatch } from '../records/record-batch.ts';

export interface ContentReader {
  /** Reads the next bytes and returns the batches that became full. */
  push(chunk: Uint8Array): readonly RecordBatch[];
  /** Says that no bytes will follow and returns the last batches. */
  end(): readonly RecordBatch[];
  /** Says that nobody wants the rest, and returns the last batches: a record cut by that is no fault of the file. */
  stop(): readonly RecordBatch[];
  /** The name of the format; undefined where none was recognised. */
  readonly format: string | undefined;
}

/** Reads one file inside another, and tells what became of it. */
export interface EntryReader extends Omit<ContentReader, 'format'> {
  readonly spans: number;
  report(path: string): FileReport;
}

/** Reads what holds other files. */
export interface ContainerReader extends ContentReader {
  readonly spans: number;
  /** The report of the whole, from what was said of the container itself. */
  sumUp(own: FileReport): FileReport;
}

export function isContainer(reader: ContentReader | undefined): reader is ContainerReader {
  return reader !== undefined && 'sumUp' in reader;
}

/** The sums of files inside one; each of them stands in `entries`. */
export function sumEntries(own: FileReport, entries: readonly FileReport[]): FileReport {
  const sum = (count: (report: FileReport) => number): number =>
    entries.reduce((total, report) => total + count(report), 0);
  return {
    ...own,
    traces: sum(({ traces }) => traces),
    spans: sum(({ spans }) => spans),
    skipped: own.skipped + sum(({ skipped }) => skipped),
    diagnostics: [...own.diagnostics, ...entries.flatMap(({ diagnostics }) => diagnostics)].slice(
      0,
      MAX_DIAGNOSTICS,
    ),
    entries,
  };
}

/** Each of the entries has its own; a zip of thousands has no more of them than a file. */
const MAX_DIAGNOSTICS = 1000;

export const IMPORT_BATCH_BYTES = 128 * 1024;
