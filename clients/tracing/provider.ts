/** Makes traces and spans, and knows who listens to them. */
import { isDisabledByEnvironment, readRunConfig, type RunConfig } from './config.ts';
import { getCurrentTraceContext } from './context.ts';
import type { SpanData } from './define-span-data.ts';
import { MultiTracingProcessor } from './dispatcher.ts';
import { NoopSpan, NoopTrace } from './noop.ts';
import { Span } from './span.ts';
import { Trace } from './trace.ts';
import type { TracingProcessor } from './processor.ts';

/** Where a span stands, and when it began if not now. Every option works in both spellings. */
export interface SpanPlace {
  readonly parent?: Span | Trace | undefined;
  readonly spanId?: string | undefined;
  readonly span_id?: string | undefined;
  /** For a parent in another process. */
  readonly parentId?: string | undefined;
  readonly parent_id?: string | undefined;
  readonly startedAt?: string | Date | undefined;
  readonly started_at?: string | Date | undefined;
  readonly endedAt?: string | Date | undefined;
  readonly ended_at?: string | Date | undefined;
  /** True: this span and all in it are not kept. */
  readonly disabled?: boolean | undefined;
}

/** One place where traces begin. Programs use the global one; tests may make their own. */
export class TraceProvider {
  readonly #dispatcher = new MultiTracingProcessor();
  #disabled: boolean | undefined;

  /** Tracing is off: the program said so, or else the environment. */
  get disabled(): boolean {
    return (this.#disabled ??= isDisabledByEnvironment());
  }
  get processors(): readonly TracingProcessor[] {
    return this.#dispatcher.processors;
  }

  /** Beats the environment. */
  setDisabled(disabled: boolean): void {
    this.#disabled = disabled;
  }
  registerProcessor(processor: TracingProcessor): void {
    this.#dispatcher.addTraceProcessor(processor);
  }
  setProcessors(processors: readonly TracingProcessor[]): void {
    this.#dispatcher.setProcessors(processors);
  }

  /** Not started yet. */
  createTrace(config: RunConfig): Trace {
    if (this.disabled) return new NoopTrace();
    const { disabled, ...init } = readRunConfig(config);
    return disabled ? new NoopTrace() : new Trace(init, this.#dispatcher);
  }

  /** Whether a span made there would be kept. */
  isKept(place: SpanPlace, given?: Span | Trace): boolean {
    return this.#findPlace(place, given) !== undefined;
  }

  /** Not started yet. Without a trace around it, it isn't kept. */
  createSpan<D extends SpanData>(data: D, place: SpanPlace = {}, given?: Span | Trace): Span<D> {
    const around = this.#findPlace(place, given);
    if (around === undefined) return new NoopSpan(data);
    return new Span({
      trace: around instanceof Span ? around.trace : around,
      parent: around instanceof Span ? around : undefined,
      data,
      parentId: place.parentId ?? place.parent_id,
      spanId: place.spanId ?? place.span_id,
      startedAt: place.startedAt ?? place.started_at,
      endedAt: place.endedAt ?? place.ended_at,
    });
  }

  /** What a new span would stand in; undefined where it isn't kept. */
  #findPlace(place: SpanPlace, given: Span | Trace | undefined): Span | Trace | undefined {
    if (this.disabled || place.disabled === true) return undefined;
    const around = given ?? place.parent ?? getCurrentTraceContext();
    return around?.isRecording === true ? around : undefined;
  }

  /** Resolves when every processor has handed on what it had. */
  async forceFlush(): Promise<void> {
    await this.#dispatcher.forceFlush();
  }
  async shutdown(timeoutMs?: number): Promise<void> {
    await this.#dispatcher.shutdown(timeoutMs);
  }
}

const provider = new TraceProvider();

/** The one that all functions of this library use. */
export function getGlobalTraceProvider(): TraceProvider {
  return provider;
}
