/** The order of every list of traces: by start, the newest first; equal starts by id, so that it is stable. */
import type { TraceSummary } from '../../../core/model/trace-summary.ts';

export function newestFirst(traces: readonly TraceSummary[], limit = Infinity): readonly TraceSummary[] {
  return traces.toSorted(compareNewestFirst).slice(0, limit);
}

function compareNewestFirst(a: TraceSummary, b: TraceSummary): number {
  // Times are written in UTC with six digits, so their texts sort as they do.
  if (a.startedAt !== b.startedAt) return a.startedAt < b.startedAt ? 1 : -1;
  return a.id < b.id ? -1 : 1;
}
