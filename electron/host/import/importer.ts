/** Imports for pages and command lines: several at once, each can be cancelled, all tell how far they are. */
import type { Readable } from 'node:stream';
import { diagnose } from '../../../core/formats/messages.ts';
import type { Clock } from '../../../core/model/time.ts';
import type { FileReport, ImportProgress } from '../../../core/rpc/contract.ts';
import type { ReportShelf } from '../reports/report-shelf.ts';
import { systemErrorCode } from '../system-error.ts';
import type { TraceStore } from '../trace-store.ts';
import type { ImportIntake } from '../intake/import-intake.ts';
import type { StoredTrail } from './commit-stage.ts';
import { importInput } from './import-file.ts';
import { readHere, type Reading, type ReadingInput } from './reading.ts';
import type { StageLimits } from './stage-file.ts';

export interface ImporterParts {
  readonly store: TraceStore;
  readonly clock: Clock;
  /** Where what is read waits until all of it is (`stageDirectoryOf`). */
  readonly stageDirectory: string;
  /** When a file gets segments of its own. */
  readonly stageLimits?: StageLimits;
  /** Who reads; without one this thread does. */
  readonly reading?: Reading;
  /** What guards the library; asked as each import begins. */
  readonly intake?: () => ImportIntake;
  /** Told of what is about to be stored. */
  readonly audit?: StoredTrail;
  /** Keeps what became of each file. */
  readonly reports?: ReportShelf;
}

export class Importer {
  readonly #parts: ImporterParts;
  readonly #reading: Reading;
  readonly #suspending = new AbortController();
  readonly #ended = new Set<Promise<unknown>>();
  readonly #running = new Map<string, AbortController>();
  readonly #listeners = new Set<(progress: ImportProgress) => void>();
  readonly #idleListeners = new Set<() => void>();

  constructor(parts: ImporterParts) {
    this.#parts = parts;
    this.#reading = parts.reading ?? readHere;
  }

  /** Imports files one after the other. Rejects with JournalUnavailableError. */
  async importPaths(
    importId: string,
    paths: readonly string[],
    bringBack = false,
  ): Promise<readonly FileReport[]> {
    return await this.#cancellable(importId, async (signal) => {
      const reports: FileReport[] = [];
      for (const path of paths) {
        if (signal.aborted) break;
        reports.push(await this.#keep(await this.#importPath(importId, path, signal, bringBack)));
      }
      return reports;
    });
  }

  /** Imports what a page sends. Rejects with JournalUnavailableError. */
  async importStream(
    body: Readable,
    { importId, name, bytes }: { importId: string; name: string; bytes: number },
  ): Promise<FileReport> {
    return await this.#cancellable(importId, async (signal) =>
      this.#keep(await this.#import({ kind: 'stream', body, bytes }, importId, name, signal)),
    );
  }

  /** Undoes an import that still reads; one that adds what it has read goes on to its end. */
  cancel(importId: string): void {
    this.#running.get(importId)?.abort();
  }

  /** Ends all imports: what is only read is let go, what is being added is left for the next start. */
  async close(): Promise<void> {
    this.#suspending.abort();
    for (const running of this.#running.values()) running.abort();
    await Promise.allSettled(this.#ended);
    await this.#reading.close();
  }

  onProgress(listener: (progress: ImportProgress) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Calls back whenever the last running import has ended, however it did. */
  onIdle(listener: () => void): () => void {
    this.#idleListeners.add(listener);
    return () => this.#idleListeners.delete(listener);
  }

  async #importPath(
    importId: string,
    path: string,
    signal: AbortSignal,
    bringBack: boolean,
  ): Promise<FileReport> {
    try {
      return await this.#import({ kind: 'file', path }, importId, path, signal, bringBack);
    } catch (error) {
      if (systemErrorCode(error) === undefined) throw error;
      const diagnostics = [diagnose('unreadable-file')];
      return { path, format: '', traces: 0, spans: 0, skipped: 0, diagnostics };
    }
  }

  async #import(
    input: ReadingInput,
    importId: string,
    path: string,
    signal: AbortSignal,
    bringBack = false,
  ): Promise<FileReport> {
    return await importInput(input, {
      ...this.#parts,
      importId,
      path,
      reading: this.#reading,
      signal,
      suspended: this.#suspending.signal,
      bringBack,
      onProgress: (progress) => {
        for (const listener of this.#listeners) listener(progress);
      },
    });
  }

  async #keep(report: FileReport): Promise<FileReport> {
    await this.#parts.reports?.keep(report, this.#parts.clock());
    return report;
  }

  async #cancellable<T>(importId: string, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.#running.set(importId, controller);
    const running = run(controller.signal);
    this.#ended.add(running);
    try {
      return await running;
    } finally {
      this.#ended.delete(running);
      if (this.#running.get(importId) === controller) this.#running.delete(importId);
      if (this.#running.size === 0) for (const listener of this.#idleListeners) listener();
    }
  }
}
