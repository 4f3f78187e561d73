/** What authors build with, run as they stand in the package; the guest evaluates the same files. */
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  alert,
  annotate,
  col,
  countBy,
  criticalPath,
  flame,
  formatDate,
  formatDuration,
  formatMoney,
  formatNumber,
  graph,
  groupBy,
  hash01,
  mapTexts,
  maxBy,
  quantile,
  request,
  series,
  sumBy,
  sumGroups,
  table,
  type SpanView,
  type TraceView,
} from '../../../core/plugin-api/index.ts';

const span = (id: string, more: Partial<SpanView> = {}): SpanView => ({
  ...{ id, kind: 'function', countsTokens: false, name: id, hasError: false, isTriggered: false },
  ...more,
});

describe('the hash of a decision', () => {
  it('is the same whenever it is asked, and spread evenly over neighbouring ids', () => {
    const shares = Array.from({ length: 10_000 }, (_, i) => hash01(`trace_${String(i).padStart(32, '0')}`));
    for (const from of [0, 0.25, 0.5, 0.75]) {
      const inside = shares.filter((share) => share >= from && share < from + 0.25).length;
      expect(Math.abs(inside - 2500)).toBeLessThan(200);
    }
    expect(hash01('a')).toBe(hash01('a'));
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...shares)).toBeLessThan(1);
  });
});

describe('sums and groups', () => {
  const calls = [
    { tool: 'a', ms: 4 },
    { tool: 'b', ms: 1 },
    { tool: 'a', ms: 2 },
  ];

  it('keep the order in which keys first occur', () => {
    expect([...groupBy(calls, ({ tool }) => tool)].map(([tool, each]) => [tool, each.length])).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
    expect([...countBy(calls, ({ tool }) => tool)]).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
    expect([
      ...sumGroups(
        calls,
        ({ tool }) => tool,
        ({ ms }) => ms,
      ),
    ]).toEqual([
      ['a', 6],
      ['b', 1],
    ]);
    expect(sumBy(calls, ({ ms }) => ms)).toBe(7);
  });

  it('find the largest, the first of equals, and nothing in nothing', () => {
    expect(maxBy(calls, ({ ms }) => ms)).toBe(calls[0]);
    expect(maxBy(calls, () => 1)).toBe(calls[0]);
    expect(maxBy<number>([], () => 1)).toBeUndefined();
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([1, 2], 2)).toBe(2);
    expect(quantile([], 0.5)).toBeUndefined();
  });
});

describe('figures for people', () => {
  it('say how long', () => {
    expect([0, 4.26, 340, 1234, 59_949, 185_000, 7_440_000].map(formatDuration)).toEqual([
      '0 ms',
      '4.3 ms',
      '340 ms',
      '1.2 s',
      '59.9 s',
      '3 min 5 s',
      '2 h 4 min',
    ]);
  });

  it('say how much', () => {
    expect([0, 1234.5, 0.0012, -3, 0.00000712].map(formatMoney)).toEqual([
      '$0.00',
      '$1,234.50',
      '$0.0012',
      '-$3.00',
      '$0.0000071',
    ]);
    expect(formatNumber(1234567)).toBe('1,234,567');
    expect(formatNumber(-1234.567, 2)).toBe('-1,234.57');
  });

  it('say when, for every day as Date does', () => {
    fc.assert(
      fc.property(fc.integer({ min: -62_135_596_800, max: 253_402_300_799 }), (seconds) => {
        const expected = new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ');
        expect(formatDate(seconds * 1e6).padStart(16, '0')).toBe(expected);
      }),
    );
  });
});

describe('results in few words', () => {
  it('are what the host takes', () => {
    expect(table([col('a'), col('b', 'number', 'ms')], [['x', 1]])).toEqual({
      kind: 'table',
      columns: [
        { key: 'a', type: 'text' },
        { key: 'b', type: 'number', unit: 'ms' },
      ],
      rows: [['x', 1]],
    });
    expect(series('bar', new Map([['a', 1]]))).toMatchObject({ points: [{ x: 'a', y: 1 }] });
    expect(graph([['a', 'b', 2]])).toMatchObject({ nodes: ['a', 'b'], edges: [{ weight: 2 }] });
    expect(flame('t', 'ms', [['s', 4]])).toMatchObject({ values: [{ spanId: 's', value: 4 }] });
    expect(annotate('t', 's', { badge: 'b', text: 'x' }).marks[0]).toMatchObject({ severity: 'info' });
    const told = alert({ code: 'c', traceId: 't', message: 'm', spanIds: Array<string>(150).fill('s') });
    expect(told.severity).toBe('warning');
    expect(told.spanIds).toHaveLength(100);
  });
});

describe('the critical path', () => {
  it('has the spans that the trace waited for, by their start', () => {
    const spans = [
      span('b', { criticalMs: 2, startUs: 5 }),
      span('c'),
      span('a', { criticalMs: 1, startUs: 1 }),
    ];
    const trace: TraceView = {
      ...{ id: 't', spans, status: 'completed' as const, depth: 1, startedAt: '', durationMs: 3 },
      ...{ workflowName: '', metadata: {}, errors: 0 },
    };
    const path = criticalPath(trace);
    expect(path.map(({ id }) => id)).toEqual(['a', 'b']);
  });
});

describe('mapTexts', () => {
  it('asks for every text of a record but those by which it is found again', () => {
    const asked: string[] = [];
    const record = {
      event: 'on_span_end',
      at: '2026',
      item: {
        object: 'trace.span',
        id: 's',
        trace_id: 't',
        span_data: { type: 'custom', name: 'n', data: { type: 'own' } },
      },
      private_span_data: { _input: ['i'] },
    };
    const mapped = mapTexts(record, (text, path) => {
      asked.push(`${path.join('.')}=${text}`);
      return text;
    });
    expect(mapped).toEqual(record);
    expect(asked).toEqual([
      'item.span_data.name=n',
      'item.span_data.data.type=own',
      'private_span_data._input=_input',
      'private_span_data._input.0=i',
    ]);
  });
});

describe('request', () => {
  it('is performed in the guest only', async () => {
    await expect(request('https://a.example')).rejects.toThrow('performed by the host only');
  });
});
