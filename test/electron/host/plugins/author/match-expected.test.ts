import { describe, expect, it } from 'vitest';
import { findDifference } from '../../../../../electron/host/plugins/author/match-expected.ts';

describe('what an author expects', () => {
  it('is met by an answer that holds more fields, and by numbers that differ by rounding', () => {
    expect(
      findDifference({ a: [{ b: 0.3 }], c: null }, { a: [{ b: 0.1 + 0.2, x: 1 }], c: null, d: 4 }),
    ).toBeUndefined();
  });

  it.each([
    [{ a: 1 }, { a: 2 }, 'the answer.a is 2, and 1 was expected.'],
    [{ a: 1 }, {}, 'the answer.a is missing, and 1 was expected.'],
    [[1, 2], [1], 'the answer is [1], and [1,2] was expected.'],
    [[{ a: 'x' }], [{ a: 'y' }], 'the answer[0].a is "y", and "x" was expected.'],
    [{}, [], 'the answer is [], and {} was expected.'],
    [null, {}, 'the answer is {}, and null was expected.'],
  ])('is told with the place where it is not met: %j', (expected, given, words) => {
    expect(findDifference(expected, given)).toBe(words);
  });
});
