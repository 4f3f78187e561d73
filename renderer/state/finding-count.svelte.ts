/** How many findings of a trace are more than a remark: counted when the page has nothing better to do. */
import { findingsOf } from './trace-findings.ts';
import type { LoadedTrace } from './loaded-trace.ts';

export class FindingCount {
  current = $state(0);
  #counted: string | undefined;

  /** Made while a component is: it counts again as long as that stands. */
  constructor(trace: () => LoadedTrace) {
    $effect(() => {
      const open = trace();
      if (open.summary.id !== this.#counted) this.current = 0;
      if (open.model.table.length > MOST_SPANS) return;
      return whenIdle(() => {
        this.#counted = open.summary.id;
        this.current = findingsOf(open).filter(({ severity }) => severity !== 'info').length;
      });
    });
  }
}

/** A larger trace is judged when its findings are looked at: a count on a tab is not worth a stall. */
const MOST_SPANS = 100_000;
const IDLE_WITHIN_MS = 2000;

/** Returns how to call it off. */
function whenIdle(work: () => void): () => void {
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(work);
    return () => clearTimeout(timer);
  }
  const idle = requestIdleCallback(work, { timeout: IDLE_WITHIN_MS });
  return () => cancelIdleCallback(idle);
}
