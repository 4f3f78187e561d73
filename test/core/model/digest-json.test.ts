import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digestJson, digestText, joinDigests, NO_DIGEST } from '../../../core/model/digest-json.ts';
import { canonicalJson, type Json } from '../../../core/model/json.ts';

test('nothing has no digest, and everything else has one', () => {
  for (const nothing of [undefined, null, '']) expect(digestJson(nothing)).toBe(NO_DIGEST);
  for (const something of [0, false, {}, [], '{}', ' ', 'x'])
    expect(digestJson(something)).toBeGreaterThan(0);
});

test('a text of JSON and the value it says are one, whatever the order of keys and the white space', () => {
  const value = { city: 'Bern', days: [1, 2.5], deep: { a: null, b: true } };
  const texts = [
    '{"city":"Bern","days":[1,2.5],"deep":{"a":null,"b":true}}',
    ' { "deep": {"b": true, "a": null}, "days": [1, 2.50], "city": "Bern" }',
  ];
  for (const text of texts) expect(digestJson(text)).toBe(digestJson(value));
});

test('the order of a list, a changed value, a moved key and another type make another digest', () => {
  const values: Json[] = [
    { a: 1, b: 2 },
    { a: 2, b: 1 },
    { a: { b: 2 } },
    { b: { a: 2 } },
    [1, 2],
    [2, 1],
    [[1], 2],
    [[1, 2]],
    { a: 1 },
    { a: '1' },
    '1',
    [],
    {},
  ];
  expect(new Set(values.map((value) => digestJson(value))).size).toBe(values.length);
});

test('different values have different digests', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      const [one, other] = [a as Json, b as Json].map((value) => ({ value }));
      const isSame = canonicalJson(one) === canonicalJson(other);
      expect(digestJson(one) === digestJson(other)).toBe(isSame);
    }),
  );
});

test('what is broken, deep or long is taken as the text it is', () => {
  expect(digestJson('{"a":')).toBe(digestText('{"a":'));
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);
  expect(digestJson(deep)).toBe(digestText(deep));
  expect(digestJson(`${'['.repeat(9_000)}1${']'.repeat(9_000)}`)).toBeGreaterThan(0);
});

test('two digests in another order are another one, and nothing to ask is no call', () => {
  expect(joinDigests(7, 9)).not.toBe(joinDigests(9, 7));
  expect(joinDigests(7, NO_DIGEST)).toBe(NO_DIGEST);
});
