/** What results may speak of: the traces that a plugin was given, and their spans. */
import type { KnownIds } from '../../../core/plugin-api/check-result.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import type { TraceSummary } from '../../../core/model/trace-summary.ts';

/** Of traces that are open. */
export function knowTraces(
  traces: readonly { readonly summary: TraceSummary; readonly spans: SpanTable }[],
): KnownIds {
  const byId = new Map(traces.map((trace) => [trace.summary.id, trace]));
  return knowIds(
    (traceId) => byId.has(traceId),
    (traceId) => byId.get(traceId)?.spans,
  );
}

/** Ids of spans are laid out a trace at a time: results speak of one trace after the other. */
export function knowIds(
  hasTrace: (traceId: string) => boolean,
  spansOf: (traceId: string) => SpanTable | undefined,
): KnownIds {
  let last: { readonly traceId: string; readonly spanIds: ReadonlySet<string> } | undefined;
  return {
    hasTrace,
    hasSpan: (traceId, spanId) => {
      if (last?.traceId !== traceId) {
        const spans = spansOf(traceId);
        const ids = Array.from({ length: spans?.length ?? 0 }, (_, row) => spans?.spanId(row) ?? '');
        last = { traceId, spanIds: new Set(ids) };
      }
      return last.spanIds.has(spanId);
    },
  };
}
