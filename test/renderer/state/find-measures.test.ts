import { expect, test } from 'vitest';
import { findMeasures } from '../../../renderer/state/find-measures.ts';

const flame = (unit: string, ...values: readonly (readonly [spanId: string, value: number])[]) => ({
  kind: 'flame' as const,
  ...{ traceId: 't', unit, values: values.map(([spanId, value]) => ({ spanId, value })) },
});

test('what a plugin says under one unit is one measure, and what has no figure above 0 is none', () => {
  const measures = findMeasures([
    { by: 'a', results: [flame('kg', ['x', 2], ['y', 0]), flame('kg', ['z', 3]), flame('m', ['x', -1])] },
    { by: 'b', results: [flame('kg', ['x', 7])] },
  ]);
  expect(measures.map(({ by, unit, values }) => [by, unit, [...values]])).toEqual([
    [
      'a',
      'kg',
      [
        ...new Map([
          ['x', 2],
          ['z', 3],
        ] as const),
      ],
    ],
    ['b', 'kg', [['x', 7]]],
  ]);
  expect(new Set(measures.map(({ id }) => id)).size).toBe(2);
});
