/** What a trace costs, kept as long as trace and prices are the same: it is asked for again and again. */
import type { PriceBook } from '../../../core/analysis/cost/price-book.ts';
import { computeSpanCosts, type CostSum } from '../../../core/analysis/cost/span-costs.ts';
import type { SpanTree } from '../../../core/analysis/span-tree.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import type { TraceCost } from '../../../core/rpc/costs.ts';

export interface PricedTrace {
  readonly spans: SpanTable;
  readonly tree: SpanTree;
}

/** A summary is another object as soon as anything of its trace has changed. */
const known = new WeakMap<TraceSummary, CostSum>();

/** `open` gives the folded trace, or undefined where it is gone; it is asked only where nothing is known. */
export function findCost(
  summary: TraceSummary,
  book: PriceBook,
  open: () => PricedTrace | undefined,
): CostSum | undefined {
  const kept = known.get(summary);
  if (kept?.prices === book.id) return kept;
  const trace = open();
  if (trace === undefined) return undefined;
  const { sum } = computeSpanCosts(trace.spans, trace.tree, book);
  known.set(summary, sum);
  return sum;
}

/** As it is told on a wire and printed: null where it is unknown. */
export function tellCost(sum: CostSum): TraceCost {
  const unpriced = sum.unpriced.map(({ model, ...rest }) => ({ model: model ?? null, ...rest }));
  return { ...sum, usd: sum.usd ?? null, unpriced };
}
