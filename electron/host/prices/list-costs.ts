/** What many traces cost, one by one: yields how many are done, so that the door has its turn. */
import type { PriceBook } from '../../../core/analysis/cost/price-book.ts';
import { FoldRoom } from '../../../core/model/fold.ts';
import type { TraceCost } from '../../../core/rpc/costs.ts';
import type { Library } from '../library/library.ts';
import { findCost, tellCost } from './known-cost.ts';
import { openAlone, type FoldableLibrary } from './open-alone.ts';

export type CostLibrary = FoldableLibrary & Pick<Library, 'findSummary'>;

/** In the order of the ids; null: no such trace. */
export function* listCosts(
  library: CostLibrary,
  traceIds: readonly string[],
  book: PriceBook,
): Generator<number, readonly (TraceCost | null)[]> {
  const room = new FoldRoom();
  const costs: (TraceCost | null)[] = [];
  for (const traceId of traceIds) {
    const summary = library.findSummary(traceId);
    const sum = summary && findCost(summary, book, () => openAlone(library, traceId, room));
    costs.push(sum === undefined ? null : tellCost(sum));
    yield costs.length;
  }
  return costs;
}
