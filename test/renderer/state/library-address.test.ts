import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SORT_COLUMNS } from '../../../core/store/library-query.ts';
import {
  FIRST_ADDRESS,
  LIST_COLUMNS,
  readLibraryAddress,
  writeLibraryAddress,
  type LibraryAddress,
} from '../../../renderer/state/library-address.ts';
import { libraryPlace, readPlace, writePlace } from '../../../renderer/state/place.ts';

const text = fc.string({ unit: 'grapheme' });
const texts = fc.array(text, { maxLength: 3 });
const timeUs = fc.option(fc.integer({ min: 0, max: 4e15 }), { nil: undefined });
const addresses: fc.Arbitrary<LibraryAddress> = fc.record({
  filter: fc.record({
    status: texts,
    workflow: texts,
    agent: texts,
    model: texts,
    origin: texts,
    text,
    fromUs: timeUs,
    toUs: timeUs,
    minErrors: fc.nat(5),
  }),
  sort: fc.record({ by: fc.constantFrom(...SORT_COLUMNS), descending: fc.boolean() }),
  columns: fc.subarray([...LIST_COLUMNS]),
});

test('whatever is filtered, sorted and shown has an address that leads back to it', () => {
  fc.assert(
    fc.property(addresses, (address) => {
      const place = readPlace(writePlace(libraryPlace(writeLibraryAddress(address))));
      expect(place.kind === 'library' && readLibraryAddress(place.query ?? '')).toEqual(address);
    }),
  );
});

test('the list as it first is needs no words, and reads well where it does', () => {
  expect(writePlace(libraryPlace(writeLibraryAddress(FIRST_ADDRESS)))).toBe('#/');
  const address = readLibraryAddress('status=failed&agent=Billing&sort=-duration');
  expect(writeLibraryAddress(address)).toBe('status=failed&agent=Billing&sort=-duration');
  expect(address.sort).toEqual({ by: 'duration', descending: true });
});

test('what has no meaning in an address is as if it were not there', () => {
  expect(
    readLibraryAddress('sort=nothing&from=yesterday&errors=-1&columns=spans,nothing&x=%E0%A4%A'),
  ).toEqual({
    ...FIRST_ADDRESS,
    columns: ['spans'],
  });
});
