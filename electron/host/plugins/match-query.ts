/** Which stored traces a query means, for whoever works in the host: costs and spans are looked at only where it asks. */
import { openPriceBook } from '../../../core/analysis/cost/open-price-book.ts';
import type { Clock } from '../../../core/model/time.ts';
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import { parseQuery } from '../../../core/query/parse-query.ts';
import type { Library } from '../library/library.ts';
import { readPrices } from '../prices/read-prices.ts';
import { askStored } from '../query/ask-stored.ts';
import { makeLocalClock } from '../query/local-clock.ts';
import { PluginFault } from './plugin-fault.ts';

/** Rejects with a `PluginFault` where the query cannot be read. */
export type MatchQuery = (query: string) => Promise<(summary: TraceSummary) => boolean>;

export function matchStored(
  library: Pick<Library, 'findTrace'>,
  dataDirectory: string,
  clock: Clock,
): MatchQuery {
  return async (query) => {
    const parsed = parseQuery(query);
    if (parsed.kind === 'fault') throw new PluginFault(parsed.fault.message);
    const book = openPriceBook(await readPrices(dataDirectory));
    return askStored(library, parsed.tree, makeLocalClock(clock()), book);
  };
}
