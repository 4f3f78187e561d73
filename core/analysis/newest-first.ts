/** The order of every list of traces: by start, the newest first; equal starts by id, so that no row swaps by chance. */
import type { TraceSummary } from '../model/trace-summary.ts';

export function newestFirst(traces: readonly TraceSummary[], limit = Infinity): readonly TraceSummary[] {
  return traces.toSorted(compareNewest).slice(0, limit);
}

/** Times are written in UTC with six digits, so their texts sort as they do. */
export function compareNewest(a: TraceSummary, b: TraceSummary): number {
  if (a.startedAt !== b.startedAt) return a.startedAt < b.startedAt ? 1 : -1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
