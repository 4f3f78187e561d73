/** What a trace costs, as `show` and `analyze` print it: an estimate by dated prices, null where it is unknown. */
import { openPriceBook } from '../core/analysis/cost/open-price-book.ts';
import type { PriceBook } from '../core/analysis/cost/price-book.ts';
import { computeSpanCosts } from '../core/analysis/cost/span-costs.ts';
import type { SpanTree } from '../core/analysis/span-tree.ts';
import type { SpanTable } from '../core/model/span-table.ts';
import type { TraceCost } from '../core/rpc/costs.ts';
import { tellCost } from '../electron/host/prices/known-cost.ts';
import { readPrices, readSnapshot } from '../electron/host/prices/read-prices.ts';
import { say } from './output.ts';

/** The prices of the build and those of the data directory; what is wrong with these is said. */
export async function openPrices(dataDirectory: string): Promise<PriceBook> {
  const state = await readPrices(dataDirectory);
  for (const problem of state.problems) say(problem);
  return openPriceBook(state);
}

/** Traces with their costs by the prices of the build alone: what is analyzed anywhere comes to the same figures. */
export function* addCosts<T extends { readonly id: string }>(
  traces: readonly T[],
  openTrace: (traceId: string) => { readonly spans: SpanTable; readonly tree: SpanTree },
): Generator<T & { readonly cost: TraceCost }> {
  const book = openPriceBook({ snapshot: readSnapshot(), own: null, ownId: '' });
  for (const trace of traces) {
    const { spans, tree } = openTrace(trace.id);
    yield { ...trace, cost: readTraceCost(spans, tree, book).cost };
  }
}

/** The cost of the trace, and of each row, NaN where it has none. */
export function readTraceCost(
  spans: SpanTable,
  tree: SpanTree,
  book: PriceBook,
): { readonly cost: TraceCost; readonly usd: Float64Array } {
  const { usd, sum } = computeSpanCosts(spans, tree, book);
  return { cost: tellCost(sum), usd };
}
