/** How long a duration's bar is. Durations differ by thousands, so the root of them is drawn, not they. */
import type { TraceSummary } from '../../../core/model/trace-summary.ts';

/** One trace that ran for a night must not make all others vanish. */
const LONGEST_MS = 600_000;

/** Share of the full width, 0 to 1, for durations of the given traces. */
export function durationScale(traces: readonly Pick<TraceSummary, 'durationMs'>[]): (ms: number) => number {
  let longest = 1;
  for (const { durationMs } of traces) if (durationMs > longest) longest = durationMs;
  const full = Math.sqrt(Math.min(longest, LONGEST_MS));
  return (ms) => Math.min(1, Math.sqrt(Math.max(ms, 0)) / full);
}
