import { expect, it } from 'vitest';
import { Lanes } from '../../../core/writers/chrome/lanes.ts';

it('keeps children on the lane of their parent, and what runs beside them on another', () => {
  const lanes = new Lanes();
  expect(lanes.place('parent', undefined, 0, 100)).toBe(1);
  expect(lanes.place('first', 'parent', 10, 40)).toBe(1);
  expect(lanes.place('beside', 'parent', 20, 60)).toBe(2);
  expect(lanes.place('second', 'parent', 50, 90)).toBe(1);
  expect(lanes.place('outlives', 'second', 60, 120)).toBe(2);
});

it('lets a lane go on once all on it have ended', () => {
  const lanes = new Lanes();
  expect(lanes.place('one', undefined, 0, 10)).toBe(1);
  expect(lanes.place('two', undefined, 10, 20)).toBe(1);
  expect(lanes.place('open', undefined, 15, Infinity)).toBe(2);
  expect(lanes.place('later', undefined, 1000, 1001)).toBe(1);
});
