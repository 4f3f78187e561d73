import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { gatherChanges } from '../../../../electron/host/rpc-server/gather-changes.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('what changes within the wait is told once, together', () => {
  const told: (readonly string[])[] = [];
  const changes = gatherChanges(80, (keys) => told.push(keys));
  for (const key of ['a', 'b', 'a']) changes.add(key);
  vi.advanceTimersByTime(79);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(told).toEqual([['a', 'b']]);
});

test('telling that takes long is done more rarely', () => {
  let nowMs = 0;
  let told = 0;
  const tell = (): void => {
    told++;
    nowMs += 100;
  };
  const changes = gatherChanges(80, tell, () => nowMs);
  changes.add('a');
  vi.advanceTimersByTime(80);
  changes.add('a');
  vi.advanceTimersByTime(899);
  expect(told).toBe(1);
  vi.advanceTimersByTime(1);
  expect(told).toBe(2);
});

test('after the stop nothing is told', () => {
  const told: (readonly string[])[] = [];
  const changes = gatherChanges(80, (keys) => told.push(keys));
  changes.add('a');
  changes.stop();
  changes.add('b');
  vi.advanceTimersByTime(1000);
  expect(told).toEqual([]);
});
