/** What every table over many traces tells of a row: where its traces are, how long it took, what it cost. */
/** Where the traces behind a figure are found. */
export interface Reach {
  /** How many. */
  readonly traces: number;
  /** Some of them, the most telling first. */
  readonly traceIds: readonly string[];
  /** A query that selects them; null where the language has no word for it: then the ids are all there is. */
  readonly query: string | null;
}

/** Of the runs whose duration is known; null where none is. */
export interface Durations {
  readonly known: number;
  readonly totalUs: number;
  readonly p50Us: number | null;
  readonly p95Us: number | null;
  readonly p99Us: number | null;
  readonly maxUs: number | null;
  readonly histogram: LogHistogram;
}

/** Bars of equal width on a scale of logarithms: bar i begins at `fromUs * 2 ** (i / perDoubling)`. */
export interface LogHistogram {
  /** Shorter ones, down to nothing, stand in the first bar. */
  readonly fromUs: number;
  readonly perDoubling: number;
  /** Empty bars before the first and behind the last are left out. */
  readonly counts: readonly number[];
}

/** Money as far as prices are known: the true cost is higher by the calls that have none. */
export interface CorpusCost {
  /** null: nothing could be priced. */
  readonly usd: number | null;
  readonly pricedCalls: number;
  readonly unpricedCalls: number;
}

export interface TokenSum {
  readonly input: number;
  readonly output: number;
  readonly cached: number;
  /** Calls of a model that say no tokens. */
  readonly unknownCalls: number;
}

/** What was looked at. */
export interface CorpusScope {
  /** Traces that the query selects, and their spans. */
  readonly traces: number;
  readonly spans: number;
  readonly errors: number;
  /** Which prices the costs were made with (`PriceBook.id`). */
  readonly prices: string;
  /** Models without a price, the most frequent first. */
  readonly unpriced: readonly { readonly model: string | null; readonly calls: number }[];
  /** How long it took the host. */
  readonly tookMs: number;
}
