/** Durations as the page shows them: for reading, exact for titles, and as a time after the start. */
import type { DurationUs } from '../../core/model/time.ts';

export { durationText as formatDuration } from '../../core/analysis/duration-text.ts';

const SECOND_US = 1_000_000;

/** A time after the start of the trace, precise: `+9.650 s`, `+0.812 ms`, `+311 ms`. */
export function formatOffset(us: DurationUs): string {
  if (!Number.isFinite(us)) return '–';
  const sign = us < 0 ? '−' : '+';
  const size = Math.abs(us);
  if (size >= SECOND_US) return `${sign}${(size / SECOND_US).toFixed(3)} s`;
  // The JavaScript SDK counts whole milliseconds: three zeros would pretend to more.
  return size === 0 ? '+0 ms' : `${sign}${(size / 1000).toFixed(size % 1000 === 0 ? 0 : 3)} ms`;
}

/** The exact length, for titles: `1,450,290 µs`. */
export function formatExactDuration(us: DurationUs): string {
  return Number.isFinite(us) ? `${us.toLocaleString('en')} µs` : 'unknown';
}
