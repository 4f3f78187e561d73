/** Keeps the newest traces with their spans, for tests and for analysis in the program itself. */
import type { TracingProcessor } from './processor.ts';
import type { Trace } from './trace.ts';

/**
 * @example
 * const collector = new CollectorProcessor();
 * addTraceProcessor(collector);
 * trace({ traceId: 'trace_1' }, () => agentSpan('Triage', () => 1));
 * console.log(collector.get('trace_1')?.spans.length);
 */
export class CollectorProcessor implements TracingProcessor {
  readonly collectsSpans = true;
  readonly #keep: number;
  readonly #traces = new Map<string, Trace>();

  /** `keep`: how many traces; the oldest goes first. Default 100. */
  constructor({ keep = 100 }: { readonly keep?: number } = {}) {
    this.#keep = keep;
  }

  /** The seed's `result.trace`; undefined for a trace that never was, or is no longer kept. */
  get(traceId: string): Trace | undefined {
    return this.#traces.get(traceId);
  }

  /** The oldest first. */
  get traces(): readonly Trace[] {
    return [...this.#traces.values()];
  }

  clear(): void {
    this.#traces.clear();
  }

  onTraceStart(trace: Trace): void {
    this.#traces.delete(trace.traceId);
    this.#traces.set(trace.traceId, trace);
    for (const oldest of this.#traces.keys()) {
      if (this.#traces.size <= this.#keep) break;
      this.#traces.delete(oldest);
    }
  }
}
