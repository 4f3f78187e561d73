/** How long the calls of each hook of a plugin took: all are counted, and the newest tell the quantiles. */
import { at } from '../../../core/model/assert.ts';
import type { HookTiming } from '../../../core/rpc/plugins.ts';

const MOST_TIMES = 512;

interface Calls {
  calls: number;
  faults: number;
  readonly times: number[];
}

export class CallTimings {
  readonly #byHook = new Map<string, Calls>();

  add(hook: string, ms: number, isFault: boolean): void {
    const known = this.#byHook.get(hook) ?? { calls: 0, faults: 0, times: [] };
    known.times[known.calls % MOST_TIMES] = ms;
    known.calls += 1;
    if (isFault) known.faults += 1;
    this.#byHook.set(hook, known);
  }

  list(): readonly HookTiming[] {
    return [...this.#byHook].map(([hook, { calls, faults, times }]) => {
      const sorted = [...times].sort((a, b) => a - b);
      return { hook, calls, faults, p50Ms: quantile(sorted, 0.5), p95Ms: quantile(sorted, 0.95) };
    });
  }
}

/** Of times in order, of which there is one at least. */
function quantile(sorted: readonly number[], share: number): number {
  const ms = at(sorted, Math.min(sorted.length - 1, Math.floor(sorted.length * share)));
  return Math.round(ms * 100) / 100;
}
