/**
 * One import: the file is read into a stage, then the stage goes into the journal. A cancel, a fault of the reader or
 * a crash before the second half leaves the library as it was.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '../../../core/model/time.ts';
import type { FileReport, ImportProgress } from '../../../core/rpc/contract.ts';
import type { TraceStore } from '../trace-store.ts';
import { addStage, ImportSuspendedError, type CommitParts, type StoredTrail } from './commit-stage.ts';
import { FoldAhead } from './fold-ahead.ts';
import type { ImportIntake } from '../intake/import-intake.ts';
import { ImportProgressTeller } from './import-progress.ts';
import type { Reading, ReadingInput } from './reading.ts';
import { STAGE_ENDING } from './resume-imports.ts';
import { lookAtStage } from './read-stage.ts';
import { removeStage, type StageLimits } from './stage-file.ts';

export interface ImportTask {
  readonly importId: string;
  /** What the report and the progress call the file. */
  readonly path: string;
  readonly store: TraceStore;
  readonly stageDirectory: string;
  readonly stageLimits?: StageLimits | undefined;
  readonly reading: Reading;
  /** What guards the library when the import begins; without one nothing does. */
  readonly intake?: (() => ImportIntake) | undefined;
  readonly audit?: StoredTrail | undefined;
  readonly clock: Clock;
  /** Cancels it, as long as it reads. */
  readonly signal: AbortSignal;
  /** The host ends: what is read is let go, what is being added goes on at the next start. */
  readonly suspended: AbortSignal;
  /** Takes records of deleted traces, too, that were to stay away. */
  readonly bringBack: boolean;
  readonly onProgress: (progress: ImportProgress) => void;
}

/** Rejects with JournalUnavailableError, with ImportSuspendedError, or with the system's error of a file that cannot be opened. */
export async function importInput(input: ReadingInput, task: ImportTask): Promise<FileReport> {
  const { path, bringBack, signal, stageLimits: limits } = task;
  const stagePath = join(task.stageDirectory, `${randomUUID()}${STAGE_ENDING}`);
  const progress = new ImportProgressTeller(task);
  const ahead = new FoldAhead(task.store, task.clock);
  const intake = task.intake?.();
  try {
    const report = await task.reading.read(
      input,
      { stagePath, path, bringBack, limits, rules: intake?.rules },
      {
        clock: task.clock,
        signal,
        host: intake?.host,
        onProgress: (reading) => {
          progress.reading(reading);
        },
        onSegment: (bytes) => {
          ahead.take(bytes);
        },
      },
    );
    if (report === undefined || signal.aborted) return cancelled(path);
    return await commit(stagePath, report, progress, { ...task, summaries: await ahead.end() });
  } finally {
    ahead.stop();
    if (!task.suspended.aborted) await removeStage(stagePath);
  }
}

async function commit(
  stagePath: string,
  report: FileReport,
  progress: ImportProgressTeller,
  { store, audit, suspended, bringBack, path, summaries }: ImportTask & Pick<CommitParts, 'summaries'>,
): Promise<FileReport> {
  const { bytes, plan } = await lookAtStage(stagePath);
  if (plan === undefined) throw new Error('a stage was read to its end and has none');
  if (suspended.aborted) throw new ImportSuspendedError();
  const parts = {
    store,
    audit,
    suspended,
    summaries,
    onProgress: (done: number) => {
      progress.adding(done, bytes);
    },
  };
  const told = await addStage({ path: stagePath, plan: { path, bringBack }, report }, parts);
  progress.done();
  return told;
}

function cancelled(path: string): FileReport {
  return { path, format: '', traces: 0, spans: 0, skipped: 0, diagnostics: [], cancelled: true };
}
