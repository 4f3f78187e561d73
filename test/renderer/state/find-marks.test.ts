import { expect, test } from 'vitest';
import { findMarks } from '../../../renderer/state/find-marks.ts';

test('marks that say the same are one finding about all of their spans', () => {
  const mark = (spanId: string, text: string) => ({
    ...{ traceId: 't', spanId, badge: 'slow', severity: 'warning' as const, text },
  });
  const marks = [mark('a', 'It waited.'), mark('b', ''), mark('c', 'It waited.')];
  expect(findMarks({ by: 'local.hello', results: [{ kind: 'annotations', marks }] })).toEqual([
    {
      ...{ by: 'local.hello', code: 'slow', severity: 'warning', message: 'It waited.' },
      ...{ spanIds: ['a', 'c'], count: 2 },
    },
    { by: 'local.hello', code: 'slow', severity: 'warning', message: 'slow', spanIds: ['b'], count: 1 },
  ]);
});
