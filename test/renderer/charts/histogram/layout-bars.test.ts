import { expect, test } from 'vitest';
import { binsBetween, layoutBars, timeToX } from '../../../../renderer/charts/histogram/layout-bars.ts';

const HOUR_US = 3_600_000_000;
const START_US = Date.UTC(2026, 10, 16) * 1000;
const size = { width: 1000, height: 50 };
const counts = Array.from({ length: 100 }, (_, i) => i);
const histogram = {
  startUs: START_US,
  stepUs: HOUR_US,
  counts,
  failed: counts.map((n) => (n === 80 ? 40 : 0)),
  clockless: 0,
};

test('bars stand in their time, as high as their count; none is drawn where nothing began', () => {
  const { bars } = layoutBars(histogram, size);
  expect(bars).toHaveLength(99);
  expect(bars.at(-1)).toMatchObject({ height: 50, y: 0, x: 990, count: 99 });
  expect(bars[0]?.height).toBe(2);
  expect(bars.find(({ count }) => count === 80)?.failed).toBeCloseTo((80 / 99) * 25);
});

test('few bins do not become doors: they stand at the right, and time begins before them', () => {
  const few = layoutBars(
    { startUs: START_US, stepUs: HOUR_US, counts: [1, 1], failed: [0, 0], clockless: 0 },
    size,
  );
  expect(few.bars.at(-1)?.width).toBeLessThan(30);
  expect(few.fromUs).toBeLessThan(START_US);
  expect(few.toUs).toBe(START_US + 2 * HOUR_US);
});

test('a drag chooses the whole bins that it touches, and a range that was chosen stays it', () => {
  const layout = layoutBars(histogram, size);
  const range = binsBetween(layout, HOUR_US, [104, 126], 1000);
  expect(range).toEqual({ fromUs: START_US + 10 * HOUR_US, toUs: START_US + 13 * HOUR_US });
  if (range === undefined) throw new Error('no range');
  const again = [timeToX(layout, range.fromUs, 1000), timeToX(layout, range.toUs, 1000)] as const;
  expect(binsBetween(layout, HOUR_US, again, 1000)).toEqual(range);
  expect(binsBetween(layout, HOUR_US, [50, 50.5], 1000)).toBeUndefined();
});

test('ticks stand inside the chart and far enough from each other to be read', () => {
  const { ticks } = layoutBars(histogram, size);
  expect(ticks.length).toBeGreaterThan(2);
  for (const [i, tick] of ticks.entries()) {
    expect(tick.x).toBeGreaterThan(0);
    expect(tick.x - (ticks[i - 1]?.x ?? -100)).toBeGreaterThan(60);
  }
});
