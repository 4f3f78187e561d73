import { expect, test } from 'vitest';

import { readIsoUs, writeIsoUs } from '../../../core/model/time.ts';

test('reads the times of both SDKs to the microsecond', () => {
  expect(readIsoUs('2026-11-22T11:34:39.139Z')).toBe(Date.UTC(2026, 10, 22, 11, 34, 39, 139) * 1000);
  expect(readIsoUs('2026-11-22T11:40:04.290193+00:00')).toBe(
    Date.UTC(2026, 10, 22, 11, 40, 4, 290) * 1000 + 193,
  );
});

test('a time without a fraction, as Python writes it on a full second, is that second', () => {
  expect(readIsoUs('2026-11-22T11:40:04+00:00')).toBe(Date.UTC(2026, 10, 22, 11, 40, 4) * 1000);
});

test('an offset is taken off, with or without its colon', () => {
  const utc = readIsoUs('2026-11-22T10:00:00Z');
  expect(readIsoUs('2026-11-22T15:30:00+05:30')).toBe(utc);
  expect(readIsoUs('2026-11-22T06:30:00-0330')).toBe(utc);
});

test('nanoseconds are cut to microseconds', () => {
  expect(readIsoUs('2026-11-22T10:00:00.123456789Z') % 1_000_000).toBe(123_456);
});

test.each([
  '',
  'yesterday',
  '2026-13-01T00:00:00Z',
  '2026-01-01T25:00:00Z',
  '2026-01-01',
  '2026-01-01T00:00:00.Z',
  '2026-01-01T00:00:00+1',
  '2026-01-01T00:00:00Zulu',
  '2026-02-29T00:00:00Z',
  '2026-04-31T00:00:00Z',
  '2026-01-01T00:00:00+24:00',
  '2026-01-01T00:00:00+01:60',
])('%j is no time, which is not zero', (text) => {
  expect(readIsoUs(text)).toBeNaN();
});

test('what is written reads back equal, before 1970 too', () => {
  for (const text of [
    '0001-01-01T00:00:00.000000Z',
    '0099-12-31T23:59:59.000000Z',
    '0000-01-01T00:00:00.000000Z',

    '2026-11-22T11:40:04.290193Z',
    '1969-12-31T23:59:59.999999Z',
    '2000-02-29T00:00:00.000000Z',
  ]) {
    expect(writeIsoUs(readIsoUs(text))).toBe(text);
  }
});

test('a time past the year 9999 is written as its last microsecond, so that texts sort as times', () => {
  expect(writeIsoUs(readIsoUs('9999-12-31T23:59:59.999999Z') + 2e6)).toBe('9999-12-31T23:59:59.999999Z');
  expect(writeIsoUs(readIsoUs('0000-01-01T00:00:00Z') - 2e6)).toBe('0000-01-01T00:00:00.000000Z');
});

test('an unknown time is written as nothing', () => {
  expect(writeIsoUs(Number.NaN)).toBe('');
});
