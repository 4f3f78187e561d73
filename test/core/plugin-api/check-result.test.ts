import { describe, expect, it } from 'vitest';
import { checkResult, RESULT_SIZES } from '../../../core/plugin-api/check-result.ts';
import type { Json } from '../../../core/model/json.ts';

const known = {
  hasTrace: (traceId: string) => traceId === 't',
  hasSpan: (traceId: string, spanId: string) => traceId === 't' && spanId === 's',
};

function faultOf(value: Json): string | undefined {
  const checked = checkResult(value, known);
  return checked.kind === 'fault' ? checked.fault : undefined;
}

const columns = [
  { key: 'tool', type: 'text' },
  { key: 'time', type: 'number', unit: 'ms' },
  { key: 'where', type: 'trace' },
];
const mark = { traceId: 't', spanId: 's', badge: 'slow', severity: 'info', text: 'x' };
const alert = { kind: 'alert', code: 'slow', severity: 'error', traceId: 't', message: 'Slow.' };

describe('a result', () => {
  it.each<[string, Json]>([
    [
      'table',
      {
        kind: 'table',
        columns,
        rows: [
          ['a', 1, 't'],
          [null, null, null],
        ],
      },
    ],
    ['series', { kind: 'series', shape: 'bar', points: [{ x: 'a', y: 1 }] }],
    ['graph', { kind: 'graph', nodes: ['a', 'b'], edges: [{ from: 'a', to: 'b', weight: 1 }] }],
    ['markdown', { kind: 'markdown', text: '# Hello' }],
    ['annotations', { kind: 'annotations', marks: [mark] }],
    ['flame', { kind: 'flame', traceId: 't', unit: 'ms', values: [{ spanId: 's', value: 1 }] }],
    ['alert', { ...alert, spanIds: ['s'], advice: 'Look.' }],
  ])('of the kind %s is taken', (_kind, value) => {
    expect(faultOf(value)).toBeUndefined();
  });

  it.each<[string, Json]>([
    ['kind that is not known', { kind: 'html' }],
    ['kind that is not known', { kind: 'constructor' }],
    ['"kind"', 5],
    ['cells in row 0', { kind: 'table', columns, rows: [['a']] }],
    ['cell in row 0 that is no number', { kind: 'table', columns, rows: [['a', 'b', 't']] }],
    ['trace in row 0 that was not looked at', { kind: 'table', columns, rows: [['a', 1, 'u']] }],
    ['neither bar nor line', { kind: 'series', shape: 'pie', points: [] }],
    ['not among its nodes', { kind: 'graph', nodes: ['a'], edges: [{ from: 'a', to: 'b', weight: 1 }] }],
    ['characters', { kind: 'markdown', text: 'x'.repeat(RESULT_SIZES.markdown + 1) }],
    ['not in its trace', { kind: 'annotations', marks: [{ ...mark, spanId: 'other' }] }],
    ['not looked at', { kind: 'flame', traceId: 'u', unit: 'ms', values: [] }],
    ['kebab case', { ...alert, code: 'Slow!' }],
    ['"severity"', { ...alert, severity: 'fatal' }],
    ['"message"', { ...alert, message: 'x'.repeat(RESULT_SIZES.label + 1) }],
    ['not in its trace', { ...alert, spanIds: ['other'] }],
  ])('is refused and told why: %s', (words, value) => {
    expect(faultOf(value)).toContain(words);
  });

  it('fault 61: a table of too many rows is refused with their number', () => {
    const rows = Array.from({ length: RESULT_SIZES.rows + 1 }, () => ['a', 1, 't']);
    expect(faultOf({ kind: 'table', columns, rows })).toBe(
      'The table has 10001 in "rows", and 10000 are allowed.',
    );
  });
});
