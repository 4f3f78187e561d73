import { expect, test } from 'vitest';
import { layoutSpread } from '../../../../renderer/charts/insights/layout-spread.ts';

const size = { width: 600, height: 160 };

test('bars stand on a scale of logarithms, and a quantile stands where its time is', () => {
  const { bars, marks } = layoutSpread(
    { fromUs: 1024, perDoubling: 1, counts: [1, 0, 4] },
    [
      { name: 'p50', us: 4096 },
      { name: 'p95', us: null },
    ],
    size,
  );
  expect(bars.map(({ count, fromUs, toUs }) => [count, fromUs, toUs])).toEqual([
    [1, 1024, 2048],
    [4, 4096, 8192],
  ]);
  expect(marks).toHaveLength(1);
  expect(marks[0]?.x).toBeCloseTo(bars[1]?.x ?? 0);
});

test('more bars than can be seen are put together two by two, and none of what they count is lost', () => {
  const counts = Array.from({ length: 101 }, (_, i) => i);
  const { bars } = layoutSpread({ fromUs: 1, perDoubling: 4, counts }, [], { width: 260, height: 120 });
  expect(bars.length).toBeLessThan(60);
  expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe((100 * 101) / 2);
});

test('a single bar is no door, and nothing has no axis', () => {
  const one = layoutSpread({ fromUs: 1000, perDoubling: 4, counts: [7] }, [], size);
  expect(one.bars[0]?.width).toBeLessThan(80);
  const none = layoutSpread({ fromUs: 1, perDoubling: 4, counts: [] }, [], size);
  expect([none.bars, none.times, none.ticks]).toEqual([[], [], []]);
});

test('times are written with room between them, counts are whole', () => {
  const { times, ticks } = layoutSpread(
    { fromUs: 1, perDoubling: 4, counts: [1, ...Array<number>(100).fill(0), 2] },
    [],
    size,
  );
  for (let i = 1; i < times.length; i++)
    expect((times[i]?.at ?? 0) - (times[i - 1]?.at ?? 0)).toBeGreaterThan(50);
  for (const { value } of ticks) expect(Number.isInteger(value)).toBe(true);
});
