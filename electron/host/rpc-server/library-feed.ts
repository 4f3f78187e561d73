/** Sends a page the whole library once, then every summary that changes. */
import type { Connection } from '../../../core/rpc/connection.ts';
import type { Library } from '../library/library.ts';
import { newestFirst } from '../../../core/analysis/newest-first.ts';
import { PacedKeys } from './paced-keys.ts';
import type { TouchedTraces } from './touched-traces.ts';

const PART_TRACES = 500;

export class LibraryFeed {
  readonly #connection: Connection;
  readonly #library: Library;
  readonly #touched: TouchedTraces;
  readonly #changed: PacedKeys;
  #stopListening: (() => void) | undefined;

  constructor(connection: Connection, library: Library, touched: TouchedTraces) {
    this.#connection = connection;
    this.#library = library;
    this.#touched = touched;
    this.#changed = new PacedKeys(
      () => connection.isBehind,
      (traceIds) => {
        this.#sendChanged(traceIds);
      },
    );
  }

  /** Returns how many traces there are; the parts follow behind the answer. */
  start(): number {
    this.stop();
    this.#stopListening = this.#touched.listen((traceIds) => {
      this.#changed.add(traceIds);
    });
    setImmediate(() => {
      this.#sendAll();
    });
    return this.#library.traceCount;
  }

  stop(): void {
    this.#changed.stop();
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
      const ids = traceIds.slice(from, from + PART_TRACES);
      const traces = ids.flatMap((id) => this.#library.findSummary(id) ?? []);
      const removed = ids.filter((id) => !this.#library.has(id));
      const change = { reset: false, complete: true, traces };
      this.#connection.emit('library.changed', removed.length === 0 ? change : { ...change, removed });
    }
  }
}
