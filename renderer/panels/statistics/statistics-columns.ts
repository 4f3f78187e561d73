/** The columns of the statistics: what stands in each, and how it is sorted. A new one is one entry here. */
import type { PriceBook } from '../../../core/analysis/cost/price-book.ts';
import type { CostSum } from '../../../core/analysis/cost/span-costs.ts';
import type { StatisticsBy, StatisticsRow } from '../../../core/analysis/span-statistics.ts';
import { describeCost, formatExactUsd, formatUsd } from '../../format/cost.ts';
import { formatCount } from '../../format/count.ts';
import { formatDuration, formatExactDuration } from '../../format/duration.ts';

/** What the spans may be put together by. */
export const READINGS = [
  { by: 'kind', label: 'Kind' },
  { by: 'agent', label: 'Agent' },
  { by: 'tool', label: 'Tool' },
  { by: 'model', label: 'Model' },
] as const satisfies readonly { readonly by: StatisticsBy; readonly label: string }[];

export interface StatisticsColumn {
  readonly id: 'label' | 'count' | 'total' | 'self' | 'p50' | 'p95' | 'errors' | 'tokens' | 'cost';
  readonly label: string;
  readonly title: string;
  readonly value: (row: StatisticsRow) => number | string;
  readonly text: (row: StatisticsRow) => string;
  readonly exact?: (row: StatisticsRow) => string;
}

export interface StatisticsSort {
  readonly column: StatisticsColumn['id'];
  readonly descending: boolean;
}

export const STATISTICS_COLUMNS: readonly StatisticsColumn[] = [
  {
    ...{ id: 'label', label: 'Name', title: 'Sort by name' },
    value: ({ label }) => label,
    text: ({ label }) => label,
  },
  {
    ...{ id: 'count', label: 'Spans', title: 'How many spans; of an agent, its runs' },
    value: ({ count }) => count,
    text: ({ count }) => formatCount(count),
  },
  time('total', 'Total', 'Sum of the durations', ({ totalUs }) => totalUs),
  time('self', 'Self', 'Sum of the durations without what direct children cover', ({ selfUs }) => selfUs),
  time('p50', 'p50', 'Half of the spans took no longer', ({ p50Us }) => p50Us),
  time('p95', 'p95', '95 percent of the spans took no longer', ({ p95Us }) => p95Us),
  {
    ...{ id: 'errors', label: 'Errors', title: 'Spans with an error' },
    value: ({ errors }) => errors,
    text: ({ errors }) => (errors === 0 ? '–' : formatCount(errors)),
  },
  {
    ...{ id: 'tokens', label: 'Tokens', title: 'Tokens in all, counted once a branch' },
    value: ({ tokens }) => tokens ?? Number.NaN,
    text: ({ tokens }) => (tokens === undefined ? '–' : formatCount(tokens)),
  },
  {
    ...{ id: 'cost', label: 'Cost', title: 'An estimate of the calls that have a price' },
    value: ({ usd }) => usd ?? Number.NaN,
    text: ({ usd }) => (usd === undefined ? '–' : formatUsd(usd)),
    exact: ({ usd }) => (usd === undefined ? 'Unknown' : formatExactUsd(usd)),
  },
];

function time(
  id: StatisticsColumn['id'],
  label: string,
  title: string,
  value: (row: StatisticsRow) => number,
): StatisticsColumn {
  return {
    ...{ id, label, title, value },
    text: (row) => (Number.isFinite(value(row)) ? formatDuration(value(row)) : '–'),
    exact: (row) => formatExactDuration(value(row)),
  };
}

/** What is unknown stands last, whichever way round. */
export function sortRows(
  rows: readonly StatisticsRow[],
  { column, descending }: StatisticsSort,
): readonly StatisticsRow[] {
  const value = STATISTICS_COLUMNS.find(({ id }) => id === column)?.value ?? (({ label }) => label);
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (typeof x === 'string' || typeof y === 'string')
      return sign * String(x).localeCompare(String(y), 'en');
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    return sign * (x - y);
  });
}

/** The rows as a table that sheets take: tabs, durations in milliseconds, nothing for what is unknown. */
export function writeTsv(rows: readonly StatisticsRow[]): string {
  const heads = ['name', 'spans', 'total ms', 'self ms', 'p50 ms', 'p95 ms', 'errors', 'tokens', 'cost usd'];
  const lines = rows.map((row) => {
    const times = [row.totalUs, row.selfUs, row.p50Us, row.p95Us].map((us) =>
      Number.isFinite(us) ? String(us / 1000) : '',
    );
    const counts = [String(row.errors), String(row.tokens ?? ''), String(row.usd ?? '')];
    return [plainCell(row.label), String(row.count), ...times, ...counts];
  });
  return [heads, ...lines].map((cells) => `${cells.join('\t')}\n`).join('');
}

/** No cell breaks its line, and none is a formula to the sheet that it is pasted into. */
function plainCell(text: string): string {
  const line = text.replace(/[\t\r\n]+/g, ' ');
  return /^[=+\-@]/.test(line) ? `'${line}` : line;
}

/** What stands below the table of costs, in sentences; nothing until they have been reckoned. */
export function costNote(sum: CostSum | undefined, book: PriceBook | undefined): string {
  if (sum === undefined || book === undefined) return '';
  return describeCost(sum, book)
    .split('\n')
    .map((line) => `${line}.`)
    .join(' ');
}

/** What is said where there are no rows. */
export function describeNone(by: StatisticsBy, isAnswered: boolean): string {
  if (!isAnswered) return 'Adding up the spans: a trace this large takes a moment';
  return `No span of this trace names ${by === 'agent' ? 'an' : 'a'} ${by}`;
}
