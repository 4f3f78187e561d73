/**
 * What traces cost, and what they would cost otherwise. Every figure is an estimate by the prices that hold now, made
 * when it is asked for; `prices` says by which: with others it is stale. US dollars; null = unknown, never 0 for it.
 */

/** `cost` of T. */
export interface TraceCost {
  /** Of the calls that have a price; null where none has. */
  readonly usd: number | null;
  readonly pricedCalls: number;
  /** What the true cost is higher by, the most frequent first. */
  readonly unpriced: readonly UnpricedModel[];
  /** By which prices: with others the figure is stale. */
  readonly prices: string;
}

/** Why a call has no figure. */
export type UnpricedReason = 'no-model' | 'unknown-model' | 'unknown-tokens' | 'no-rate';

export interface UnpricedModel {
  /** null: the calls name none. */
  readonly model: string | null;
  readonly reason: UnpricedReason;
  readonly calls: number;
}

/** At most so many ids a request. */
export const MOST_COSTS = 1000;

/** Calls of one model (`from`; null: every model) as if they had gone to another. */
export interface ModelChange {
  readonly from: string | null;
  readonly to: string;
  /** Who sells it; null: told by the model's name. */
  readonly provider: string | null;
}

/** The stored traces under other conditions. */
export interface WhatIfWish {
  /** The first that names a call's model holds; what is named by none stays as it is. */
  readonly models: readonly ModelChange[];
  /** Share of the input that a cache would have answered, 0 to 1; null: as it was. */
  readonly cacheHitRate: number | null;
}

export interface WhatIfRow {
  /** As the spans name it; empty: they name none. */
  readonly model: string;
  readonly becomes: string;
  /** Calls that have a price both before and after. */
  readonly calls: number;
  readonly inputTokens: number;
  readonly cachedTokens: number;
  readonly cachedTokensAfter: number;
  readonly outputTokens: number;
  readonly oldUsd: number;
  readonly newUsd: number;
}

/** Calls that are in no sum, since one side of the comparison has no price. */
export interface WhatIfUnpriced extends UnpricedModel {
  /** Which side has none: `before`, under its own model; `after`, under the other. */
  readonly side: 'before' | 'after';
  /** Undefined: under the model as it was. */
  readonly becomes: string;
}

export interface WhatIf {
  readonly traces: number;
  readonly calls: number;
  readonly oldUsd: number;
  readonly newUsd: number;
  /** By model, the dearest before first. */
  readonly rows: readonly WhatIfRow[];
  readonly unpriced: readonly WhatIfUnpriced[];
  readonly prices: string;
}

export interface CostProgress {
  readonly runId: string;
  readonly done: number;
  readonly total: number;
}

export interface CostRequests {
  /** What named traces cost, in their order; null: no such trace. At most MOST_COSTS ids a call. */
  'costs.list': {
    params: { readonly traceIds: readonly string[] };
    result: { readonly prices: string; readonly costs: readonly (TraceCost | null)[] };
  };
  /** Reckons the traces of a query anew, as a wish says; nothing is changed. Errors `bad-query`, `bad-params`, `cancelled`. */
  'costs.whatIf': {
    params: { readonly runId: string; readonly query: string; readonly wish: WhatIfWish };
    result: WhatIf;
  };
  /** Stops what runs under an id; nothing where nothing does. */
  'costs.cancel': { params: { readonly runId: string }; result: Record<string, never> };
}

export interface CostEvents {
  'costs.progress': CostProgress;
  /** Other prices hold: what was made by others is stale. */
  'prices.changed': { readonly prices: string };
}
