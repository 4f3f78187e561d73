/** The search inside the open trace: written in the head of the page, answered by the panel that shows the trace. */

export interface SearchedTrace {
  /** undefined: nothing is asked. */
  readonly matches: number | undefined;
  /** Number of the chosen span among the matches; 0: it is none. */
  readonly place: number;
  /** Chooses the next match, or the one before. */
  step(by: -1 | 1): void;
  /** Gives the keys back to the view. */
  leave(): void;
}

export class TraceSearch {
  query = $state('');
  /** Who answers; undefined where no trace is shown. */
  trace: SearchedTrace | undefined = $state.raw();
  #toField: (() => void) | undefined;

  /** Takes the keys to the field. */
  focus(): void {
    this.#toField?.();
  }

  /** The field is there; the answer says that it is gone. */
  placeField(focus: () => void): () => void {
    this.#toField = focus;
    return () => {
      this.#toField = undefined;
    };
  }

  clear(): void {
    this.query = '';
  }
}
