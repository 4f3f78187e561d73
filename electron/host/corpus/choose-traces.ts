/** Which traces a query selects, one by one, for whoever drives it in slices. */
import type { PriceBook } from '../../../core/analysis/cost/price-book.ts';
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import type { QueryClock, QueryNode } from '../../../core/query/query-tree.ts';
import type { Library } from '../library/library.ts';
import { askStored } from '../query/ask-stored.ts';

/** Yields how many were looked at; the traces as of now, in no particular order. */
export function* chooseTraces(
  library: Library,
  tree: QueryNode,
  clock: QueryClock,
  book: PriceBook,
): Generator<number, readonly TraceSummary[]> {
  const question = askStored(library, tree, clock, book);
  const chosen: TraceSummary[] = [];
  let done = 0;
  for (const traceId of library.traceIds()) {
    const summary = library.findSummary(traceId);
    if (summary !== undefined && question(summary)) chosen.push(summary);
    yield ++done;
  }
  return chosen;
}
