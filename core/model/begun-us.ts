/** When a trace began, as far as it says so itself. */
import { readIsoUs, type EpochUs } from './time.ts';
import type { TraceSummary } from './trace-summary.ts';

/** NaN for a trace of a file that came without a span: T has the time of the import, which is not its own. */
export function readBegunUs({
  startedAt,
  spans,
  origins,
}: Pick<TraceSummary, 'startedAt' | 'spans' | 'origins'>): EpochUs {
  return spans === 0 && !origins.includes('live') ? Number.NaN : readIsoUs(startedAt);
}
