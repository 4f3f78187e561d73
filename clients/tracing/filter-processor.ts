/** Stands before other processors and decides what they see. */
import type { TracingProcessor } from './processor.ts';
import type { Span } from './span.ts';
import type { Trace } from './trace.ts';

/** `undefined` hides a trace or a span from the processors behind. */
export interface Filter {
  readonly trace: (trace: Trace) => Trace | undefined;
  readonly span: (span: Span) => Span | undefined;
}

export type NextProcessors = TracingProcessor | readonly TracingProcessor[];

/** A processor that hands on what its filter lets through. */
export class FilterProcessor implements TracingProcessor {
  readonly #next: readonly TracingProcessor[];
  readonly #filter: Filter;

  constructor(next: NextProcessors, filter: Filter) {
    this.#next = 'length' in next ? next : [next];
    this.#filter = filter;
  }

  get collectsSpans(): boolean {
    return this.#next.some((each) => each.collectsSpans === true || each.processTrace !== undefined);
  }

  start(): void {
    for (const each of this.#next) each.start?.();
  }
  onTraceStart(trace: Trace): unknown {
    const seen = this.#filter.trace(trace);
    return seen && this.#tell((each) => each.onTraceStart?.(seen));
  }
  onTraceEnd(trace: Trace): unknown {
    const seen = this.#filter.trace(trace);
    return seen && this.#tell((each) => each.onTraceEnd?.(seen));
  }
  onSpanStart(span: Span): unknown {
    const seen = this.#filter.span(span);
    return seen && this.#tell((each) => each.onSpanStart?.(seen));
  }
  onSpanEnd(span: Span): unknown {
    const seen = this.#filter.span(span);
    return seen && this.#tell((each) => each.onSpanEnd?.(seen));
  }
  async processTrace(trace: Trace): Promise<void> {
    const seen = this.#filter.trace(trace);
    if (seen === undefined) return;
    const spans = trace.spans.flatMap((span) => this.#filter.span(span) ?? []);
    await Promise.all(this.#next.map((each) => each.processTrace?.(seen.copyWith({ spans }))));
  }
  /** A promise where some processor gave one, so that what it rejects with is met. */
  #tell(tell: (each: TracingProcessor) => unknown): unknown {
    const promises = this.#next.map(tell).filter((result) => result instanceof Promise);
    return promises.length === 0 ? undefined : Promise.all(promises);
  }

  async forceFlush(): Promise<void> {
    await Promise.all(this.#next.map((each) => each.forceFlush?.()));
  }
  async shutdown(timeoutMs?: number): Promise<void> {
    await Promise.all(this.#next.map((each) => each.shutdown?.(timeoutMs)));
  }
}
