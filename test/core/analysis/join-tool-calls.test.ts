import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinToolCalls } from '../../../core/analysis/join-tool-calls.ts';

test('equal arguments decide between calls of one tool, however they are written', () => {
  const calls = [
    { name: 'lookup', input: '{"a":1,"b":2}' },
    { name: 'lookup', input: { a: 2 } },
  ];
  const spans = [
    { name: 'lookup', input: '{"a":2}' },
    { name: 'lookup', input: '{ "b": 2, "a": 1 }' },
  ];
  expect(joinToolCalls(calls, spans)).toEqual([1, 0]);
});

test('without arguments the order in time decides, and another tool is never taken', () => {
  const spans = [
    { name: 'other', input: undefined },
    { name: 'lookup', input: undefined },
    { name: 'lookup', input: undefined },
  ];
  const calls = ['lookup', 'lookup', 'lookup'].map((name) => ({ name, input: '{}' }));
  expect(joinToolCalls(calls, spans)).toEqual([1, 2, -1]);
});

test('no span is given twice, and every call that could have one has one', () => {
  const named = fc.record({
    name: fc.constantFrom('a', 'b'),
    input: fc.constantFrom('{}', '{"x":1}', 'words'),
  });
  fc.assert(
    fc.property(fc.array(named), fc.array(named), (calls, spans) => {
      const joined = joinToolCalls(calls, spans);
      const given = joined.filter((place) => place >= 0);
      expect(new Set(given).size).toBe(given.length);
      for (const name of ['a', 'b']) {
        const count = (list: readonly { name: string }[]): number =>
          list.filter((each) => each.name === name).length;
        const joinedOfName = joined.filter((place, i) => place >= 0 && calls[i]?.name === name);
        expect(joinedOfName).toHaveLength(Math.min(count(calls), count(spans)));
      }
    }),
  );
});
