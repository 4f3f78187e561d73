import { expect, test } from 'vitest';
import {
  between,
  isWhole,
  keepInView,
  pan,
  range,
  reveal,
  wholeTrace,
  zoomAt,
  zoomTo,
} from '../../../core/flame/viewport.ts';

const LENGTH = 1_000_000;
const whole = wholeTrace(LENGTH);

test('the whole trace has a little air at both ends, and even an instant has a width', () => {
  expect(whole.from).toBeLessThan(0);
  expect(whole.to).toBeGreaterThan(LENGTH);
  expect(wholeTrace(0).to).toBeGreaterThan(0);
  expect(wholeTrace(180).to, 'fills the width, however short it is').toBeLessThan(200);
});

test('zooming keeps the time under the pointer where it is', () => {
  const view = zoomAt(whole, 0.3, 0.5, LENGTH);
  const under = whole.from + (whole.to - whole.from) * 0.3;
  expect(view.from + (view.to - view.from) * 0.3).toBeCloseTo(under, 3);
  expect(view.to - view.from).toBeCloseTo((whole.to - whole.from) / 2, 3);
});

test('zooming out ends at the whole, zooming in at ten microseconds', () => {
  expect(zoomAt(zoomAt(whole, 0.9, 0.5, LENGTH), 0.1, 100, LENGTH)).toEqual(whole);
  const close = zoomAt(whole, 0.5, 1e-9, LENGTH);
  expect(close.to - close.from).toBeCloseTo(10, 6);
});

test('panning stops at the ends of the trace', () => {
  const view = { from: 400_000, to: 600_000 };
  expect(pan(view, 0.5, LENGTH)).toEqual({ from: 500_000, to: 700_000 });
  expect(pan(view, 100, LENGTH).to).toBe(whole.to);
  expect(pan(view, -100, LENGTH).from).toBe(whole.from);
});

test('a span is shown with some of its surroundings, a range exactly', () => {
  const view = zoomTo(200_000, 300_000, LENGTH);
  expect(view).toEqual({ from: 196_000, to: 304_000 });
  expect(range(200_000, 300_000, LENGTH)).toEqual({ from: 200_000, to: 300_000 });
  expect(range(200_000, 200_000, LENGTH).to).toBeGreaterThan(200_000);
});

test('what is in sight already does not move', () => {
  const view = { from: 400_000, to: 600_000 };
  expect(reveal(view, 450_000, 500_000, LENGTH)).toBe(view);
  const moved = reveal(view, 800_000, 810_000, LENGTH);
  expect(moved.from).toBeLessThan(800_000);
  expect(moved.to).toBeGreaterThan(810_000);
  expect(moved.to - moved.from).toBe(200_000);
});

test('a flight begins and ends where it should', () => {
  const to = { from: 10, to: 20 };
  expect(between(whole, to, 1)).toEqual(to);
  const start = between(whole, to, 0);
  expect(start.from).toBeCloseTo(whole.from, 3);
  expect(start.to).toBeCloseTo(whole.to, 3);
});

test('whole is what shows everything', () => {
  expect(isWhole(whole, LENGTH)).toBe(true);
  expect(isWhole(zoomAt(whole, 0.5, 0.9, LENGTH), LENGTH)).toBe(false);
});

test('following keeps the zoom and puts now near the right edge, inside the trace', () => {
  const view = keepInView({ from: 100, to: 200 }, 5_000_000, 5_000_000);
  expect(view.to - view.from).toBeCloseTo(100);
  expect(view.to).toBeGreaterThan(5_000_000);
  expect(view.to - 5_000_000).toBeLessThan(10);
  const whole = wholeTrace(1000);
  expect(keepInView(whole, 1000, 1000)).toEqual(whole);
});
