/** What models cost, as it is held in memory: a checked list of providers with dated prices. */
import type { EpochUs } from '../../model/time.ts';

export interface PriceTable {
  /** Stands beside every figure, so that one can tell by which prices it was made. */
  readonly id: string;
  /** The day of the prices, `2026-09-23`; empty where nobody said. */
  readonly date: string;
  readonly providers: readonly PriceProvider[];
}

export interface PriceProvider {
  readonly id: string;
  readonly name: string;
  /** Which names of a provider mean this one, besides its id. */
  readonly providerMatch: MatchRule | undefined;
  /** Which models are this provider's where nobody says whose they are. */
  readonly modelMatch: MatchRule | undefined;
  /** Ids of providers whose models it serves at their prices. */
  readonly fallbacks: readonly string[];
  readonly models: readonly PricedModel[];
}

export interface PricedModel {
  readonly id: string;
  readonly match: MatchRule;
  /** The last one whose condition holds counts; never empty. */
  readonly prices: readonly DatedPrices[];
}

export interface DatedPrices {
  readonly when: PriceCondition | undefined;
  readonly rates: Rates;
}

export type PriceCondition =
  | { readonly kind: 'since'; readonly date: string; readonly fromUs: EpochUs }
  /** Seconds of a day in UTC; a window may run over midnight. */
  | { readonly kind: 'daily'; readonly text: string; readonly from: number; readonly to: number };

/** US dollars for a million tokens; of requests, for a thousand. */
export type Rates = Readonly<Partial<Record<RateName, Rate>>>;

export const RATE_KEYS = {
  input: 'input_mtok',
  cacheRead: 'cache_read_mtok',
  cacheWrite: 'cache_write_mtok',
  output: 'output_mtok',
  reasoning: 'output_reasoning_mtok',
  request: 'requests_kcount',
} as const;

export type RateName = keyof typeof RATE_KEYS;

/** A tier holds for the whole call once its input is larger than `above` tokens; tiers rise. */
export interface Rate {
  readonly usd: number;
  readonly tiers: readonly { readonly above: number; readonly usd: number }[];
}

export type MatchRule =
  | { readonly kind: 'equals' | 'starts_with' | 'ends_with' | 'contains'; readonly text: string }
  | { readonly kind: 'regex'; readonly pattern: RegExp }
  | { readonly kind: 'or' | 'and'; readonly rules: readonly MatchRule[] };
