import { expect, test } from 'vitest';
import { countText } from '../../../core/analysis/count-text.ts';
import { durationText } from '../../../core/analysis/duration-text.ts';

test('durations have about three figures and always a unit', () => {
  const cases: readonly (readonly [number, string])[] = [
    [0, '0 ms'],
    [820, '820 µs'],
    [12_400, '12.4 ms'],
    [999_400, '999 ms'],
    [999_700, '1.00 s'],
    [1_080_000, '1.08 s'],
    [92_400_000, '92.4 s'],
    [192_000_000, '3 m 12 s'],
    [7_200_000_000, '2 h 00 m'],
    [7_500_000_000, '2 h 05 m'],
    [Number.NaN, '–'],
    [Infinity, '–'],
    [-1, '–'],
  ];
  for (const [us, text] of cases) expect(durationText(us)).toBe(text);
});

test('counts are grouped, and one is not many', () => {
  expect(countText(1, 'span')).toBe('1 span');
  expect(countText(0, 'span')).toBe('0 spans');
  expect(countText(1200, 'span')).toBe('1,200 spans');
  expect(countText(2, 'reply', 'replies')).toBe('2 replies');
});
