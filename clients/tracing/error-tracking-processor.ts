/** Keeps the newest errors and counts all of them. */
import type { TracingProcessor } from './processor.ts';
import type { Span } from './span.ts';

export interface TrackedError {
  readonly traceId: string;
  readonly spanId: string;
  readonly type: string;
  readonly name: string;
  readonly message: string;
  /** ISO 8601, the end of the span. */
  readonly at: string | null;
}

export interface ErrorTrackingOptions {
  /** How many are kept. Default 100. */
  readonly keep?: number | undefined;
  readonly onError?: ((error: TrackedError) => void) | undefined;
}

/**
 * @example
 * const errors = new ErrorTrackingProcessor({ onError: (error) => console.error(error.message) });
 * addTraceProcessor(errors);
 */
export class ErrorTrackingProcessor implements TracingProcessor {
  readonly #options: ErrorTrackingOptions;
  #errors: TrackedError[] = [];
  /** All of them, kept or not. */
  count = 0;

  constructor(options: ErrorTrackingOptions = {}) {
    this.#options = options;
  }

  /** The newest, in order. */
  get errors(): readonly TrackedError[] {
    return this.#errors;
  }

  onSpanEnd(span: Span): void {
    if (span.error === null) return;
    const { traceId, spanId, name, endedAt } = span;
    const error = {
      traceId,
      spanId,
      type: span.spanData.type,
      name,
      message: span.error.message,
      at: endedAt,
    };
    this.count++;
    this.#errors = [...this.#errors, error].slice(-(this.#options.keep ?? 100));
    this.#options.onError?.(error);
  }
}
