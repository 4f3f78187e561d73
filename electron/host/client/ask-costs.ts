/** What traces cost, for a command line: asked of a running host, or reckoned from the journal. */
import type { Connection } from '../../../core/rpc/connection.ts';
import { MOST_COSTS, type TraceCost } from '../../../core/rpc/costs.ts';
import { openPriceBook } from '../../../core/analysis/cost/open-price-book.ts';
import { listCosts, type CostLibrary } from '../prices/list-costs.ts';
import { readPrices } from '../prices/read-prices.ts';

/** In the order of the ids; null: no such trace. */
export type ListedCosts = readonly (TraceCost | null)[];

/** A request's worth after the other. */
export async function askHostForCosts(
  connection: Connection,
  traceIds: readonly string[],
): Promise<ListedCosts> {
  const costs: (TraceCost | null)[] = [];
  for (let from = 0; from < traceIds.length; from += MOST_COSTS) {
    const part = traceIds.slice(from, from + MOST_COSTS);
    costs.push(...(await connection.request('costs.list', { traceIds: part })).result.costs);
  }
  return costs;
}

export async function reckonCosts(
  library: CostLibrary,
  traceIds: readonly string[],
  dataDirectory: string,
): Promise<ListedCosts> {
  const work = listCosts(library, traceIds, openPriceBook(await readPrices(dataDirectory)));
  let step = work.next();
  while (step.done !== true) step = work.next();
  return step.value;
}
