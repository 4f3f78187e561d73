/** Which traces a query finds, for a command line: asked of the journal, or of the host that runs over it. */
import { openPriceBook } from '../../../core/analysis/cost/open-price-book.ts';
import type { Clock } from '../../../core/model/time.ts';
import type { QueryNode } from '../../../core/query/query-tree.ts';
import { readPrices } from '../prices/read-prices.ts';
import { askTraces, type AskTraces } from '../query/ask-traces.ts';
import { makeLocalClock } from '../query/local-clock.ts';

export async function queryTraces(
  library: AskTraces['library'],
  tree: QueryNode,
  { dataDirectory, clock }: { readonly dataDirectory: string; readonly clock: Clock },
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  await askTraces({
    library,
    tree,
    clock: makeLocalClock(clock()),
    book: openPriceBook(await readPrices(dataDirectory)),
    onSlice: (passed) => {
      for (const id of passed) found.add(id);
    },
    isStopped: () => false,
  });
  return found;
}
