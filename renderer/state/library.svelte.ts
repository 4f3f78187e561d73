/** The summaries of all traces, newest first, as the host tells them. Changes are shown a few times a second. */
import type { TraceSummary } from '../../core/model/trace-summary.ts';
import { LibraryChanges } from './library-changes.ts';
import type { Link } from './link.svelte.ts';

/** Fast enough to look live, slow enough that ten thousand spans a second cost a few redraws. */
const GATHER_MS = 80;

export class Library {
  traces: readonly TraceSummary[] = $state.raw([]);
  /** False until the first snapshot is whole. */
  complete = $state(false);
  /** The trace that the arrow keys stand on; it outlives the list, so that one finds it when coming back. */
  cursor: string | undefined = $state();
  readonly #changes = new LibraryChanges();
  #waiting = false;

  constructor(link: Link) {
    link.onOpen(() => {
      // Where the line breaks meanwhile, the next opening subscribes anew.
      link.request('library.subscribe', {}).catch(() => undefined);
    });
    link.on('library.changed', (changed) => {
      this.#changes.add(changed);
      if (this.#waiting) return;
      this.#waiting = true;
      setTimeout(() => {
        this.#show();
      }, GATHER_MS);
    });
  }

  #show(): void {
    this.#waiting = false;
    this.traces = this.#changes.applyTo(this.traces);
    this.complete = this.#changes.complete;
  }
}
