import { expect, test } from 'vitest';
import { formatBytes, formatShare } from '../../../renderer/format/count.ts';
import { formatStart } from '../../../renderer/format/clock.ts';
import { formatOffset } from '../../../renderer/format/duration.ts';

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
});

test('a start of today is a time, one of another day says the day', () => {
  const now = new Date(2026, 10, 22, 12, 0, 0).getTime();
  const today = new Date(2026, 10, 22, 9, 5, 7).getTime() * 1000;
  expect(formatStart(today, now)).toBe('09:05:07');
  expect(formatStart(today - 86_400e6, now)).toContain('09:05:07');
  expect(formatStart(today - 86_400e6, now)).not.toBe('09:05:07');
  expect(formatStart(Number.NaN, now)).toBe('–');
});
