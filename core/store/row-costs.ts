/**
 * What the host has told of costs, by row of the list. Apart from the list's own columns: a cost is made by prices,
 * and with others it is stale, while the trace stays as it is.
 */
import { at } from '../model/assert.ts';

/** Codes of `state`. Stale: made by other prices, or before the trace changed; it holds until a new one comes. */
export const COST_IS = { unknown: 0, stale: 1, known: 2 } as const;

/** What a row shows. */
export interface ListedCost {
  /** US dollars of the calls that have a price; undefined where none has. */
  readonly usd: number | undefined;
  /** Calls that are not in it. */
  readonly unpricedCalls: number;
  readonly isStale: boolean;
}

const FIRST_CAPACITY = 64;

export class RowCosts {
  /** By which prices those that are known were made; empty until the host has told one. */
  prices = '';
  #usd = new Float64Array(FIRST_CAPACITY).fill(Number.NaN);
  #unpriced = new Uint32Array(FIRST_CAPACITY);
  #state = new Uint8Array(FIRST_CAPACITY);

  /** US dollars by row, NaN where unknown; may be shorter or longer than the list. */
  get usd(): Float64Array {
    return this.#usd;
  }

  stateOf(row: number): number {
    return this.#state[row] ?? COST_IS.unknown;
  }

  read(row: number): ListedCost | undefined {
    const state = this.stateOf(row);
    if (state === COST_IS.unknown) return undefined;
    const usd = at(this.#usd, row);
    return {
      usd: Number.isNaN(usd) ? undefined : usd,
      unpricedCalls: at(this.#unpriced, row),
      isStale: state === COST_IS.stale,
    };
  }

  /** `isStale`: the trace has changed since it was asked for. */
  write(row: number, usd: number, unpricedCalls: number, isStale: boolean): void {
    if (row >= this.#usd.length) this.#grow(row + 1);
    this.#usd[row] = usd;
    this.#unpriced[row] = unpricedCalls;
    this.#state[row] = isStale ? COST_IS.stale : COST_IS.known;
  }

  markStale(row: number): void {
    if (this.stateOf(row) === COST_IS.known) this.#state[row] = COST_IS.stale;
  }

  markAllStale(): void {
    for (let row = 0; row < this.#state.length; row++) this.markStale(row);
  }

  /** The row is free, or another trace's. */
  forget(row: number): void {
    if (row >= this.#usd.length) return;
    this.#usd[row] = Number.NaN;
    this.#state[row] = COST_IS.unknown;
  }

  clear(): void {
    this.#usd.fill(Number.NaN);
    this.#state.fill(COST_IS.unknown);
  }

  #grow(rows: number): void {
    const capacity = Math.max(rows, Math.ceil(this.#usd.length * 1.25));
    const [usd, unpriced, state] = [this.#usd, this.#unpriced, this.#state];
    this.#usd = new Float64Array(capacity).fill(Number.NaN);
    this.#unpriced = new Uint32Array(capacity);
    this.#state = new Uint8Array(capacity);
    this.#usd.set(usd);
    this.#unpriced.set(unpriced);
    this.#state.set(state);
  }
}
