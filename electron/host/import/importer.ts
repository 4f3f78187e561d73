/** Imports for pages and command lines: several at once, each can be cancelled, all tell how far they are. */
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { diagnose } from '../../../core/formats/messages.ts';
import type { Clock } from '../../../core/model/time.ts';
import type { FileReport, ImportProgress } from '../../../core/rpc/contract.ts';
import { systemErrorCode } from '../system-error.ts';
import type { TraceStore } from '../trace-store.ts';
import { makeStreamSource, withFileSource, type ByteSource } from './file-source.ts';
import { importSource } from './import-file.ts';

export class Importer {
  readonly #store: TraceStore;
  readonly #clock: Clock;
  readonly #running = new Map<string, AbortController>();
  readonly #listeners = new Set<(progress: ImportProgress) => void>();
  readonly #idleListeners = new Set<() => void>();

  constructor(store: TraceStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
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
        reports.push(await this.#importPath(importId, path, signal, bringBack));
      }
      return reports;
    });
  }

  /** Imports what a page sends. Rejects with JournalUnavailableError. */
  async importStream(
    body: Readable,
    { importId, name, bytes }: { importId: string; name: string; bytes: number },
  ): Promise<FileReport> {
    return await this.#cancellable(importId, (signal) =>
      this.#import(makeStreamSource(body, bytes), importId, name, signal),
    );
  }

  cancel(importId: string): void {
    this.#running.get(importId)?.abort();
  }

  cancelAll(): void {
    for (const running of this.#running.values()) running.abort();
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
      return await withFileSource(path, (source) => this.#import(source, importId, path, signal, bringBack));
    } catch (error) {
      if (systemErrorCode(error) === undefined) throw error;
      const diagnostics = [diagnose('unreadable-file')];
      return { path, format: '', traces: 0, spans: 0, skipped: 0, diagnostics };
    }
  }

  async #import(
    source: ByteSource,
    importId: string,
    path: string,
    signal: AbortSignal,
    bringBack = false,
  ): Promise<FileReport> {
    return await importSource(source, {
      importId,
      path,
      origin: basename(path),
      store: this.#store,
      clock: this.#clock,
      signal,
      bringBack,
      onProgress: (progress) => {
        for (const listener of this.#listeners) listener(progress);
      },
    });
  }

  async #cancellable<T>(importId: string, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.#running.set(importId, controller);
    try {
      return await run(controller.signal);
    } finally {
      if (this.#running.get(importId) === controller) this.#running.delete(importId);
      if (this.#running.size === 0) for (const listener of this.#idleListeners) listener();
    }
  }
}
