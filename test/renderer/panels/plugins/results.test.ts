import { expect, test } from 'vitest';
import type { NamedResult } from '../../../../core/rpc/plugins.ts';
import { layBlocks } from '../../../../renderer/panels/plugins/result-blocks.ts';
import {
  cellText,
  sortResultRows,
  tableOfGraph,
  tableOfSeries,
  writeTableCsv,
  type ShownTable,
} from '../../../../renderer/panels/plugins/result-table.ts';

const TABLE: ShownTable = {
  columns: [
    { key: 'tool', type: 'text' },
    { key: 'total', type: 'number', unit: 'ms' },
  ],
  rows: [
    ['b10', 2],
    ['b9', null],
    ['a', 11],
  ],
};

test('rows stand as they came until they are sorted, and what is nothing stands last either way', () => {
  expect(sortResultRows(TABLE, undefined)).toBe(TABLE.rows);
  const names = (descending: boolean, column: number): unknown[] =>
    sortResultRows(TABLE, { column, descending }).map(([name]) => name);
  expect(names(false, 1)).toEqual(['b10', 'a', 'b9']);
  expect(names(true, 1)).toEqual(['a', 'b10', 'b9']);
  expect(names(false, 0)).toEqual(['a', 'b9', 'b10']);
});

test('a table leaves as CSV with its units, and no cell becomes a formula', () => {
  const rows = [['=HYPERLINK("x")', 1.5]];
  expect(writeTableCsv(TABLE, rows)).toBe('tool,total (ms)\r\n"\'=HYPERLINK(""x"")",1.5\r\n');
});

test('figures are grouped, and nothing is a dash', () => {
  expect([12_345, 1234.567, 0.000123456, true, null, 'x'].map(cellText)).toEqual([
    '12,345',
    '1,234.57',
    '0.000123',
    'yes',
    '–',
    'x',
  ]);
});

test('charts and graphs have a table that says the same', () => {
  const series = tableOfSeries({ kind: 'series', shape: 'bar', points: [{ x: 'a', y: 1 }] });
  expect(series).toEqual({
    columns: [
      { key: 'x', type: 'text' },
      { key: 'y', type: 'number' },
    ],
    rows: [['a', 1]],
  });
  const graph = tableOfGraph({
    kind: 'graph',
    nodes: ['a', 'b'],
    edges: [{ from: 'a', to: 'b', weight: 3 }],
  });
  expect(graph.rows).toEqual([['a', 'b', 3]]);
});

test('what is said of single traces is gathered into one table each, behind the figures', () => {
  const alert = (traceId: string): NamedResult => ({
    ...{ analysis: 'slow', kind: 'alert', code: 'slow', severity: 'warning', traceId, message: 'Slow.' },
  });
  const mark = { traceId: 't', spanId: 's', badge: 'b', severity: 'info', text: 'Why.' } as const;
  const blocks = layBlocks([
    alert('t1'),
    { analysis: 'marks', kind: 'annotations', marks: [mark] },
    { analysis: 'weights', kind: 'flame', traceId: 't', unit: 'ms', values: [{ spanId: 's', value: 2 }] },
    alert('t2'),
    { analysis: 'words', kind: 'markdown', text: '# Words' },
  ]);
  expect(blocks.map(({ title }) => title)).toEqual([
    'words',
    'Alerts',
    'Marks on spans',
    'Measures of the flame graph',
  ]);
  const [, alerts] = blocks;
  expect(alerts?.kind === 'table' && alerts.table.rows).toEqual([
    ['warning', 'Slow.', 't1', 0],
    ['warning', 'Slow.', 't2', 0],
  ]);
});
