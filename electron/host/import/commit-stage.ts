/**
 * The second half of an import: a stage that was read to its end goes into the journal, batch by batch, with a pause
 * after each for whoever else asks something of the host.
 */
import { diagnoseAt } from '../../../core/formats/messages.ts';
import type { FileReport } from '../../../core/rpc/contract.ts';
import { JournalUnavailableError } from '../journal/journal-unavailable.ts';
import { passOver } from '../pass-over.ts';
import type { TraceStore } from '../trace-store.ts';
import { addBundledNotes, type BundledReport } from './bundle-source.ts';
import { readStage, type StagePlan } from './stage-file.ts';

/** The host ends: the stage stays, and the next start goes on with it. */
export class ImportSuspendedError extends Error {
  constructor() {
    super('The host ended while the file was added to the library; the next start goes on with it.');
    this.name = 'ImportSuspendedError';
  }
}

export interface CommitParts {
  readonly store: TraceStore;
  /** Once aborted, nothing more is added. */
  readonly suspended?: AbortSignal;
  /** Told how many bytes of the stage are in. */
  readonly onProgress?: (bytes: number) => void;
}

/** A stage that was read to its end. */
export interface EndedStage {
  readonly path: string;
  readonly plan: StagePlan;
  readonly report: BundledReport;
}

/** Adds all that a file held, notes included. Returns its report as it is told. Rejects with JournalUnavailableError. */
export async function addStage({ path, plan, report }: EndedStage, parts: CommitParts): Promise<FileReport> {
  const keptAway = await commitStage(path, plan, parts);
  return tellKeptAway(await addBundledNotes(report, parts.store), keptAway);
}

/** Returns how many records were left out since their traces are to stay away. Rejects with JournalUnavailableError. */
async function commitStage(
  path: string,
  { bringBack }: StagePlan,
  { store, suspended, onProgress }: CommitParts,
): Promise<number> {
  const abandonedBefore = store.abandonedSegments;
  let keptAway = 0;
  let writing: Promise<void> = Promise.resolve();
  for await (const { batch, bytesRead } of readStage(path)) {
    await writing;
    if (suspended?.aborted === true) throw new ImportSuspendedError();
    // The next batch is read while this one is written.
    writing = store.append(batch, false, bringBack).then((count) => {
      keptAway += count;
    });
    writing.catch(passOver);
    onProgress?.(bytesRead);
  }
  await writing;
  await store.flush();
  if (store.abandonedSegments !== abandonedBefore) {
    throw new JournalUnavailableError(new Error('a segment broke while the file was imported'));
  }
  return keptAway;
}

function tellKeptAway(report: FileReport, count: number): FileReport {
  if (count === 0) return report;
  const diagnostic = diagnoseAt('kept-away', {}, { count: String(count) });
  return { ...report, skipped: report.skipped + count, diagnostics: [...report.diagnostics, diagnostic] };
}
