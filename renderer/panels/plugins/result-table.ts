/** A table of a plugin, or the twin of a chart or graph: sorted, and as CSV. */
import type { GraphResult, ResultCell, SeriesResult, TableResult } from '../../../core/plugin-api/results.ts';
import { writeCsvRow } from '../../../core/writers/csv.ts';
import { formatCount } from '../../format/count.ts';

export type ResultColumn = TableResult['columns'][number];
export type ResultRow = TableResult['rows'][number];
export type ShownTable = Pick<TableResult, 'columns' | 'rows'>;

export interface ResultSort {
  /** Place of the column. */
  readonly column: number;
  readonly descending: boolean;
}

/** As they came where nothing is asked; what is nothing stands last either way. */
export function sortResultRows(table: ShownTable, sort: ResultSort | undefined): readonly ResultRow[] {
  if (sort === undefined) return table.rows;
  const { column, descending } = sort;
  const sign = descending ? -1 : 1;
  return [...table.rows].sort((a, b) => {
    const [left = null, right = null] = [a[column], b[column]];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * compareCells(left, right);
  });
}

function compareCells(a: Exclude<ResultCell, null>, b: Exclude<ResultCell, null>): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'en', { numeric: true });
}

export function columnTitle({ key, unit }: ResultColumn): string {
  return unit === undefined ? key : `${key} (${unit})`;
}

const FEW_DIGITS = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const SMALL = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

export function cellText(cell: ResultCell | undefined): string {
  if (cell === null || cell === undefined) return '–';
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  if (typeof cell === 'string') return cell;
  if (Number.isInteger(cell)) return formatCount(cell);
  return (Math.abs(cell) < 1 ? SMALL : FEW_DIGITS).format(cell);
}

export function writeTableCsv(table: ShownTable, rows: readonly ResultRow[]): string {
  return [writeCsvRow(table.columns.map(columnTitle)), ...rows.map((row) => writeCsvRow(row))].join('');
}

export function tableOfSeries({ points }: SeriesResult): ShownTable {
  const isNumbers = points.every(({ x }) => typeof x === 'number');
  return {
    columns: [
      { key: 'x', type: isNumbers ? 'number' : 'text' },
      { key: 'y', type: 'number' },
    ],
    rows: points.map(({ x, y }) => [x, y]),
  };
}

export function tableOfGraph({ edges }: GraphResult): ShownTable {
  return {
    columns: [
      { key: 'from', type: 'text' },
      { key: 'to', type: 'text' },
      { key: 'weight', type: 'number' },
    ],
    rows: edges.map(({ from, to, weight }) => [from, to, weight]),
  };
}
