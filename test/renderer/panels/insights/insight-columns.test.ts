import { expect, test } from 'vitest';
import type { InsightRow } from '../../../../core/rpc/corpus.ts';
import {
  cellText,
  columnsOf,
  findColumn,
  sortRows,
  writeInsightCsv,
} from '../../../../renderer/panels/insights/insight-columns.ts';

function rowOf(key: string, more: Partial<InsightRow> = {}): InsightRow {
  return {
    key,
    count: 10,
    failed: 0,
    durations: {
      ...{ known: 1, totalUs: 2_000_000, p50Us: 1000, p95Us: 1500, p99Us: 2000, maxUs: 2000 },
      histogram: { fromUs: 1, perDoubling: 4, counts: [1] },
    },
    tokens: { input: 100, output: 10, cached: 0, unknownCalls: 0 },
    cost: { usd: 0.5, pricedCalls: 1, unpricedCalls: 2 },
    reach: { traces: 3, traceIds: ['t1'], query: null },
    ...more,
  };
}
const UNPRICED = { usd: null, pricedCalls: 0, unpricedCalls: 1 };

test('what is unknown is a dash and stands last, whichever way one sorts', () => {
  const rows = [
    rowOf('unknown', { cost: UNPRICED }),
    rowOf('cheap', { cost: { ...UNPRICED, usd: 0.1 } }),
    rowOf('dear'),
  ];
  for (const descending of [true, false]) {
    expect(sortRows(rows, { column: 'cost', descending }).at(-1)?.key).toBe('unknown');
  }
  expect(sortRows(rows, { column: 'cost', descending: true })[0]?.key).toBe('dear');
  expect(cellText(findColumn('cost'), rowOf('unknown', { cost: UNPRICED }))).toBe('–');
});

test('names sort as text, the nameless first', () => {
  const keys = sortRows([rowOf('b'), rowOf(''), rowOf('a')], { column: 'label', descending: false });
  expect(keys.map(({ key }) => key)).toEqual(['', 'a', 'b']);
});

test('a table of traces does not count them twice', () => {
  expect(columnsOf('agent').map(({ id }) => id)).toContain('traces');
  expect(columnsOf('workflow').map(({ id }) => id)).not.toContain('traces');
});

test('the table as CSV has milliseconds, empty cells for what is unknown, and no formula', () => {
  const [head, first, second] = writeInsightCsv('agent', [
    rowOf('=cmd()', { cost: UNPRICED }),
    rowOf('Billing, "the" agent'),
  ]).split('\r\n');
  expect(head).toBe(
    'agent,runs,failed,p50 ms,p95 ms,p99 ms,max ms,total ms,input tokens,output tokens,cached tokens,cost usd,unpriced calls,traces in all',
  );
  expect(first).toBe(`"'=cmd()",10,0,1,1.5,2,2,2000,100,10,0,,1,3`);
  expect(second?.startsWith('"Billing, ""the"" agent",10,')).toBe(true);
});
