import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RowHeights } from '../../../renderer/widgets/row-heights.ts';

const measures = fc.array(fc.tuple(fc.nat(39), fc.integer({ min: 1, max: 500 })), { maxLength: 60 });

test('where rows stand agrees with adding up their heights, whatever was measured', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), measures, fc.nat(6000), (count, measured, px) => {
      const heights = new RowHeights(count, 20);
      const naive = Array.from({ length: count }, () => 20);
      for (const [row, height] of measured) {
        const grown = heights.measure(row, height);
        expect(grown).toBe(row < count ? height - (naive[row] ?? 0) : 0);
        if (row < count) naive[row] = height;
      }
      const tops = naive.map((_, row) => naive.slice(0, row).reduce((sum, each) => sum + each, 0));
      tops.forEach((top, row) => expect(heights.top(row)).toBe(top));
      expect(heights.total).toBe(naive.reduce((sum, each) => sum + each, 0));
      const found = tops.findLastIndex((top) => top <= px);
      expect(heights.rowAt(px)).toBe(found);
    }),
  );
});

test('what was measured is known again when rows are added or taken away', () => {
  const heights = new RowHeights(3, 20);
  heights.measure(1, 100);
  expect(new RowHeights(5, 20, heights).top(4)).toBe(20 + 100 + 20 + 20);
  expect(new RowHeights(2, 20, heights).total).toBe(120);
});

test('above all stands the first row, below all the last; an empty list has none', () => {
  const heights = new RowHeights(4, 10);
  expect([heights.rowAt(-50), heights.rowAt(39), heights.rowAt(1e9)]).toEqual([0, 3, 3]);
  expect(new RowHeights(0, 10).total).toBe(0);
});
