/**
 * The second half of an import: a stage that was read to its end goes into the journal. Segments are taken over as
 * they are; batches are added one by one, with a pause after each for whoever else asks something of the host.
 */
import { diagnoseAt } from '../../../core/formats/messages.ts';
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import type { FileReport } from '../../../core/rpc/contract.ts';
import { JournalUnavailableError } from '../journal/journal-unavailable.ts';
import { passOver } from '../pass-over.ts';
import type { RecordBatch } from '../records/record-batch.ts';
import type { TraceStore } from '../trace-store.ts';
import { addBundledNotes, type BundledReport } from './bundle-source.ts';
import { readSegmentBatches } from './open-staged-segment.ts';
import { readStage } from './read-stage.ts';
import type { StagePlan } from './stage-file.ts';

/** The host ends: the stage stays, and the next start goes on with it. */
export class ImportSuspendedError extends Error {
  constructor() {
    super('The host ended while the file was added to the library; the next start goes on with it.');
    this.name = 'ImportSuspendedError';
  }
}

export interface CommitParts {
  readonly store: TraceStore;
  /** Told of what is about to be stored; where it rejects, that is not. */
  readonly audit?: StoredTrail | undefined;
  /** Once aborted, nothing more is added. */
  readonly suspended?: AbortSignal;
  /** Summaries of staged traces that one segment holds alone. */
  readonly summaries?: ReadonlyMap<string, TraceSummary> | undefined;
  /** Told how many bytes of the stage are in. */
  readonly onProgress?: (bytes: number) => void;
}

export interface StoredTrail {
  stored(batch: RecordBatch): Promise<void>;
  storedTraces(traceIds: readonly string[], counts: Readonly<Record<string, number>>): Promise<void>;
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
async function commitStage(path: string, { bringBack }: StagePlan, parts: CommitParts): Promise<number> {
  const { store, audit, suspended, summaries, onProgress } = parts;
  const abandonedBefore = store.abandonedSegments;
  const appending = new Appending(store, bringBack, suspended);
  for await (const part of readStage(path)) {
    if (part.kind === 'batch') {
      await audit?.stored(part.batch);
      await appending.append(part.batch);
    } else {
      await appending.idle();
      const { traces, length } = part.segment.table.table;
      await audit?.storedTraces(
        traces.map(({ id }) => id),
        { records: length },
      );
      if (!(await store.adopt({ ...part.segment, summaries }, bringBack))) {
        for await (const batch of readSegmentBatches(part.segment)) await appending.append(batch);
      }
    }
    onProgress?.(part.bytesRead);
  }
  await appending.idle();
  await store.flush();
  if (store.abandonedSegments !== abandonedBefore) {
    throw new JournalUnavailableError(new Error('a segment broke while the file was imported'));
  }
  return appending.keptAway;
}

/** Appends batches in turn: the next one is read while one is written. */
class Appending {
  keptAway = 0;
  readonly #store: TraceStore;
  readonly #bringBack: boolean;
  readonly #suspended: AbortSignal | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(store: TraceStore, bringBack: boolean, suspended: AbortSignal | undefined) {
    this.#store = store;
    this.#bringBack = bringBack;
    this.#suspended = suspended;
  }

  async append(batch: RecordBatch): Promise<void> {
    await this.idle();
    this.#writing = this.#store.append(batch, false, this.#bringBack).then((count) => {
      this.keptAway += count;
    });
    this.#writing.catch(passOver);
  }

  /** Resolves when what was given is written. Rejects with ImportSuspendedError once the host ends. */
  async idle(): Promise<void> {
    await this.#writing;
    if (this.#suspended?.aborted === true) throw new ImportSuspendedError();
  }
}

function tellKeptAway(report: FileReport, count: number): FileReport {
  if (count === 0) return report;
  const diagnostic = diagnoseAt('kept-away', {}, { count: String(count) });
  return { ...report, skipped: report.skipped + count, diagnostics: [...report.diagnostics, diagnostic] };
}
