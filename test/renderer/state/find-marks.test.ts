import { expect, test } from 'vitest';
import { findMarks } from '../../../renderer/state/find-marks.ts';

const annotations = (...marks: readonly [spanId: string, severity: 'info' | 'error', text: string][]) => ({
  kind: 'annotations' as const,
  marks: marks.map(([spanId, severity, text]) => ({ traceId: 't', spanId, badge: 'slow', severity, text })),
});

test('a span has the marks of all plugins, the gravest first, and what is said twice once', () => {
  const marks = findMarks([
    {
      by: 'a',
      results: [annotations(['x', 'info', 'It waited.']), annotations(['x', 'info', 'It waited.'])],
    },
    { by: 'b', results: [annotations(['x', 'error', 'It failed.'], ['y', 'info', ''])] },
  ]);
  expect(marks.get('x')).toEqual([
    { by: 'b', badge: 'slow', severity: 'error', text: 'It failed.' },
    { by: 'a', badge: 'slow', severity: 'info', text: 'It waited.' },
  ]);
  expect([...marks.keys()]).toEqual(['x', 'y']);
});
