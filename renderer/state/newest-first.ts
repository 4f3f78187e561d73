/** The order of the library, kept while traces arrive: newest start first. */
import type { TraceSummary } from '../../core/model/trace-summary.ts';

/** ISO times of one shape sort as text; ids decide between equal ones, so that rows never swap by chance. */
export function compareNewest(a: TraceSummary, b: TraceSummary): number {
  if (a.startedAt !== b.startedAt) return a.startedAt < b.startedAt ? 1 : -1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

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
