import { expect, test } from 'vitest';
import { formatBytes, formatCountOf, formatShare } from '../../../renderer/format/count.ts';
import { formatStart } from '../../../renderer/format/clock.ts';
import { formatDuration, formatOffset } from '../../../renderer/format/duration.ts';

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
    [7_500_000_000, '2 h 05 m'],
    [Number.NaN, '–'],
    [Infinity, '–'],
    [-1, '–'],
  ];
  for (const [us, text] of cases) expect(formatDuration(us)).toBe(text);
});

test('offsets are signed and precise', () => {
  expect(formatOffset(9_650_000)).toBe('+9.650 s');
  expect(formatOffset(311_000)).toBe('+311 ms');
  expect(formatOffset(812)).toBe('+0.812 ms');
  expect(formatOffset(0)).toBe('+0 ms');
  expect(formatOffset(-1500)).toBe('−1.500 ms');
  expect(formatOffset(Number.NaN)).toBe('–');
});

test('sizes and shares are rounded for people', () => {
  expect(formatBytes(812)).toBe('812 B');
  expect(formatBytes(4200)).toBe('4.2 kB');
  expect(formatBytes(412_000_000)).toBe('412 MB');
  expect(formatShare(1, 10)).toBe('10.0 %');
  expect(formatShare(1, 1)).toBe('100 %');
  expect(formatShare(1, 1e6)).toBe('< 0.1 %');
  expect(formatShare(1, 0)).toBe('');
  expect(formatCountOf(1, 'span')).toBe('1 span');
  expect(formatCountOf(1200, 'span')).toBe('1,200 spans');
});

test('a start of today is a time, one of another day says the day', () => {
  const now = new Date(2026, 10, 22, 12, 0, 0).getTime();
  const today = new Date(2026, 10, 22, 9, 5, 7).getTime() * 1000;
  expect(formatStart(today, now)).toBe('09:05:07');
  expect(formatStart(today - 86_400e6, now)).toContain('09:05:07');
  expect(formatStart(today - 86_400e6, now)).not.toBe('09:05:07');
  expect(formatStart(Number.NaN, now)).toBe('–');
});
