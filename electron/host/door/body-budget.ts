/**
 * How many bytes and requests may be under way at once. What does not fit is asked to come again, so that
 * memory stays bounded whatever is sent.
 */
export interface BudgetLimits {
  readonly bytes: number;
  readonly requests: number;
}

export class BodyBudget {
  readonly #limits: BudgetLimits;
  #bytes = 0;
  #requests = 0;

  constructor(limits: BudgetLimits) {
    this.#limits = limits;
  }

  /** A share of the budget, or undefined where there is none left. */
  enter(expectedBytes: number): BudgetShare | undefined {
    if (this.#requests >= this.#limits.requests) return undefined;
    if (this.#requests > 0 && this.#bytes + expectedBytes > this.#limits.bytes) return undefined;
    this.#requests++;
    this.#bytes += expectedBytes;
    let held = expectedBytes;
    let open = true;
    return {
      grow: (bytes) => {
        if (this.#requests > 1 && this.#bytes + bytes > this.#limits.bytes) return false;
        held += bytes;
        this.#bytes += bytes;
        return true;
      },
      leave: () => {
        if (!open) return;
        open = false;
        this.#requests--;
        this.#bytes -= held;
      },
    };
  }
}

export interface BudgetShare {
  /** Asks for more bytes than were expected; false where there are none left. */
  grow(bytes: number): boolean;
  /** Gives the share back; a second call does nothing. */
  leave(): void;
}
