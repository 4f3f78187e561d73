/** How many findings of a trace are more than a remark: counted when the page has nothing better to do. */
import type { LoadedTrace } from './loaded-trace.ts';
import { isAnsweredAtOnce } from './trace-answer.svelte.ts';
import { TraceFindings } from './trace-findings.svelte.ts';

export class FindingCount {
  current = $state(0);
  #counted: string | undefined;

  /** Made while a component is: it counts again as long as that stands. */
  constructor(trace: () => LoadedTrace) {
    const findings = new TraceFindings(trace);
    $effect(() => {
      const { id } = trace().summary;
      if (id !== this.#counted) this.current = 0;
      if (!isAnsweredAtOnce(trace()) && findings.current === undefined) return undefined;
      return whenIdle(() => {
        if (findings.current === undefined) return;
        this.#counted = id;
        this.current = findings.current.filter(({ severity }) => severity !== 'info').length;
      });
    });
  }
}

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
