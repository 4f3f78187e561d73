import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layoutTraces, type PlacedTrace } from '../../../../renderer/charts/group/layout-traces.ts';

const SECOND_US = 1_000_000;
const HOUR_US = 3600 * SECOND_US;
const trace = (lane: string, start: number, seconds: number): PlacedTrace => ({
  lane,
  startUs: 1e15 + start * SECOND_US,
  durationUs: seconds * SECOND_US,
});

test('each service has a lane, and what runs at the same time in it stands below each other', () => {
  const { bars, lanes } = layoutTraces(
    [trace('desk', 0, 10), trace('desk', 5, 10), trace('shop', 20, 5)],
    1000,
    false,
  );
  expect(lanes.map(({ name }) => name)).toEqual(['desk', 'shop']);
  expect(bars[1]?.y).toBeGreaterThan(bars[0]?.y ?? Infinity);
  expect(bars[2]?.y).toBeGreaterThanOrEqual(lanes[1]?.y ?? Infinity);
});

test('waiting is drawn short and said; what ran keeps its proportions', () => {
  const traces = [trace('desk', 0, 10), trace('desk', 48 * 3600, 20)];
  const short = layoutTraces(traces, 1000, true);
  expect(short.gaps.map(({ us }) => us)).toEqual([48 * HOUR_US - 10 * SECOND_US]);
  expect(short.bars[1]?.width).toBeCloseTo(2 * (short.bars[0]?.width ?? 0));
  const whole = layoutTraces(traces, 1000, false);
  expect(whole.gaps).toEqual([]);
  expect(whole.bars[0]?.width).toBeLessThan(6);
});

test('one instant, no trace, and traces that do not say when are drawn all the same', () => {
  expect(layoutTraces([], 800, true).bars).toEqual([]);
  const odd = layoutTraces(
    [trace('a', 0, 0), { lane: 'a', startUs: Number.NaN, durationUs: Number.NaN }],
    800,
    true,
  );
  for (const { x, y, width } of odd.bars) expect([x, y, width].every((px) => Number.isFinite(px))).toBe(true);
});

test('no bar leaves the width, and none of a row touches the one before it', () => {
  const any = fc.record({
    lane: fc.constantFrom('a', 'b', 'c'),
    startUs: fc.integer({ min: 0, max: 1_000 }).map((hours) => 1e15 + hours * HOUR_US),
    durationUs: fc.integer({ min: 0, max: 7_200 }).map((seconds) => seconds * SECOND_US),
  });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 60 }), fc.boolean(), (traces, short) => {
      const { bars } = layoutTraces(traces, 1200, short);
      expect(bars).toHaveLength(traces.length);
      const inRow = new Map<number, { x: number; width: number }[]>();
      for (const bar of bars) {
        expect(bar.x + bar.width).toBeLessThanOrEqual(1200);
        inRow.set(bar.y, [...(inRow.get(bar.y) ?? []), bar]);
      }
      for (const row of inRow.values()) {
        row.sort((a, b) => a.x - b.x);
        for (let i = 1; i < row.length; i++) {
          const [before, next] = [row[i - 1], row[i]];
          expect(next?.x).toBeGreaterThanOrEqual((before?.x ?? 0) + (before?.width ?? 0) - 0.01);
        }
      }
    }),
  );
});
