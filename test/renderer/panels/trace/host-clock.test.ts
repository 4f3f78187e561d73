import { expect, test } from 'vitest';
import { ABANDONED_US, growsFor, openEnd } from '../../../../renderer/panels/trace/host-clock.ts';
import { drawnUs } from '../../../build/trace-text-record.ts';
import { loadDrawn as load } from './load-drawn.ts';

const RUNNING = `
  T    custom 0...
    a  custom 0--50
`;
const SECOND_US = 1_000_000;

test('an open span of a live trace ends now, in the clock of its client', () => {
  const now = drawnUs(2000);
  expect(openEnd(load(RUNNING, 'live'), now)).toBe(2 * SECOND_US);
  expect(openEnd(load(RUNNING, 'live', 500_000), now)).toBe(1.5 * SECOND_US);
});

test('it never ends before what is known, even where the clocks disagree', () => {
  expect(openEnd(load(RUNNING, 'live', 60 * SECOND_US), drawnUs(2000))).toBe(50_000);
});

test('nothing grows in a file, in a finished trace, or where the program was long silent', () => {
  const now = drawnUs(2000);
  expect(growsFor(load(RUNNING, 'a.jsonl'), now)).toBe(0);
  expect(openEnd(load(RUNNING, 'a.jsonl'), now)).toBe(50_000);
  expect(growsFor(load('T custom 0--50', 'live'), now)).toBe(0);
  expect(growsFor(load(RUNNING, 'live'), now + ABANDONED_US)).toBe(0);
  expect(growsFor(load(RUNNING, 'live'), drawnUs(51))).toBe(ABANDONED_US - 1000);
});
