import { expect, test } from 'vitest';

import { canonicalJson, ownAt, stringAt, type JsonObject } from '../../../core/model/json.ts';

test('canonical JSON depends on the value, not on the order of keys', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: true })).toBe(
    '{"a":true,"b":[1,{"c":"x","d":null}]}',
  );
});

test('fault 47: names of Object.prototype are plain keys', () => {
  const hostile = JSON.parse('{"__proto__":{"polluted":true},"constructor":"c"}') as JsonObject;
  expect(stringAt(hostile, 'constructor')).toBe('c');
  expect(ownAt({}, 'constructor')).toBeUndefined();
  expect(ownAt(hostile, '__proto__')).toEqual({ polluted: true });
  expect(canonicalJson(hostile)).toBe('{"__proto__":{"polluted":true},"constructor":"c"}');
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});
