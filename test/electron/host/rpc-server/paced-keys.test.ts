import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { PacedKeys } from '../../../../electron/host/rpc-server/paced-keys.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('keys go on at once while the page keeps up', () => {
  const sent: (readonly string[])[] = [];
  const keys = new PacedKeys(
    () => false,
    (some) => sent.push(some),
  );
  keys.add(['a', 'b']);
  keys.add([]);
  keys.add(['a']);
  expect(sent).toEqual([['a', 'b'], ['a']]);
});

test('what changes while the page is stuck is held, each key once, and sent when it takes things again', () => {
  const sent: (readonly string[])[] = [];
  let behind = true;
  const keys = new PacedKeys(
    () => behind,
    (some) => sent.push(some),
  );
  for (let i = 0; i < 1000; i++) {
    keys.add(['a', i % 2 === 0 ? 'b' : 'c']);
    vi.advanceTimersByTime(50);
  }
  expect(sent).toEqual([]);
  behind = false;
  vi.advanceTimersByTime(100);
  expect(sent).toEqual([['a', 'b', 'c']]);
});

test('after the stop nothing is sent', () => {
  const sent: (readonly string[])[] = [];
  let behind = true;
  const keys = new PacedKeys(
    () => behind,
    (some) => sent.push(some),
  );
  keys.add(['a']);
  keys.stop();
  behind = false;
  vi.advanceTimersByTime(1000);
  expect(sent).toEqual([]);
});
