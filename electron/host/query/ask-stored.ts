/**
 * A query as a question to the stored traces: the one way in which the host chooses. Costs and spans are looked at
 * only where it asks; costs are kept as long as their trace and the prices are the same, for who types asks again.
 */
import type { PriceBook } from '../../../core/analysis/cost/price-book.ts';
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import { traceQuestion, type TraceFacts } from '../../../core/query/match-trace.ts';
import type { QueryClock, QueryNode } from '../../../core/query/query-tree.ts';
import type { Library } from '../library/library.ts';
import { findCost, type PricedTrace } from '../prices/known-cost.ts';
import { readFacts } from './trace-facts.ts';

export type StoredQuestion = (summary: TraceSummary) => boolean;

export function askStored(
  library: Pick<Library, 'findTrace'>,
  tree: QueryNode,
  clock: QueryClock,
  book: PriceBook,
): StoredQuestion {
  const question = traceQuestion(tree, clock);
  return (summary) => {
    return question(
      summary,
      rememberCost(summary, () => library.findTrace(summary.id), book),
    );
  };
}

function rememberCost(
  summary: TraceSummary,
  open: () => PricedTrace | undefined,
  book: PriceBook,
): TraceFacts {
  return { ...readFacts(open, book), costUsd: () => findCost(summary, book, open)?.usd ?? Number.NaN };
}
