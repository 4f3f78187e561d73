import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AXIS_PX, LINE_PX, layoutRank } from '../../../../renderer/charts/insights/layout-rank.ts';

test('bars are as long as their values, and what is unknown has none', () => {
  const { bars, height } = layoutRank(
    [
      { value: 100, part: 25 },
      { value: 50, part: 0 },
      { value: Number.NaN, part: 0 },
    ],
    800,
  );
  const [first, second, unknown] = bars;
  expect(second?.width).toBeCloseTo((first?.width ?? 0) / 2);
  expect(first?.part).toBeCloseTo((first?.width ?? 0) / 4);
  expect(unknown?.width).toBe(0);
  expect(height).toBe(3 * LINE_PX + AXIS_PX);
});

test('what is not nothing is seen, however small beside the largest', () => {
  const { bars } = layoutRank(
    [
      { value: 1e9, part: 1 },
      { value: 1, part: 0 },
    ],
    600,
  );
  expect(bars[1]?.width).toBeGreaterThan(1);
  expect(bars[0]?.part).toBeGreaterThan(1);
});

test('nothing has no axis', () => {
  expect(layoutRank([], 600).ticks).toEqual([]);
  expect(layoutRank([{ value: 0, part: 0 }], 600).ticks).toEqual([]);
});

test('no bar and no tick leaves the room that is there for it', () => {
  const row = fc.record({ value: fc.double({ min: 0, max: 1e12, noNaN: true }), part: fc.constant(0) });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 20 }), fc.integer({ min: 300, max: 2500 }), (rows, width) => {
      const { bars, ticks, left, room } = layoutRank(rows, width);
      for (const bar of bars) expect(bar.width).toBeLessThanOrEqual(room + 0.01);
      for (const { at } of ticks) expect(at).toBeLessThanOrEqual(left + room + 0.01);
    }),
  );
});
