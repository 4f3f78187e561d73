/** What a run answered, in the order it is shown: what is drawn one by one, and what is said of traces as tables. */
import type {
  AlertResult,
  AnnotationsResult,
  FlameResult,
  GraphResult,
  MarkdownResult,
  SeriesResult,
} from '../../../core/plugin-api/results.ts';
import type { NamedResult } from '../../../core/rpc/plugins.ts';
import type { ShownTable } from './result-table.ts';

export type ResultBlock = { readonly title: string } & (
  | { readonly kind: 'table'; readonly table: ShownTable }
  | { readonly kind: 'series'; readonly series: SeriesResult }
  | { readonly kind: 'graph'; readonly graph: GraphResult }
  | { readonly kind: 'markdown'; readonly markdown: MarkdownResult }
);

/** Figures first, then what is said of single traces: alerts, marks and measures, each as one table. */
export function layBlocks(results: readonly NamedResult[]): readonly ResultBlock[] {
  const blocks: ResultBlock[] = [];
  const alerts: AlertResult[] = [];
  const marks: AnnotationsResult['marks'][number][] = [];
  const flames: FlameResult[] = [];
  for (const result of results) {
    const { analysis: title } = result;
    switch (result.kind) {
      case 'table':
        blocks.push({ kind: 'table', title, table: result });
        break;
      case 'series':
        blocks.push({ kind: 'series', title, series: result });
        break;
      case 'graph':
        blocks.push({ kind: 'graph', title, graph: result });
        break;
      case 'markdown':
        blocks.push({ kind: 'markdown', title, markdown: result });
        break;
      case 'alert':
        alerts.push(result);
        break;
      case 'annotations':
        for (const mark of result.marks) marks.push(mark);
        break;
      case 'flame':
        flames.push(result);
        break;
    }
  }
  return [...blocks, ...alertBlock(alerts), ...markBlock(marks), ...flameBlock(flames)];
}

function alertBlock(alerts: readonly AlertResult[]): readonly ResultBlock[] {
  if (alerts.length === 0) return [];
  const table: ShownTable = {
    columns: [
      { key: 'severity', type: 'text' },
      { key: 'message', type: 'text' },
      { key: 'trace', type: 'trace' },
      { key: 'spans', type: 'number' },
    ],
    rows: alerts.map(({ severity, message, traceId, spanIds = [] }) => [
      severity,
      message,
      traceId,
      spanIds.length,
    ]),
  };
  return [{ kind: 'table', title: 'Alerts', table }];
}

function markBlock(marks: AnnotationsResult['marks']): readonly ResultBlock[] {
  if (marks.length === 0) return [];
  const table: ShownTable = {
    columns: [
      { key: 'badge', type: 'text' },
      { key: 'what it says', type: 'text' },
      { key: 'span', type: 'text' },
      { key: 'trace', type: 'trace' },
    ],
    rows: marks.map(({ badge, text, spanId, traceId }) => [badge, text, spanId, traceId]),
  };
  return [{ kind: 'table', title: 'Marks on spans', table }];
}

function flameBlock(flames: readonly FlameResult[]): readonly ResultBlock[] {
  if (flames.length === 0) return [];
  const table: ShownTable = {
    columns: [
      { key: 'trace', type: 'trace' },
      { key: 'spans', type: 'number' },
      { key: 'sum', type: 'number' },
      { key: 'unit', type: 'text' },
    ],
    rows: flames.map(({ traceId, values, unit }) => [
      traceId,
      values.length,
      values.reduce((sum, { value }) => sum + value, 0),
      unit,
    ]),
  };
  return [{ kind: 'table', title: 'Measures of the flame graph', table }];
}
