/** Which tools take the time, as a table, and an alert for each trace in which one took too long. */
import { definePlugin, type AlertResult, type SpanView, type TableResult } from 'tracebench/plugin';

interface Call {
  readonly tool: string;
  readonly durationMs: number;
}

interface SlowTrace {
  readonly traceId: string;
  readonly spanIds: readonly string[];
  readonly longestMs: number;
}

const isTool = ({ kind }: SpanView): boolean => kind === 'function';

export const plugin = definePlugin<{ readonly times: readonly Call[]; readonly slow: SlowTrace }>({
  analyses: {
    times: {
      map: ({ spans }) =>
        spans.filter(isTool).map(({ name, durationMs = 0 }) => ({ tool: name, durationMs })),
      reduce(parts): TableResult {
        const byTool = new Map<string, { calls: number; totalMs: number; longestMs: number }>();
        for (const { tool, durationMs } of parts.flat()) {
          const known = byTool.get(tool) ?? { calls: 0, totalMs: 0, longestMs: 0 };
          known.calls += 1;
          known.totalMs += durationMs;
          known.longestMs = Math.max(known.longestMs, durationMs);
          byTool.set(tool, known);
        }
        return {
          kind: 'table',
          columns: [
            { key: 'tool', type: 'text' },
            { key: 'calls', type: 'number' },
            { key: 'total', type: 'number', unit: 'ms' },
            { key: 'longest', type: 'number', unit: 'ms' },
          ],
          rows: [...byTool]
            .sort(([, a], [, b]) => b.totalMs - a.totalMs)
            .map(([tool, { calls, totalMs, longestMs }]) => [tool, calls, totalMs, longestMs]),
        };
      },
    },
    slow: {
      map({ id, spans }, { settings }) {
        const slow = spans.filter(
          (span) => isTool(span) && (span.durationMs ?? 0) >= Number(settings.limitMs),
        );
        if (slow.length === 0) return undefined;
        const longestMs = Math.max(...slow.map(({ durationMs = 0 }) => durationMs));
        return { traceId: id, spanIds: slow.slice(0, 100).map((span) => span.id), longestMs };
      },
      reduce: (parts): readonly AlertResult[] =>
        parts.map(({ traceId, spanIds, longestMs }) => ({
          kind: 'alert',
          code: 'slow-tool',
          severity: 'warning',
          traceId,
          spanIds,
          message: `A tool took ${String(Math.round(longestMs))} ms.`,
        })),
    },
  },
});
