/** An alert: says once for each trace that it used more than it may, and which span used the most. */
import { alert, definePlugin, formatNumber, maxBy } from 'tracebench/plugin';

const SEVERITIES = ['info', 'warning', 'error'] as const;

export const plugin = definePlugin({
  onTraceEnd(trace, { settings }) {
    const budget = Number(settings.tokens);
    const used = trace.totalTokens ?? 0;
    if (used <= budget) return undefined;
    const worst = maxBy(
      trace.spans.filter((span) => span.countsTokens),
      (span) => (span.inputTokens ?? 0) + (span.outputTokens ?? 0),
    );
    return alert({
      code: 'token-budget',
      severity: SEVERITIES.find((each) => each === settings.severity) ?? 'warning',
      traceId: trace.id,
      message: `${trace.workflowName} used ${formatNumber(used)} tokens, and ${formatNumber(budget)} are its budget.`,
      ...(worst !== undefined && { spanIds: [worst.id], advice: `${worst.name} used the most of them.` }),
    });
  },
});
