/** Sends a page the whole library once, then every summary that changes. */
import type { Connection } from '../../../core/rpc/connection.ts';
import type { Library } from '../library/library.ts';
import { newestFirst } from '../library/newest-first.ts';
import { gatherChanges, type ChangeGatherer } from './gather-changes.ts';

const GATHER_MS = 80;
const PART_TRACES = 500;

export class LibraryFeed {
  readonly #connection: Connection;
  readonly #library: Library;
  #changes: ChangeGatherer | undefined;
  #stopListening: (() => void) | undefined;

  constructor(connection: Connection, library: Library) {
    this.#connection = connection;
    this.#library = library;
  }

  /** Returns how many traces there are; the parts follow behind the answer. */
  start(): number {
    this.stop();
    const changes = gatherChanges(GATHER_MS, (traceIds) => {
      this.#sendChanged(traceIds);
    });
    this.#changes = changes;
    this.#stopListening = this.#library.onTouched((traceId) => {
      changes.add(traceId);
    });
    setImmediate(() => {
      this.#sendAll();
    });
    return this.#library.traceCount;
  }

  stop(): void {
    this.#changes?.stop();
    this.#stopListening?.();
  }

  #sendAll(): void {
    const all = newestFirst(this.#library.summaries());
    for (let from = 0; from === 0 || from < all.length; from += PART_TRACES) {
      this.#connection.emit('library.changed', {
        reset: from === 0,
        complete: from + PART_TRACES >= all.length,
        traces: all.slice(from, from + PART_TRACES),
      });
    }
  }

  #sendChanged(traceIds: readonly string[]): void {
    for (let from = 0; from < traceIds.length; from += PART_TRACES) {
      const traces = traceIds
        .slice(from, from + PART_TRACES)
        .flatMap((id) => this.#library.findSummary(id) ?? []);
      this.#connection.emit('library.changed', { reset: false, complete: true, traces });
    }
  }
}
