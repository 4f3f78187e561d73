/** Durations for people: about three figures, the unit always said. */
import type { DurationUs } from '../../core/model/time.ts';

const SECOND_US = 1_000_000;
const MINUTE_S = 60;
const HOUR_S = 3600;
/** Up to here seconds are easier to compare than minutes and seconds. */
const LONGEST_IN_SECONDS = 120;

/** `0 ms`, `820 µs`, `12.4 ms`, `1.08 s`, `92.4 s`, `3 m 12 s`, `2 h 05 m`. NaN and negative: an en dash. */
export function formatDuration(us: DurationUs): string {
  if (!(us >= 0) || us === Infinity) return '–';
  if (us === 0) return '0 ms';
  if (us < 999.5) return `${String(Math.round(us))} µs`;
  if (us < 999_500) return `${figures(us / 1000)} ms`;
  const seconds = us / SECOND_US;
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`;
  if (seconds < LONGEST_IN_SECONDS) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < HOUR_S) return `${String(Math.floor(whole / MINUTE_S))} m ${pad(whole % MINUTE_S)} s`;
  const minutes = Math.round(seconds / MINUTE_S);
  return `${String(Math.floor(minutes / 60))} h ${pad(minutes % 60)} m`;
}

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

function figures(value: number): string {
  return value < 9.995 ? value.toFixed(2) : value < 99.95 ? value.toFixed(1) : value.toFixed(0);
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
