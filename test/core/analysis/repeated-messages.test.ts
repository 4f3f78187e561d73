import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markRepeated } from '../../../core/analysis/repeated-messages.ts';

const keys = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });

/** The same by hand: each key takes the next place where it stands in what is left of `before`. */
function markNaively(before: readonly string[], now: readonly string[]): readonly boolean[] {
  let left = [...before];
  return now.map((key) => {
    const place = left.indexOf(key);
    if (place < 0) return false;
    left = left.slice(place + 1);
    return true;
  });
}

describe('what repeats', () => {
  test('a context that only grew repeats all that was sent and answered, and nothing else', () => {
    fc.assert(
      fc.property(keys, keys, (before, added) => {
        const marks = markRepeated(before, [...before, ...added.map((key) => `new ${key}`)]);
        expect(marks).toEqual([...before.map(() => true), ...added.map(() => false)]);
      }),
    );
  });

  test('a context that was cut in the middle repeats what is left of it', () => {
    expect(markRepeated(['S', 'a', 'b', 'c'], ['S', 'c', 'd'])).toEqual([true, true, false]);
  });

  test('a question asked twice is new the second time', () => {
    expect(markRepeated(['S', 'why?'], ['S', 'why?', 'why?'])).toEqual([true, true, false]);
  });

  test('messages in another order are not the same context', () => {
    expect(markRepeated(['a', 'b'], ['b', 'a'])).toEqual([true, false]);
  });

  test('it agrees with the naive way', () => {
    fc.assert(
      fc.property(keys, keys, (before, now) => {
        expect(markRepeated(before, now)).toEqual(markNaively(before, now));
      }),
    );
  });
});
