/** Tells the processors, one after another. What one of them throws stays here. */
import { unreferenced } from '../workbench/unreferenced.ts';
import { warn } from '../workbench/notice.ts';
import type { TracingProcessor } from './processor.ts';
import type { Span } from './span.ts';
import type { Trace } from './trace.ts';

export interface Dispatcher {
  /** Some processor wants `trace.spans`. */
  readonly collects: boolean;
  traceStarted(trace: Trace): void;
  traceEnded(trace: Trace): void;
  spanStarted(span: Span): void;
  spanEnded(span: Span): void;
}

const nothing = (): void => {};
export const silentDispatcher: Dispatcher = {
  collects: false,
  traceStarted: nothing,
  traceEnded: nothing,
  spanStarted: nothing,
  spanEnded: nothing,
};

/** How long `processTrace` waits for spans that end after their trace. */
const LATE_MS = 1000;

/** Several processors as one. A processor's fault never reaches the traced program. */
export class MultiTracingProcessor implements Dispatcher, TracingProcessor {
  #processors: readonly TracingProcessor[] = [];
  /** Traces that ended while spans of theirs ran. */
  readonly #late = new Map<Trace, ReturnType<typeof setTimeout>>();
  readonly #faulty = new WeakSet<TracingProcessor>();
  collects = false;

  get processors(): readonly TracingProcessor[] {
    return this.#processors;
  }

  addTraceProcessor(processor: TracingProcessor): void {
    this.#set([...this.#processors, processor]);
    this.#call(processor, () => processor.start?.());
  }

  /** Replaces all of them; those that go are shut down. */
  setProcessors(processors: readonly TracingProcessor[]): void {
    const gone = this.#processors.filter((processor) => !processors.includes(processor));
    const added = processors.filter((processor) => !this.#processors.includes(processor));
    this.#set([...processors]);
    for (const processor of gone) this.#call(processor, () => processor.shutdown?.());
    for (const processor of added) this.#call(processor, () => processor.start?.());
  }

  #set(processors: readonly TracingProcessor[]): void {
    this.#processors = processors;
    this.collects = processors.some((each) => each.collectsSpans === true || each.processTrace !== undefined);
  }

  traceStarted(trace: Trace): void {
    for (const processor of this.#processors) this.#call(processor, () => processor.onTraceStart?.(trace));
  }

  traceEnded(trace: Trace): void {
    for (const processor of this.#processors) this.#call(processor, () => processor.onTraceEnd?.(trace));
    if (!this.collects) return;
    if (trace.openSpans === 0) this.#processTrace(trace);
    else this.#late.set(trace, unreferenced(setTimeout(() => this.#processTrace(trace), LATE_MS)));
  }

  // These two run for every span: no closures.
  spanStarted(span: Span): void {
    for (const processor of this.#processors) {
      try {
        this.#watch(processor, processor.onSpanStart?.(span));
      } catch (error) {
        this.#blame(processor, error);
      }
    }
  }

  spanEnded(span: Span): void {
    for (const processor of this.#processors) {
      try {
        this.#watch(processor, processor.onSpanEnd?.(span));
      } catch (error) {
        this.#blame(processor, error);
      }
    }
    if (this.#late.size > 0 && this.#late.has(span.trace) && span.trace.openSpans === 0) {
      this.#processTrace(span.trace);
    }
  }

  async forceFlush(): Promise<void> {
    for (const trace of [...this.#late.keys()]) this.#processTrace(trace);
    await Promise.all(this.#processors.map((each) => this.#ask(each, () => each.forceFlush?.())));
  }

  async shutdown(timeoutMs?: number): Promise<void> {
    for (const trace of [...this.#late.keys()]) this.#processTrace(trace);
    await Promise.all(this.#processors.map((each) => this.#ask(each, () => each.shutdown?.(timeoutMs))));
  }

  #processTrace(trace: Trace): void {
    clearTimeout(this.#late.get(trace));
    this.#late.delete(trace);
    for (const processor of this.#processors) this.#call(processor, () => processor.processTrace?.(trace));
  }

  #call(processor: TracingProcessor, tell: () => unknown): void {
    try {
      this.#watch(processor, tell());
    } catch (error) {
      this.#blame(processor, error);
    }
  }

  async #ask(processor: TracingProcessor, tell: () => unknown): Promise<void> {
    try {
      await tell();
    } catch (error) {
      this.#blame(processor, error);
    }
  }

  #watch(processor: TracingProcessor, result: unknown): void {
    if (result instanceof Promise) result.catch((error: unknown) => this.#blame(processor, error));
  }

  /** Once a processor. */
  #blame(processor: TracingProcessor, error: unknown): void {
    if (this.#faulty.has(processor)) return;
    this.#faulty.add(processor);
    const reason = error instanceof Error ? error.message : String(error);
    warn(
      `Tracebench: a trace processor (${processor.constructor.name}) failed and may miss spans: ${reason}`,
    );
  }
}
