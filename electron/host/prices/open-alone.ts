/** Folds a trace for one look at its spans: nothing is remembered, so that the traces somebody reads stay in memory. */
import { linkSpans } from '../../../core/analysis/span-tree.ts';
import type { FoldRoom } from '../../../core/model/fold.ts';
import { foldGathered } from '../library/folded-trace.ts';
import { gatherTrace } from '../library/gather-trace.ts';
import type { Library } from '../library/library.ts';
import type { PricedTrace } from './known-cost.ts';

export type FoldableLibrary = Pick<Library, 'tables' | 'textAt' | 'segmentsOf'>;

export function openAlone(
  library: FoldableLibrary,
  traceId: string,
  room: FoldRoom,
): PricedTrace | undefined {
  const { tables, textAt } = library;
  const gathered = gatherTrace(traceId, library.segmentsOf(traceId), (segment) => tables.get(segment));
  if (gathered === undefined) return undefined;
  const spans = foldGathered(gathered, textAt, room);
  return { spans, tree: linkSpans(spans) };
}
