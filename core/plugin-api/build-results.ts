/** Results in few words. Each function only lays its arguments together; the host checks what comes out. */
import type { Severity } from '../model/diagnostic.ts';
import type {
  AlertResult,
  AnnotationsResult,
  FlameResult,
  GraphResult,
  MarkdownResult,
  ResultCell,
  SeriesResult,
  TableResult,
} from './results.ts';

type Column = TableResult['columns'][number];
type Mark = AnnotationsResult['marks'][number];

/** A column of a table: `col('time', 'number', 'ms')`. */
export function col(key: string, type: Column['type'] = 'text', unit?: string): Column {
  return { key, type, ...(unit !== undefined && { unit }) };
}

export function table(columns: readonly Column[], rows: readonly (readonly ResultCell[])[]): TableResult {
  return { kind: 'table', columns, rows };
}

/** Bars or a line over pairs, such as those of a map. */
export function series(
  shape: SeriesResult['shape'],
  pairs: Iterable<readonly [x: string | number, y: number]>,
): SeriesResult {
  return { kind: 'series', shape, points: Array.from(pairs, ([x, y]) => ({ x, y })) };
}

/** A graph of its edges: its nodes are what they lead from and to. */
export function graph(edges: readonly (readonly [from: string, to: string, weight: number])[]): GraphResult {
  const nodes = [...new Set(edges.flatMap(([from, to]) => [from, to]))];
  return { kind: 'graph', nodes, edges: edges.map(([from, to, weight]) => ({ from, to, weight })) };
}

export function markdown(text: string): MarkdownResult {
  return { kind: 'markdown', text };
}

/** What a person should know of a trace. Of more than 100 spans the first 100 are named. */
export function alert(told: Omit<AlertResult, 'kind' | 'severity'> & { severity?: Severity }): AlertResult {
  const { spanIds, severity = 'warning', ...rest } = told;
  return { kind: 'alert', severity, ...rest, ...(spanIds && { spanIds: spanIds.slice(0, 100) }) };
}

/** Marks on spans. */
export function annotations(marks: readonly Mark[]): AnnotationsResult {
  return { kind: 'annotations', marks };
}

/** One mark on one span. */
export function annotate(
  traceId: string,
  spanId: string,
  told: { readonly badge: string; readonly text: string; readonly severity?: Severity },
): AnnotationsResult {
  return annotations([{ traceId, spanId, severity: 'info', ...told }]);
}

/** A measure of the flame graph: pairs of a span's id and its value. */
export function flame(
  traceId: string,
  unit: string,
  pairs: Iterable<readonly [spanId: string, value: number]>,
): FlameResult {
  return {
    kind: 'flame',
    traceId,
    unit,
    values: Array.from(pairs, ([spanId, value]) => ({ spanId, value })),
  };
}
