/**
 * Where the open spans of a trace end on the screen: at the host's now, told in the client's clock. The
 * page runs on the host's machine, so the page's clock is the host's.
 *
 *   client  ──start────────────────▒▒▒▒▒▒▒▒ now − offset
 *   host    ─────first seen────────────────── now
 */
import type { DurationUs, EpochUs } from '../../../core/model/time.ts';
import type { LoadedTrace } from '../../state/loaded-trace.ts';

/** After so long without news an open span is taken for abandoned (its program died) and grows no more. */
export const ABANDONED_US = 15 * 60 * 1_000_000;

/** How long the open spans of a trace grow on without further news; 0 where nothing grows. */
export function growsFor({ summary, model, clockOffsetUs }: LoadedTrace, hostNowUs: EpochUs): DurationUs {
  if (model.open === 0 || !summary.origins.includes('live')) return 0;
  const lastHeardUs = model.originUs + model.lastKnown + clockOffsetUs;
  return Math.max(0, lastHeardUs + ABANDONED_US - hostNowUs);
}

/** Where open spans end, after the trace's beginning; never before anything that is known. */
export function openEnd(trace: LoadedTrace, hostNowUs: EpochUs): DurationUs {
  const { model, clockOffsetUs } = trace;
  if (growsFor(trace, hostNowUs) === 0) return model.lastKnown;
  return Math.max(model.lastKnown, hostNowUs - clockOffsetUs - model.originUs);
}
