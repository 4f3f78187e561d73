import { expect, it } from 'vitest';
import { parseExactJson, writeExactJson } from '../../../core/model/exact-json.ts';

it.each([
  '{"a":9007199254740993}',
  '[12345678901234567890,1]',
  '{"n":-0.12345678901234567891,"t":"x 9007199254740993"}',
])('keeps every digit of %s', (text) => {
  expect(writeExactJson(parseExactJson(text))).toBe(text);
});

it('writes one text for one value', () => {
  expect(writeExactJson(parseExactJson('{"b":1.0,"a":[1e3, "é\\u0041"]}'))).toBe('{"a":[1000,"éA"],"b":1}');
});

it('keeps a number that no double reaches', () => {
  expect(writeExactJson(parseExactJson('[1e999]'))).toBe('[1e999]');
});

it('throws on what is no JSON', () => {
  expect(() => parseExactJson('{"a":9007199254740993')).toThrow(SyntaxError);
});
