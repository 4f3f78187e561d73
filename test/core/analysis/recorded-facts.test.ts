import { expect, test } from 'vitest';

import { readRecordedFacts } from '../../../core/analysis/recorded-facts.ts';

test('cost, first token and cache accounting are read where a record says them', () => {
  const record = {
    span_data: {
      type: 'generation',
      recorded_cost: { total: 0.0042, from: 'llm.cost.total' },
      time_to_first_token_ms: 310,
    },
    origin: { accounting: { mode: 'exclusive', reason: 'more was cached than the input holds' } },
  };
  expect(readRecordedFacts(record)).toEqual({
    cost: { usd: 0.0042, from: 'llm.cost.total' },
    firstTokenMs: 310,
    accounting: { mode: 'exclusive', reason: 'more was cached than the input holds' },
  });
});

test('speech began when its first content came', () => {
  const started_at = '2026-01-01T00:00:00Z';
  const span_data = { type: 'speech', first_content_at: '2026-01-01T00:00:00.250Z' };
  expect(readRecordedFacts({ started_at, span_data })).toEqual({ firstTokenMs: 250 });
});

test('what is not said, negative or of another shape is unknown, never 0', () => {
  const odd = [
    {},
    { span_data: null, origin: [] },
    { span_data: { recorded_cost: 3, time_to_first_token_ms: '5' } },
    { span_data: { recorded_cost: { total: -1 }, time_to_first_token_ms: -4 } },
    { span_data: { recorded_cost: { total: 'free' } }, origin: { accounting: { mode: 'odd' } } },
  ];
  for (const record of odd) expect(readRecordedFacts(record)).toEqual({});
});
