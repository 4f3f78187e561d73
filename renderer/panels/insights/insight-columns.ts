/** The columns of the tables by agent, model and so on: what stands in each, and how it is drawn as a chart. */
import { writeCsvRow } from '../../../core/writers/csv.ts';
import type { InsightRow, InsightTable } from '../../../core/rpc/corpus.ts';
import { formatExactUsd, formatUsd } from '../../format/cost.ts';
import { formatCount, formatShare } from '../../format/count.ts';
import { formatDuration, formatExactDuration } from '../../format/duration.ts';
import { COUNTED, rowName } from './insight-words.ts';

export interface InsightColumn {
  readonly id:
    'count' | 'failed' | 'rate' | 'p50' | 'p95' | 'p99' | 'total' | 'input' | 'output' | 'cost' | 'traces';
  readonly label: string;
  readonly title: string;
  /** NaN: unknown. */
  readonly value: (row: InsightRow) => number;
  /** Of the value, in words. */
  readonly text: (value: number) => string;
  readonly exact?: (value: number) => string;
  /** The part of the bar that is drawn red. */
  readonly part?: (row: InsightRow) => number;
}

export type ColumnId = InsightColumn['id'];

const share = (value: number): string => (value === 0 ? '0 %' : formatShare(value, 1));

export const INSIGHT_COLUMNS: readonly InsightColumn[] = [
  {
    ...{ id: 'count', label: 'Count', title: 'How many; in red those that failed' },
    value: ({ count }) => count,
    text: formatCount,
    part: ({ failed }) => failed,
  },
  {
    ...{ id: 'failed', label: 'Failed', title: 'How many of them failed' },
    value: ({ failed }) => failed,
    text: formatCount,
    part: ({ failed }) => failed,
  },
  {
    ...{ id: 'rate', label: 'Error rate', title: 'Share of them that failed' },
    value: ({ failed, count }) => (count === 0 ? Number.NaN : failed / count),
    text: share,
    part: ({ failed, count }) => (count === 0 ? 0 : failed / count),
  },
  time('p50', 'p50', 'Half of them took no longer', ({ durations }) => durations.p50Us),
  time('p95', 'p95', '95 percent of them took no longer', ({ durations }) => durations.p95Us),
  time('p99', 'p99', '99 percent of them took no longer', ({ durations }) => durations.p99Us),
  time('total', 'Total time', 'Sum of the durations', ({ durations }) =>
    durations.known === 0 ? null : durations.totalUs,
  ),
  {
    ...{ id: 'input', label: 'Tokens in', title: 'Tokens that were sent, counted once a branch' },
    value: ({ tokens }) => tokens.input,
    text: formatCount,
  },
  {
    ...{ id: 'output', label: 'Tokens out', title: 'Tokens that came back' },
    value: ({ tokens }) => tokens.output,
    text: formatCount,
  },
  {
    ...{ id: 'cost', label: 'Cost', title: 'An estimate of the calls that have a price' },
    value: ({ cost }) => cost.usd ?? Number.NaN,
    text: formatUsd,
    exact: formatExactUsd,
  },
  {
    ...{ id: 'traces', label: 'Traces', title: 'Traces it is in' },
    value: ({ reach }) => reach.traces,
    text: formatCount,
  },
];

function time(
  id: ColumnId,
  label: string,
  title: string,
  read: (row: InsightRow) => number | null,
): InsightColumn {
  return {
    ...{ id, label, title },
    value: (row) => read(row) ?? Number.NaN,
    text: formatDuration,
    exact: formatExactDuration,
  };
}

const OF_MODELS: readonly ColumnId[] = ['input', 'output', 'cost'];

/** Where traces are what is counted, the last column would say the first again; tools use no tokens. */
export function columnsOf(table: InsightTable): readonly InsightColumn[] {
  const isKept = (id: ColumnId): boolean =>
    id === 'traces' ? COUNTED[table] !== 'trace' : table !== 'tool' || !OF_MODELS.includes(id);
  return INSIGHT_COLUMNS.filter(({ id }) => isKept(id));
}

export function findColumn(id: ColumnId): InsightColumn {
  const found = INSIGHT_COLUMNS.find((column) => column.id === id);
  if (found === undefined) throw new Error(`no column ${id}`);
  return found;
}

/** In words; what is unknown or does not apply is a dash. */
export function cellText({ value, text }: InsightColumn, row: InsightRow): string {
  const number = value(row);
  return Number.isNaN(number) ? '–' : text(number);
}

/** The heading of a column; the first says what is counted. */
export function columnLabel({ id, label }: InsightColumn, table: InsightTable): string {
  if (id !== 'count') return label;
  const word = COUNTED[table];
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}s`;
}

export interface InsightSort {
  readonly column: 'label' | ColumnId;
  readonly descending: boolean;
}

/** What is unknown stands last, whichever way round. */
export function sortRows(
  rows: readonly InsightRow[],
  { column, descending }: InsightSort,
): readonly InsightRow[] {
  const sign = descending ? -1 : 1;
  if (column === 'label') {
    return rows.toSorted((a, b) => sign * (a.key < b.key ? -1 : Number(a.key > b.key)));
  }
  const { value } = findColumn(column);
  return rows.toSorted((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    return sign * (x - y);
  });
}

/** The whole table: durations in milliseconds, nothing for what is unknown. */
export function writeInsightCsv(table: InsightTable, rows: readonly InsightRow[]): string {
  const heads = [table, `${COUNTED[table]}s`, 'failed', 'p50 ms', 'p95 ms', 'p99 ms', 'max ms', 'total ms'];
  const more = [
    'input tokens',
    'output tokens',
    'cached tokens',
    'cost usd',
    'unpriced calls',
    'traces in all',
  ];
  const lines = rows.map(({ key, count, failed, durations, tokens, cost, reach }) => {
    const { p50Us, p95Us, p99Us, maxUs, totalUs, known } = durations;
    const times = [p50Us, p95Us, p99Us, maxUs, known === 0 ? null : totalUs].map((us) =>
      us === null ? null : us / 1000,
    );
    const sums = [tokens.input, tokens.output, tokens.cached, cost.usd, cost.unpricedCalls, reach.traces];
    return writeCsvRow([rowName(table, key), count, failed, ...times, ...sums]);
  });
  return [writeCsvRow([...heads, ...more]), ...lines].join('');
}
