/** A processor: looks at each trace when it has ended, and marks the tool calls that were tried again. */
import { annotations, definePlugin, type SpanView, type TraceView } from 'tracebench/plugin';

/** How often the tool of a span was called before it under the same parent, each time in vain. */
function attemptOf(trace: TraceView, span: SpanView): number {
  const before = trace.spans.filter(
    (each) =>
      each.kind === 'function' &&
      each.parentId === span.parentId &&
      each.name === span.name &&
      (each.startUs ?? 0) < (span.startUs ?? 0),
  );
  return before.length > 0 && before.every((each) => each.hasError) ? before.length + 1 : 1;
}

export const plugin = definePlugin({
  processTrace(trace) {
    const marks = trace.spans
      .filter((span) => span.kind === 'function')
      .map((span) => ({ span, attempt: attemptOf(trace, span) }))
      .filter(({ attempt }) => attempt > 1)
      .map(({ span, attempt }) => ({
        traceId: trace.id,
        spanId: span.id,
        badge: 'retry',
        severity: 'info' as const,
        text: `${span.name} was tried for the ${String(attempt)}. time.`,
      }));
    return marks.length === 0 ? undefined : annotations(marks);
  },
  enrich(span, { trace }) {
    return span.kind === 'function' ? { 'retries.attempt': attemptOf(trace, span) } : undefined;
  },
});
