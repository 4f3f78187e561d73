/** Times as the two SDKs write them. */
import { writeIsoUs, type EpochUs } from '../../core/model/time.ts';
import type { Dialect } from './plan.ts';

/** JavaScript: milliseconds and `Z`. Python: microseconds and an offset, no fraction where it is zero. */
export function writeTime(dialect: Dialect, us: EpochUs): string {
  const iso = writeIsoUs(us);
  if (dialect === 'js') return `${iso.slice(0, 23)}Z`;
  return us % 1_000_000 === 0 ? `${iso.slice(0, 19)}+00:00` : `${iso.slice(0, -1)}+00:00`;
}
