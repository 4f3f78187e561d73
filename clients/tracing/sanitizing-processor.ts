/** Takes secrets and personal data out of what the processors behind it see. */
import type { SpanData } from './define-span-data.ts';
import { FilterProcessor, type NextProcessors } from './filter-processor.ts';
import { redactSensitiveText, SENSITIVE_PATTERNS, type SensitivePattern } from './sensitive-patterns.ts';
import type { Span } from './span.ts';
import type { TraceItem } from './trace.ts';

export interface SanitizingOptions {
  readonly next: NextProcessors;
  /** Instead of ours. */
  readonly patterns?: readonly SensitivePattern[] | undefined;
}

/**
 * Hands on copies without e-mail addresses, numbers of cards and the like; the program's own spans stay as they are.
 *
 * @example
 * addTraceProcessor(new SanitizingProcessor({ next: new ConsoleProcessor() }));
 */
export class SanitizingProcessor extends FilterProcessor {
  constructor({ next, patterns = SENSITIVE_PATTERNS }: SanitizingOptions) {
    const clean = (value: unknown): unknown => redactSensitiveText(value, patterns);
    super(next, {
      trace: (trace) => trace.copyWith({ metadata: clean(trace.metadata) as TraceItem['metadata'] }),
      span: (span) =>
        span.copyWith({ data: cleanData(span.spanData, clean), error: clean(span.error) as Span['error'] }),
    });
  }
}

/** Keeps the class, and with it all spellings. */
function cleanData(data: SpanData, clean: (value: unknown) => unknown): SpanData {
  const copy = Object.create(Object.getPrototypeOf(data) as object) as SpanData;
  return Object.assign(copy, clean({ ...data }));
}
