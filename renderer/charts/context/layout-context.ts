/**
 * The growth of a context as bars, one a call of a model, or one for several where there are more calls than
 * places: then the largest of them stands for all, so that no peak is hidden.
 */
import type { ContextStep } from '../../../core/analysis/context-growth.ts';

export interface ContextBar {
  /** Place of the first call among the steps, and how many the bar stands for. */
  readonly first: number;
  readonly calls: number;
  /** The call that is drawn: the one that was sent most. */
  readonly step: ContextStep;
  /** Shares of the tallest bar, 0 to 1, from the bottom: read from cache, sent before, new. */
  readonly cached: number;
  readonly repeated: number;
  readonly fresh: number;
}

/** `most`: places for bars. */
export function layoutContext(steps: readonly ContextStep[], most: number): readonly ContextBar[] {
  const each = Math.max(1, Math.ceil(steps.length / Math.max(1, most)));
  const highest = steps.reduce((top, { input }) => Math.max(top, input ?? 0), 1);
  const bars: ContextBar[] = [];
  for (let first = 0; first < steps.length; first += each) {
    const bin = steps.slice(first, first + each);
    const step = bin.reduce((most, next) => ((next.input ?? -1) > (most.input ?? -1) ? next : most));
    bars.push({ first, calls: bin.length, step, ...sharesOf(step, highest) });
  }
  return bars;
}

/** What came from the cache was sent before as well, whoever sent it; so each token is in one share. */
function sharesOf(
  { input = 0, cached, repeated }: ContextStep,
  highest: number,
): Pick<ContextBar, 'cached' | 'repeated' | 'fresh'> {
  const old = Math.max(cached, repeated);
  return {
    cached: cached / highest,
    repeated: (old - cached) / highest,
    fresh: Math.max(0, input - old) / highest,
  };
}
