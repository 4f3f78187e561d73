/** The time and the time zone of this browser, for times in queries. */
import type { QueryClock } from '../../core/query/query-tree.ts';

export function readLocalClock(nowMs = Date.now()): QueryClock {
  return {
    nowUs: nowMs * 1000,
    zoneOffsetUs: (us) => -new Date(us / 1000).getTimezoneOffset() * 60_000_000,
  };
}
