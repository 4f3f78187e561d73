import { expect, test } from 'vitest';
import { layoutDays } from '../../../../renderer/charts/insights/layout-days.ts';

const day = (name: string, value: number, part = 0) => ({ day: name, value, part });

test('a day on which nothing was leaves its room empty', () => {
  const { columns } = layoutDays(
    [day('2026-09-21', 4), day('2026-09-22', 2), day('2026-09-24', 4, 1)],
    800,
    200,
  );
  const [first, second, last] = columns;
  const step = (second?.x ?? 0) - (first?.x ?? 0);
  expect((last?.x ?? 0) - (second?.x ?? 0)).toBeCloseTo(2 * step);
  expect(second?.height).toBeCloseTo((first?.height ?? 0) / 2);
  expect(last?.part).toBeCloseTo((last?.height ?? 0) / 4);
});

test('one day is no door, and a day that nobody knows has no column', () => {
  const { columns } = layoutDays([day('', 9), day('2026-09-21', 4)], 1200, 200);
  expect(columns).toHaveLength(1);
  expect(columns[0]).toMatchObject({ row: 1 });
  expect(columns[0]?.width).toBeLessThan(50);
  expect(layoutDays([day('', 9)], 1200, 200).columns).toEqual([]);
});

test('the days that are written stand far enough from each other to be read', () => {
  const days = Array.from({ length: 200 }, (_, i) =>
    day(new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10), i),
  );
  const written = layoutDays(days, 900, 200).days;
  expect(written.length).toBeGreaterThan(3);
  for (let i = 1; i < written.length; i++) {
    expect((written[i]?.at ?? 0) - (written[i - 1]?.at ?? 0)).toBeGreaterThan(60);
  }
});

test('counts are written as whole ones, money is not', () => {
  const whole = layoutDays([day('2026-09-21', 1)], 800, 200).ticks.map(({ value }) => value);
  expect(whole).toEqual([0, 1]);
  expect(layoutDays([day('2026-09-21', 0.5)], 800, 200).ticks.length).toBeGreaterThan(2);
});
