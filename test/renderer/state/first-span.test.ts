import { expect, test } from 'vitest';
import { FirstSpan } from '../../../renderer/state/first-span.svelte.ts';

test('the light turns at the first span that comes through the door after one began to wait', () => {
  const first = new FirstSpan();
  first.see({ acknowledged: 10, spans: 100 }, 1000);
  first.see({ acknowledged: 10, spans: 100 }, 2000);
  expect(first.arrivedAtMs).toBeUndefined();
  first.see({ acknowledged: 11, spans: 101 }, 3000);
  first.see({ acknowledged: 12, spans: 102 }, 4000);
  expect(first.arrivedAtMs).toBe(3000);
});

test('an import and a trace without spans leave it dark', () => {
  const first = new FirstSpan();
  first.see({ acknowledged: 0, spans: 0 }, 1000);
  first.see({ acknowledged: 0, spans: 90 }, 2000);
  first.see({ acknowledged: 0, spans: 90 }, 2000);
  expect(first.arrivedAtMs).toBeUndefined();
});

test('a host that was started anew counts from zero again', () => {
  const first = new FirstSpan();
  first.see({ acknowledged: 50, spans: 50 }, 1000);
  first.see({ acknowledged: 0, spans: 50 }, 2000);
  first.see({ acknowledged: 1, spans: 51 }, 3000);
  expect(first.arrivedAtMs).toBe(3000);
});
