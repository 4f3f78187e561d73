/** Durations for people, in the page and on a terminal: about three figures, the unit always said. */
import type { DurationUs } from '../model/time.ts';

const SECOND_US = 1_000_000;
const MINUTE_S = 60;
const HOUR_S = 3600;
/** Up to here seconds are easier to compare than minutes and seconds. */
const LONGEST_IN_SECONDS = 120;

/** `0 ms`, `820 µs`, `12.4 ms`, `1.08 s`, `92.4 s`, `3 m 12 s`, `2 h 05 m`. NaN and negative: an en dash. */
export function durationText(us: DurationUs): string {
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

function figures(value: number): string {
  return value < 9.995 ? value.toFixed(2) : value < 99.95 ? value.toFixed(1) : value.toFixed(0);
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
