/** The order of the library, kept while traces arrive: newest start first. */
import { compareNewest } from '../../core/analysis/newest-first.ts';
import type { TraceSummary } from '../../core/model/trace-summary.ts';

/** A sorted list with some summaries new or replaced: one pass, not one sort. */
export function mergeNewest(
  sorted: readonly TraceSummary[],
  changed: ReadonlyMap<string, TraceSummary>,
): readonly TraceSummary[] {
  const incoming = [...changed.values()].sort(compareNewest);
  const merged: TraceSummary[] = [];
  let next = 0;
  for (const trace of sorted) {
    if (changed.has(trace.id)) continue;
    for (
      let other = incoming[next];
      other !== undefined && compareNewest(other, trace) < 0;
      other = incoming[++next]
    ) {
      merged.push(other);
    }
    merged.push(trace);
  }
  return merged.concat(incoming.slice(next));
}
