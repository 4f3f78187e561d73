import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeSafeJson } from '../../../clients/workbench/safe-json.ts';

const read = (value: unknown, most?: number): unknown => JSON.parse(writeSafeJson(value, most));

describe('writeSafeJson', () => {
  it('writes what is JSON already as JSON.stringify does', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        // JSON knows no minus zero, and a reader none either.
        expect(read(value)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('writes one line of valid JSON of anything at all', () => {
    const anything = fc.anything({
      withBigInt: true,
      withMap: true,
      withSet: true,
      withDate: true,
      withTypedArray: true,
      withNullPrototype: true,
      withSparseArray: true,
      stringUnit: 'binary',
    });
    fc.assert(
      fc.property(anything, (value) => {
        const text = writeSafeJson({ value });
        expect(() => JSON.parse(text) as unknown).not.toThrow();
        expect(text).not.toContain('\n');
        expect(text).not.toMatch(/\p{Surrogate}/u);
      }),
      { numRuns: 40 },
    );
  });

  it('makes readable what JSON cannot say', () => {
    const cycle: Record<string, unknown> = { name: 'loop' };
    cycle['self'] = cycle;
    const value = {
      big: 10n ** 20n,
      nan: Number.NaN,
      map: new Map([['a', 1n]]),
      pairs: new Map([[1, 2]]),
      set: new Set(['x']),
      date: new Date(0),
      badDate: new Date(Number.NaN),
      lone: 'a\ud83d',
      bytes: new Uint8Array(3),
      error: new TypeError('no'),
      call: function named() {},
      cycle,
    };
    expect(read(value)).toEqual({
      big: '100000000000000000000',
      nan: 'NaN',
      map: { a: '1' },
      pairs: [[1, 2]],
      set: ['x'],
      date: '1970-01-01T00:00:00.000Z',
      badDate: 'Invalid Date',
      lone: 'a\ufffd',
      bytes: '[Uint8Array of 3 bytes]',
      error: { name: 'TypeError', message: 'no' },
      call: '[function named]',
      cycle: { name: 'loop', self: '[circular]' },
    });
  });

  it('reads around getters and toJSON that throw', () => {
    const value = {
      good: 1,
      get bad(): never {
        throw new Error('boom');
      },
      other: {
        kept: true,
        toJSON(): never {
          throw new Error('boom');
        },
      },
    };
    expect(read(value)).toMatchObject({ good: 1, bad: '[unreadable: boom]', other: { kept: true } });
  });

  it('does not show the same object twice as a circle', () => {
    const shared = { a: 1n };
    expect(read([shared, shared])).toEqual([{ a: '1' }, { a: '1' }]);
  });

  it('keeps the short fields of what is too large or too deep', () => {
    let deep: unknown = 1;
    for (let i = 0; i < 20_000; i++) deep = [deep];
    const value = {
      id: 'span_1',
      text: 'x'.repeat(50_000),
      list: Array.from({ length: 10_000 }, String),
      deep,
    };
    const text = writeSafeJson(value, 20_000);
    expect(text.length).toBeLessThanOrEqual(20_000);
    expect(JSON.parse(text)).toMatchObject({
      id: 'span_1',
      text: expect.stringContaining('[truncated') as string,
    });
  });
});
