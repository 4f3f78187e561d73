/**
 * One gatherer for all sessions: each trace that changed is folded once a tick, however many pages look at it,
 * and the ticks come more rarely when that takes long.
 */
import type { Library } from '../library/library.ts';
import { gatherChanges, type ChangeGatherer } from './gather-changes.ts';

const GATHER_MS = 80;

/** Gets the ids of traces that changed, each once, with their summaries up to date. */
export type TouchedListener = (traceIds: readonly string[]) => void;

export class TouchedTraces {
  readonly #library: Library;
  readonly #listeners = new Set<TouchedListener>();
  #changes: ChangeGatherer | undefined;
  #stopListening: (() => void) | undefined;

  constructor(library: Library) {
    this.#library = library;
  }

  /** Returns how to stop. While nobody listens nothing is gathered and nothing folded. */
  listen(listener: TouchedListener): () => void {
    this.#listeners.add(listener);
    if (this.#changes === undefined) this.#start();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#stop();
    };
  }

  #start(): void {
    const changes = gatherChanges(GATHER_MS, (traceIds) => {
      for (const traceId of traceIds) this.#library.findSummary(traceId);
      for (const listener of this.#listeners) listener(traceIds);
    });
    this.#changes = changes;
    this.#stopListening = this.#library.onTouched((traceId) => {
      changes.add(traceId);
    });
  }

  #stop(): void {
    this.#changes?.stop();
    this.#stopListening?.();
    this.#changes = this.#stopListening = undefined;
  }
}
