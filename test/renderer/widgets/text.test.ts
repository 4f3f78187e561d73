import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeFolded, readJsonText } from '../../../renderer/widgets/json-text.ts';
import { beginningOf, cutText } from '../../../renderer/widgets/text-pieces.ts';

test('a text in pieces is the same text, and no piece ends in half a letter', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '\n', '😀', 'ü', '漢'), maxLength: 400 });
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 40 }), (whole, letters) => {
      const pieces = cutText(whole, letters);
      expect(pieces.join('')).toBe(whole);
      for (const piece of pieces) expect(encodeURIComponent(piece)).not.toBe('');
    }),
  );
});

test('the beginning of a long text keeps its letters whole', () => {
  expect(beginningOf('short', 10)).toBe('short');
  expect(beginningOf('aa😀b', 3)).toBe('aa');
});

test('strings that hold JSON are read, all others stay text', () => {
  expect(readJsonText('{"a":1}')).toEqual({ a: 1 });
  expect(readJsonText(' [1]')).toEqual([1]);
  for (const text of ["{'ok': True}", '12', '"a"', 'null', '', 'plain', '{"cut": ']) {
    expect(readJsonText(text)).toBeUndefined();
  }
});

test('a folded value says how much is in it', () => {
  expect(describeFolded({ a: 1 })).toBe('{1 key}');
  expect(describeFolded([1, 2])).toBe('[2 items]');
});
