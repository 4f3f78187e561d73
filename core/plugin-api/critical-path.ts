/** Which spans a trace waited for. The host has reckoned it with the trace; here they are put in order. */
import type { SpanView, TraceView } from './views.ts';

/** The spans of the critical path by their start; needs `timing` in `reads`. */
export function criticalPath(trace: TraceView): readonly (SpanView & { readonly criticalMs: number })[] {
  return trace.spans.filter(isCritical).sort((a, b) => (a.startUs ?? 0) - (b.startUs ?? 0));
}

function isCritical(span: SpanView): span is SpanView & { readonly criticalMs: number } {
  return (span.criticalMs ?? 0) > 0;
}
