/** Decides who may see what: whole traces, and the data of single spans. */
import { FilterProcessor, type NextProcessors } from './filter-processor.ts';
import type { Span } from './span.ts';
import type { Trace } from './trace.ts';

export interface AccessControlOptions {
  readonly next: NextProcessors;
  /** False hides the trace with all its spans. Default: all may be seen. */
  readonly allowTrace?: ((trace: Trace) => boolean) | undefined;
  /** False leaves of the span its kind, its name and its times. Default: all may be seen. */
  readonly allowData?: ((span: Span) => boolean) | undefined;
}

/**
 * @example
 * addTraceProcessor(
 *   new AccessControlProcessor({
 *     allowTrace: (trace) => trace.metadata['tenant'] !== 'secret',
 *     allowData: (span) => span.spanData.type !== 'function',
 *     next: new ConsoleProcessor(),
 *   }),
 * );
 */
export class AccessControlProcessor extends FilterProcessor {
  constructor({ next, allowTrace = () => true, allowData = () => true }: AccessControlOptions) {
    super(next, {
      trace: (trace) => (allowTrace(trace) ? trace : undefined),
      span: (span) => {
        if (!allowTrace(span.trace)) return undefined;
        return allowData(span) ? span : withoutData(span);
      },
    });
  }
}

function withoutData(span: Span): Span {
  const { type } = span.spanData;
  const data = { type, name: span.name };
  return span.copyWith({ data, error: span.error === null ? null : { message: 'not shown' } });
}
