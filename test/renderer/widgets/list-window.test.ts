import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  contentTop,
  LARGEST_PX,
  listHeight,
  rowsInSight,
  rowTop,
  scrollTopFor,
} from '../../../renderer/widgets/list-window.ts';

const VIEW_PX = 600;
const size = (rows: number) => ({ rows, rowPx: 25, viewPx: VIEW_PX });

test('a list of a size that browsers draw stands as high as its rows', () => {
  expect(listHeight(size(100_000))).toBe(2_500_000);
  expect(rowsInSight(size(100_000), 2500, 50)).toEqual({ first: 98, end: 126 });
  expect(rowTop(size(100_000), 2500, 110)).toBe(2750);
});

test('a million rows stand in an element that every browser draws, and the last one is reached', () => {
  const million = size(1_000_000);
  expect(listHeight(million)).toBe(LARGEST_PX);
  const end = LARGEST_PX - VIEW_PX;
  expect(rowsInSight(million, end, 0)).toEqual({ first: 999_976, end: 1_000_000 });
  expect(rowTop(million, end, 999_999)).toBeCloseTo(LARGEST_PX - 25, 3);
});

test('scrolling to a place in the content shows that place', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 30, max: 3_000_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (rows, share) => {
        const list = size(rows);
        const top = share * (rows * list.rowPx - VIEW_PX);
        const scrolled = scrollTopFor(list, top);
        expect(scrolled).toBeLessThanOrEqual(listHeight(list) - VIEW_PX + 1e-6);
        expect(contentTop(list, scrolled)).toBeCloseTo(top, 3);
      },
    ),
  );
});

test('a list without rows, or scrolled past its end, shows no row that is not there', () => {
  expect(rowsInSight(size(0), 0, 400)).toEqual({ first: 0, end: 0 });
  expect(rowsInSight(size(3), 5000, 0)).toEqual({ first: 3, end: 3 });
});
