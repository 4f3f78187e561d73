/**
 * How many bytes may be held and how many bodies may be worked on at once. What does not fit is asked to come
 * again, so that memory stays bounded whatever is sent. Only bytes that came count, and only whole bodies take
 * a place: a client that announces much and sends little takes nothing from the others.
 */
export interface BudgetLimits {
  readonly bytes: number;
  readonly bodies: number;
}

export class BodyBudget {
  readonly #limits: BudgetLimits;
  #bytes = 0;
  #bodies = 0;

  constructor(limits: BudgetLimits) {
    this.#limits = limits;
  }

  /** Bytes of all bodies under way. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Whole bodies that are worked on. */
  get bodies(): number {
    return this.#bodies;
  }

  /** A share for one body, empty yet. */
  open(): BudgetShare {
    let held = 0;
    let placed = false;
    return {
      hold: (bytes) => {
        if (this.#bytes + bytes > this.#limits.bytes) return false;
        this.#bytes += bytes;
        held += bytes;
        return true;
      },
      begin: () => {
        if (this.#bodies >= this.#limits.bodies) return false;
        this.#bodies++;
        placed = true;
        return true;
      },
      close: () => {
        this.#bytes -= held;
        held = 0;
        if (placed) this.#bodies--;
        placed = false;
      },
    };
  }
}

export interface BudgetShare {
  /** Asks to hold so many bytes more; false where they do not fit. */
  hold(bytes: number): boolean;
  /** Asks for a place to work on the whole body; false where all are taken. */
  begin(): boolean;
  /** Gives everything back; a second call does nothing. */
  close(): void;
}
