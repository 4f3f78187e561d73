/** The place of a fault in JSON, which must agree with JSON.parse on what is a fault at all. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonErrorOffset } from '../../../../electron/host/records/json-error-offset.ts';

describe('the offset of a fault in JSON', () => {
  it.each([
    ['{"a":1,}', 7],
    ['[1 2]', 3],
    ['[01]', 1],
    ['{"ä":!}', 6],
    ['["a\nb"]', 1],
    ['["\\x"]', 1],
    ['[1]]', 3],
    ['{"a" 1}', 5],
    ['[NaN]', 1],
    ['[1', 2],
    ['', 0],
    ['[}', 1],
  ])('of %j is %i', (text, offset) => {
    expect(findJsonErrorOffset(text)).toBe(offset);
  });

  it('is the end of the text where JSON.parse finds none', () => {
    fc.assert(
      fc.property(fc.json(), (text) => findJsonErrorOffset(text) === Buffer.byteLength(text)),
      { seed: 5, numRuns: 300 },
    );
  });

  it('is found in text nested 100,000 deep', () => {
    expect(findJsonErrorOffset(`${'['.repeat(100_000)}!`)).toBe(100_000);
  });
});
