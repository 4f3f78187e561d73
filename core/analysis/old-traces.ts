/** Which traces are old enough to go: those whose last record came before a time. */
import type { EpochUs } from '../model/time.ts';

export interface SeenTrace {
  readonly id: string;
  /** When the host last heard of it, by the host's clock. */
  readonly lastSeenUs: EpochUs;
}

/** The oldest first. A trace that still runs is left alone, however old it is. */
export function findOldTraces<Trace extends SeenTrace>(
  traces: Iterable<Trace>,
  beforeUs: EpochUs,
  isRunning: (traceId: string) => boolean,
): readonly Trace[] {
  return [...traces]
    .filter(({ id, lastSeenUs }) => lastSeenUs < beforeUs && !isRunning(id))
    .sort((a, b) => a.lastSeenUs - b.lastSeenUs);
}
