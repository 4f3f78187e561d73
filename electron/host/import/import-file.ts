/** Imports one source into the store: read, write unflushed block by block, flush once at the end. */
import { diagnoseAt, type MessageCode } from '../../../core/formats/messages.ts';
import type { Clock } from '../../../core/model/time.ts';
import type { FileReport, ImportProgress } from '../../../core/rpc/contract.ts';
import { JournalUnavailableError } from '../journal/journal-unavailable.ts';
import type { RecordBatch } from '../records/record-batch.ts';
import { systemErrorCode } from '../system-error.ts';
import type { TraceStore } from '../trace-store.ts';
import type { ByteSource } from './file-source.ts';
import { FileReader } from './read-file.ts';
import { passOver } from '../pass-over.ts';

export interface ImportTask {
  readonly importId: string;
  /** What the report and the progress call the file. */
  readonly path: string;
  /** What its records will say of their origin. */
  readonly origin: string;
  readonly store: TraceStore;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Takes records of deleted traces, too, that were to stay away. */
  readonly bringBack: boolean;
  readonly onProgress: (progress: ImportProgress) => void;
}

const PROGRESS_EVERY_US = 200_000;

/** What was read before a cancel or a damaged end is kept and reported. Rejects with JournalUnavailableError. */
export async function importSource(source: ByteSource, task: ImportTask): Promise<FileReport> {
  const { store, clock, signal } = task;
  const reader = new FileReader(task.origin, clock);
  const abandonedBefore = store.abandonedSegments;
  const tellProgress = makeProgress(source, reader, task);
  let keptAway = 0;
  let writing: Promise<unknown> = Promise.resolve();
  const append = (batches: readonly RecordBatch[]): Promise<unknown> =>
    appendAll(batches, async (batch) => {
      keptAway += await store.append(batch, false, task.bringBack);
    });
  try {
    for await (const chunk of source.chunks()) {
      if (signal.aborted) break;
      const batches = reader.push(chunk);
      // The next chunk is parsed while these are written; two chunks of batches are the most in memory.
      await writing;
      writing = append(batches);
      tellProgress(false);
    }
  } catch (error) {
    if (error instanceof JournalUnavailableError) throw error;
    reader.fail(explain(error));
  }
  const last = signal.aborted ? reader.stop() : reader.end();
  await writing;
  await append(last);
  await store.flush();
  if (store.abandonedSegments !== abandonedBefore) {
    throw new JournalUnavailableError(new Error('a segment broke while the file was imported'));
  }
  tellProgress(true);
  return tellKeptAway(reader.report(task.path), keptAway);
}

function tellKeptAway(report: FileReport, count: number): FileReport {
  if (count === 0) return report;
  const diagnostic = diagnoseAt('kept-away', {}, { count: String(count) });
  return { ...report, skipped: report.skipped + count, diagnostics: [...report.diagnostics, diagnostic] };
}

function appendAll(
  batches: readonly RecordBatch[],
  append: (batch: RecordBatch) => Promise<void>,
): Promise<unknown> {
  const appended = Promise.all(batches.map(append));
  // A refusal is met at the next await; until then it must not count as unhandled.
  appended.catch(passOver);
  return appended;
}

function makeProgress(source: ByteSource, reader: FileReader, task: ImportTask): (last: boolean) => void {
  const startedUs = task.clock();
  let toldUs = startedUs;
  return (last) => {
    const nowUs = task.clock();
    if (!last && nowUs - toldUs < PROGRESS_EVERY_US) return;
    toldUs = nowUs;
    const seconds = Math.max(nowUs - startedUs, 1) / 1_000_000;
    task.onProgress({
      importId: task.importId,
      file: task.path,
      bytesRead: source.bytesRead,
      bytesTotal: Math.max(source.bytesTotal, source.bytesRead),
      spans: reader.spans,
      spansPerSecond: Math.round(reader.spans / seconds),
    });
  };
}

/** A code of the catalogue for what broke off the reading. Throws on what is a bug of ours. */
export function explain(error: unknown): MessageCode {
  const code = systemErrorCode(error);
  if (code === undefined) throw error;
  if (code === 'Z_TRAILING_BYTES') return 'trailing-bytes';
  return code.startsWith('Z_') ? 'bad-gzip' : 'unreadable-file';
}
