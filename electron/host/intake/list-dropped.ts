/** The traces that sampling let go, by their tombstones in the journal. */
import { writeIsoUs } from '../../../core/model/time.ts';
import type { DroppedTraceRecord } from '../../../core/rpc/sampling.ts';
import type { Library } from '../library/library.ts';

/** The newest first, and how many there are. */
export function listDropped(
  { deletions }: Pick<Library, 'deletions'>,
  limit: number,
): { readonly total: number; readonly dropped: readonly DroppedTraceRecord[] } {
  const dropped: DroppedTraceRecord[] = [];
  let total = 0;
  for (const { traceId, atUs, spans, by, reason } of deletions.sampledAway()) {
    total++;
    if (dropped.length < limit) dropped.push({ traceId, at: writeIsoUs(atUs), spans, by, reason });
  }
  return { total, dropped };
}
