import { expect, test } from 'vitest';
import { axisTicks, formatTick } from '../../../../renderer/charts/flame/paint-axis.ts';

function labels(from: number, to: number, width = 600): readonly string[] {
  const ticks = axisTicks({ from, to }, width);
  const step = (ticks[1] ?? 0) - (ticks[0] ?? 0);
  return ticks.map((time) => formatTick(time, step));
}

const SECOND = 1_000_000;

test('ticks are round, in one unit, with the digits that tell them apart', () => {
  expect(labels(0, 10 * SECOND)).toEqual(['0 s', '2 s', '4 s', '6 s', '8 s', '10 s']);
  expect(labels(0, 500_000)).toEqual(['0.0 s', '0.1 s', '0.2 s', '0.3 s', '0.4 s', '0.5 s']);
  expect(labels(0, 5000)).toEqual(['0 ms', '1 ms', '2 ms', '3 ms', '4 ms', '5 ms']);
  expect(labels(7000, 7010, 600).at(0)).toBe('7000 µs');
});

test('long traces are counted in minutes and hours', () => {
  expect(labels(0, 200 * SECOND)).toEqual(['0 s', '1 m', '2 m', '3 m']);
  expect(labels(0, 7200 * SECOND)).toEqual(['0 s', '30 m', '1 h 00 m', '1 h 30 m', '2 h 00 m']);
});

test('close together and late in a long trace two ticks never read the same', () => {
  const late = labels(3700 * SECOND, 3720 * SECOND);
  expect(new Set(late).size).toBe(late.length);
});
