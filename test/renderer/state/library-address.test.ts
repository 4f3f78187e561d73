import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseQuery } from '../../../core/query/parse-query.ts';
import { SORT_COLUMNS } from '../../../core/store/library-query.ts';
import {
  addressOfQuery,
  FIRST_ADDRESS,
  LIST_COLUMNS,
  readLibraryAddress,
  writeLibraryAddress,
  type LibraryAddress,
} from '../../../renderer/state/library-address.ts';
import { libraryPlace, readPlace, writePlace } from '../../../renderer/state/place.ts';

const addresses: fc.Arbitrary<LibraryAddress> = fc.record({
  query: fc.string({ unit: 'grapheme' }).map((text) => (text.trim() === '' ? '' : text)),
  sort: fc.record({ by: fc.constantFrom(...SORT_COLUMNS), descending: fc.boolean() }),
  columns: fc.subarray([...LIST_COLUMNS]),
  words: fc.string({ unit: 'grapheme' }).map((text) => (text.trim() === '' ? '' : text)),
});

test('whatever is asked, sorted and shown has an address that leads back to it', () => {
  fc.assert(
    fc.property(addresses, (address) => {
      const place = readPlace(writePlace(libraryPlace(writeLibraryAddress(address))));
      expect(place.kind === 'library' && readLibraryAddress(place.query ?? '')).toEqual(address);
    }),
  );
});

test('the list as it first is needs no words, and reads well where it does', () => {
  expect(writePlace(libraryPlace(writeLibraryAddress(FIRST_ADDRESS)))).toBe('#/');
  const address = readLibraryAddress('query=status%3Afailed&sort=-duration');
  expect(address.query).toBe('status:failed');
  expect(writeLibraryAddress(address)).toBe('query=status%3Afailed&sort=-duration');
  expect(address.sort).toEqual({ by: 'duration', descending: true });
});

test('a query has a link', () => {
  const parsed = parseQuery('agent:Billing error:true');
  expect(addressOfQuery(parsed.kind === 'query' ? parsed.tree : undefined)).toBe(
    'query=agent%3ABilling+error%3Atrue',
  );
});

test.each([
  ['status=failed&status=completed&agent=Billing', 'status:failed,completed agent:Billing'],
  ['workflow=Customer+support&source=live&workflow=', 'workflow:"Customer support","" source:live'],
  ['q=refund+me&errors=1', 'refund me error:true'],
  ['q=a:b&errors=3', '"a:b" errors>=3'],
  ['status=nothing&from=yesterday&errors=-1&errors=x', ''],
  ['status=failed&query=agent:x', 'agent:x'],
])('an address of an older version, %s, is the query %s', (address, query) => {
  expect(readLibraryAddress(address).query).toBe(query);
});

test('the times of an older address mean the same moments', () => {
  const { query } = readLibraryAddress('from=2026-11-20T14:00:00.000000Z&to=2026-11-20T15:00:00.500000Z');
  expect(query).toMatch(/^started:2026-11-\d\dT\d\d:\d\dZ?\.\.2026-11-\d\dT\d\d:\d\d:00\.5Z?$/);
  expect(parseQuery(query).kind).toBe('query');
});

test('what has no meaning in an address is as if it were not there', () => {
  expect(readLibraryAddress('sort=nothing&columns=spans,nothing&x=%E0%A4%A')).toEqual({
    ...FIRST_ADDRESS,
    columns: ['spans'],
  });
});
