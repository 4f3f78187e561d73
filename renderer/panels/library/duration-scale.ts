/** How long a duration's bar is. Durations differ by thousands, so the root of them is drawn, not they. */
import type { DurationMs } from '../../../core/model/time.ts';

/** One trace that ran for a night must not make all others vanish. */
const LONGEST_MS = 600_000;

/** Share of the full width, 0 to 1, where the longest duration is known. */
export function durationScale(longestMs: DurationMs): (ms: DurationMs) => number {
  const full = Math.sqrt(Math.min(Math.max(longestMs, 1), LONGEST_MS));
  return (ms) => Math.min(1, Math.sqrt(Math.max(ms, 0)) / full);
}
