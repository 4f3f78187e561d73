/** Whether a trace grows now. The answer turns by itself when the trace was silent for too long. */
import type { LoadedTrace } from '../../state/loaded-trace.ts';
import { growsFor } from './host-clock.ts';

export class Growing {
  readonly #trace: () => LoadedTrace;
  /** Counts the ends of waits, so that what was read before is read again. */
  #turns = $state(0);

  /** Made while a component starts: the wait ends with it. */
  constructor(trace: () => LoadedTrace) {
    this.#trace = trace;
    $effect(() => {
      const leftUs = this.#leftUs();
      if (leftUs <= 0) return undefined;
      const timer = setTimeout(() => this.#turns++, Math.ceil(leftUs / 1000));
      return () => {
        clearTimeout(timer);
      };
    });
  }

  get current(): boolean {
    return this.#leftUs() > 0;
  }

  #leftUs(): number {
    return this.#turns >= 0 ? growsFor(this.#trace(), Date.now() * 1000) : 0;
  }
}
