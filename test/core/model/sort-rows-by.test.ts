import fc from 'fast-check';
import { expect, test } from 'vitest';
import { at } from '../../../core/model/assert.ts';
import { sortRowsBy } from '../../../core/model/sort-rows-by.ts';

/** The slow and plain way to say the same. */
function sortPlainly(rows: readonly number[], keys: Float64Array): readonly number[] {
  const keyOf = (row: number): number => at(keys, row);
  return [...rows].sort((a, b) => {
    if (Number.isNaN(keyOf(a)) || Number.isNaN(keyOf(b)))
      return Number(Number.isNaN(keyOf(a))) - Number(Number.isNaN(keyOf(b))) || b - a;
    return keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : b - a;
  });
}

const times = fc.oneof(
  fc.integer({ min: -5, max: 5 }),
  fc.double(),
  fc.constantFrom(
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    -0,
    1.77e15,
    1.77e15 + 0.25,
  ),
);

test('few rows and many stand as comparing them would have them, what has no number last', () => {
  fc.assert(
    fc.property(fc.array(times, { maxLength: 40 }), fc.constantFrom(1, 30), (some, copies) => {
      const keys = Float64Array.from(Array.from({ length: copies }, () => some).flat());
      const rows = Uint32Array.from(keys.keys());
      sortRowsBy(rows, keys, (a, b) => b - a);
      expect([...rows]).toEqual(sortPlainly([...keys.keys()], keys));
    }),
  );
});

test('a part of the rows is sorted where it stands, the others stay', () => {
  const keys = Float64Array.from({ length: 2000 }, (_, row) => (row * 7919) % 1999);
  const rows = Uint32Array.from(keys.keys());
  sortRowsBy(rows.subarray(500, 1500), keys, (a, b) => a - b);
  expect([...rows.subarray(0, 500)]).toEqual(Array.from({ length: 500 }, (_, row) => row));
  expect([...rows.subarray(500, 1500)]).toEqual(
    Array.from({ length: 1000 }, (_, i) => i + 500).sort((a, b) => at(keys, a) - at(keys, b) || a - b),
  );
});
