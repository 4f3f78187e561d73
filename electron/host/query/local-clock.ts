/** Where the host stands is where its user is: by which clock the times of a query are read. */
import type { EpochUs } from '../../../core/model/time.ts';
import type { QueryClock } from '../../../core/query/query-tree.ts';

export function makeLocalClock(nowUs: EpochUs): QueryClock {
  return { nowUs, zoneOffsetUs: (us) => -new Date(us / 1000).getTimezoneOffset() * 60_000_000 };
}
