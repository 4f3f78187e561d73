/** What the host told of the library since it was last shown, gathered so that a burst is shown at once. */
import type { TraceSummary } from '../../core/model/trace-summary.ts';
import type { Events } from '../../core/rpc/contract.ts';
import { mergeNewest } from './merge-newest.ts';

export class LibraryChanges {
  readonly #changed = new Map<string, TraceSummary>();
  #reset = false;
  #complete = false;

  get complete(): boolean {
    return this.#complete;
  }

  add({ reset, complete, traces }: Events['library.changed']): void {
    if (reset) {
      this.#changed.clear();
      this.#reset = true;
    }
    for (const trace of traces) this.#changed.set(trace.id, trace);
    this.#complete = complete;
  }

  /** The list with all that was gathered; then there is nothing gathered any more. */
  applyTo(traces: readonly TraceSummary[]): readonly TraceSummary[] {
    const merged = mergeNewest(this.#reset ? [] : traces, this.#changed);
    this.#changed.clear();
    this.#reset = false;
    return merged;
  }
}
