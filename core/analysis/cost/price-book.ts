/** All prices that hold here: a person's own table first, then the snapshot. Answers are remembered by name. */
import type { EpochUs } from '../../model/time.ts';
import { findModel, findOwnModel, type FoundModel } from './find-model.ts';
import type { DatedPrices, PricedModel, PriceTable } from './price-table.ts';

/** The price row that a figure was made by. */
export interface ChosenPrice extends FoundModel {
  readonly isOwn: boolean;
  readonly dated: DatedPrices;
}

export class PriceBook {
  readonly #snapshot: PriceTable;
  readonly #own: PriceTable | undefined;
  readonly #found = new Map<string, FoundModel | undefined>();

  constructor(snapshot: PriceTable, own?: PriceTable) {
    this.#snapshot = snapshot;
    this.#own = own;
  }

  /** Of the prices as a whole: a figure made by another id is stale. */
  get id(): string {
    return this.#own === undefined ? this.#snapshot.id : `${this.#snapshot.id} + ${this.#own.id}`;
  }

  /** The day of the snapshot. */
  get date(): string {
    return this.#snapshot.date;
  }

  /** `at`: when the call was made; NaN where nobody knows, and then the newest prices hold. */
  choose(model: string, provider: string | undefined, at: EpochUs): ChosenPrice | undefined {
    const found = this.#find(model, provider);
    if (found === undefined) return undefined;
    return { ...found, isOwn: found.table === this.#own, dated: chooseDated(found.model, at) };
  }

  #find(model: string, provider: string | undefined): FoundModel | undefined {
    const key = `${provider ?? ''}\n${model}`;
    const known = this.#found.get(key);
    if (known !== undefined || this.#found.has(key)) return known;
    const own = this.#own && findOwnModel(this.#own, model, provider);
    const found = own ?? findModel(this.#snapshot, model, provider);
    this.#found.set(key, found);
    return found;
  }
}

const DAY_US = 86_400_000_000;

/** The last whose condition holds; where none does, the first. */
export function chooseDated({ prices }: PricedModel, at: EpochUs): DatedPrices {
  const chosen = prices.findLast(({ when }) => {
    if (when === undefined) return true;
    if (when.kind === 'since') return Number.isNaN(at) || at >= when.fromUs;
    const second = (((at % DAY_US) + DAY_US) % DAY_US) / 1_000_000;
    return when.to < when.from
      ? second >= when.from || second < when.to
      : second >= when.from && second < when.to;
  });
  const first = chosen ?? prices[0];
  if (first === undefined) throw new Error('A model of the price table has no prices.');
  return first;
}
