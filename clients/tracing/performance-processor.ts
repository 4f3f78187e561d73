/** Counts and times spans by kind, and tells of slow ones. */
import type { TracingProcessor } from './processor.ts';
import type { Span } from './span.ts';

export interface KindTimes {
  readonly count: number;
  readonly totalMs: number;
  readonly maxMs: number;
  readonly errors: number;
}

export interface PerformanceOptions {
  /** Milliseconds from which a span is slow. Default 5,000. */
  readonly slowMs?: number | undefined;
  readonly onSlow?: ((span: Span) => void) | undefined;
}

/**
 * @example
 * const performance = new PerformanceProcessor({ slowMs: 2000, onSlow: (span) => console.warn(span.name) });
 * addTraceProcessor(performance);
 */
export class PerformanceProcessor implements TracingProcessor {
  readonly #options: PerformanceOptions;
  readonly #kinds = new Map<string, KindTimes>();

  constructor(options: PerformanceOptions = {}) {
    this.#options = options;
  }

  /** By kind, so far. */
  get metrics(): Readonly<Record<string, KindTimes>> {
    return Object.fromEntries(this.#kinds);
  }

  onSpanEnd(span: Span): void {
    const ms = span.duration ?? 0;
    const { type } = span.spanData;
    const known = this.#kinds.get(type) ?? { count: 0, totalMs: 0, maxMs: 0, errors: 0 };
    this.#kinds.set(type, {
      count: known.count + 1,
      totalMs: known.totalMs + ms,
      maxMs: Math.max(known.maxMs, ms),
      errors: known.errors + (span.error === null ? 0 : 1),
    });
    if (ms >= (this.#options.slowMs ?? 5000)) this.#options.onSlow?.(span);
  }
}
