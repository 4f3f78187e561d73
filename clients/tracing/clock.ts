/** Microseconds since 1970, from the monotonic clock, held against the wall clock when a trace starts. */
import { writeIsoUs, type EpochUs } from '../../core/model/time.ts';

/** Further apart than this, the machine slept or its clock was set. */
const APART_MS = 50;

let originMs = performance.timeOrigin;

export function nowUs(): EpochUs {
  return Math.round((originMs + performance.now()) * 1000);
}

/** Once a trace: within one trace times never run backwards. */
export function settleClock(): void {
  const wall = Date.now();
  const own = originMs + performance.now();
  if (Math.abs(wall - own) > APART_MS) originMs += wall - own;
}

/** The time now as it stands on the wire. */
export function nowIso(): string {
  return writeIsoUs(nowUs());
}
