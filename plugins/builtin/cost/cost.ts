/**
 * What spans cost as values of their own, and budgets. The prices are applied by the host and read here as `costUsd`:
 * the table is 380 KB, and the same figures stand in the list, the flame graph and the queries.
 */
import {
  alert,
  definePlugin,
  formatMoney,
  maxBy,
  type AlertResult,
  type Settings,
  type TableResult,
  type TraceView,
} from 'tracebench/plugin';

/** The limit of one trace; undefined: none. */
function findLimit({ workflowName }: TraceView, settings: Settings): number | undefined {
  const lines: readonly unknown[] = Array.isArray(settings.workflowUsd) ? settings.workflowUsd : [];
  for (const line of lines) {
    if (typeof line !== 'string') continue;
    const split = line.lastIndexOf('=');
    const usd = Number(line.slice(split + 1).replace('$', ''));
    if (split > 0 && line.slice(0, split).trim() === workflowName && Number.isFinite(usd)) return usd;
  }
  const usd = Number(settings.traceUsd);
  return usd > 0 ? usd : undefined;
}

function watchTrace(trace: TraceView, settings: Settings): readonly AlertResult[] {
  const limit = findLimit(trace, settings);
  const { costUsd: usd = 0, unpricedCalls = 0 } = trace;
  if (limit === undefined || usd <= limit) return [];
  const worst = maxBy(trace.spans, ({ costUsd = 0 }) => costUsd);
  const more = unpricedCalls > 0 ? ` ${unpricedCalls} more calls have no price.` : '';
  return [
    alert({
      code: 'over-budget',
      severity: 'warning',
      traceId: trace.id,
      message: `It cost ${formatMoney(usd)}, and ${formatMoney(limit)} are its budget.${more}`,
      ...(worst !== undefined && {
        spanIds: [worst.id],
        advice: `"${worst.name}" cost the most: ${formatMoney(worst.costUsd ?? 0)}.`,
      }),
    }),
  ];
}

/** What traces of one day and workflow came to. */
interface Spent {
  readonly day: string;
  readonly workflow: string;
  readonly traces: number;
  readonly usd: number;
  readonly unpriced: number;
  /** The dearest, to name one. */
  readonly traceId: string;
  readonly worstUsd: number;
}

function addUp(spent: readonly Spent[], keyOf: (each: Spent) => string): readonly Spent[] {
  const sums = new Map<string, Spent>();
  for (const each of spent) {
    const key = keyOf(each);
    const sum = sums.get(key);
    const worst = sum === undefined || each.worstUsd > sum.worstUsd ? each : sum;
    sums.set(key, {
      ...worst,
      traces: (sum?.traces ?? 0) + each.traces,
      usd: (sum?.usd ?? 0) + each.usd,
      unpriced: (sum?.unpriced ?? 0) + each.unpriced,
    });
  }
  return [...sums.values()];
}

function tableOf(spent: readonly Spent[]): TableResult {
  const dearestFirst = [...spent].sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : b.usd - a.usd));
  return {
    kind: 'table',
    columns: [
      { key: 'day', type: 'text' },
      { key: 'workflow', type: 'text' },
      { key: 'traces', type: 'number' },
      { key: 'cost', type: 'number', unit: 'USD' },
      { key: 'calls without a price', type: 'number' },
      { key: 'dearest trace', type: 'trace' },
    ],
    rows: dearestFirst
      .slice(0, MOST_ROWS)
      .map(({ day, workflow, traces, usd, unpriced, traceId }) => [
        ...[day, workflow, traces, usd, unpriced],
        traceId,
      ]),
  };
}

const MOST_ROWS = 1000;

/** The dearest trace of a day stands for it. */
function watchDays(days: readonly Spent[], settings: Settings): readonly AlertResult[] {
  const limit = Number(settings.dayUsd);
  const over = limit > 0 ? days.filter(({ usd }) => usd > limit) : [];
  return over.map(({ day, traces, usd, traceId }) =>
    alert({
      code: 'day-over-budget',
      severity: 'warning',
      traceId,
      message: `The ${traces} traces of ${day} cost ${formatMoney(usd)}, and ${formatMoney(limit)} are the budget of a day.`,
      advice: 'This trace cost the most of them.',
    }),
  );
}

export const plugin = definePlugin<{ readonly spending: Spent }>({
  enrich: ({ costUsd }) => (costUsd === undefined ? undefined : { 'cost.usd': costUsd }),
  processTrace: (trace, { settings }) => watchTrace(trace, settings),
  analyses: {
    spending: {
      map: ({ id, startedAt, workflowName, costUsd = 0, unpricedCalls = 0 }) => ({
        day: startedAt.slice(0, 10),
        workflow: workflowName,
        traces: 1,
        usd: costUsd,
        unpriced: unpricedCalls,
        traceId: id,
        worstUsd: costUsd,
      }),
      reduce: (parts, { settings }) => {
        const byDay = addUp(parts, ({ day }) => day);
        const spent = addUp(parts, ({ day, workflow }) => JSON.stringify([day, workflow]));
        return [tableOf(spent), ...watchDays(byDay, settings)];
      },
    },
  },
});
