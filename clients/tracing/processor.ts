/** What listens to traces and spans, and what a batch of them is handed to. */
import type { Span } from './span.ts';
import type { Trace } from './trace.ts';

/**
 * Told of every trace and span as it starts and ends. All members may be missing. What one throws, or rejects
 * with, never reaches the traced program: it is told once on the console.
 *
 * @example
 * addTraceProcessor({ onSpanEnd: (span) => names.push(span.name) });
 */
export interface TracingProcessor {
  /** Called when it is added. */
  start?(): void;
  onTraceStart?(trace: Trace): unknown;
  onTraceEnd?(trace: Trace): unknown;
  onSpanStart?(span: Span): unknown;
  onSpanEnd?(span: Span): unknown;
  /** Called once for each trace, after its end, with `trace.spans` filled. */
  processTrace?(trace: Trace): unknown;
  /** Resolves when everything so far has left the process. */
  forceFlush?(): unknown;
  /** The end: flushes and takes nothing more. */
  shutdown?(timeoutMs?: number): unknown;
  /** True asks that `trace.spans` be filled while the trace runs. */
  readonly collectsSpans?: boolean;
}

/** Takes batches: wrapped into a `BatchProcessor` when it is added as a processor. */
export interface TracingExporter {
  export(items: readonly (Trace | Span)[], signal?: AbortSignal): unknown;
}
