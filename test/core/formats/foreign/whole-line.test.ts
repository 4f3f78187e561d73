/** Lines that are parsed at once tell the same elements as those that are read byte by byte. */
import { describe, expect, it } from 'vitest';
import { ElementReader } from '../../../../core/formats/foreign/element-reader.ts';
import { isTooDeep } from '../../../../core/formats/foreign/whole-line.ts';
import type { Json } from '../../../../core/model/json.ts';

function readElements(text: string, wholeLines: boolean, chunk = text.length): readonly unknown[] {
  const told: unknown[] = [];
  const sink = {
    item: () => undefined,
    skip: (code: string, place: object) => told.push([code, place]),
    note: (code: string, place: object) => told.push([code, place]),
    unread: () => undefined,
  };
  const handler = {
    open: (path: string) => told.push(`open ${path}`),
    close: (path: string) => told.push(`close ${path}`),
    value: (path: string, value: Json, place: { line: number; text: string }) => {
      told.push([path, value, place.line, place.text]);
    },
    fragment: (value: Json) => told.push(value) > 0,
  };
  const reader = new ElementReader(sink, handler, { paths: ['data.spans', 'list'], wholeLines });
  const bytes = new TextEncoder().encode(text);
  for (let i = 0; i < bytes.length; i += Math.max(chunk, 1)) reader.push(bytes.subarray(i, i + chunk));
  reader.end();
  return told;
}

const deep = `${'['.repeat(1100)}${']'.repeat(1100)}`;
const TEXTS: readonly (readonly [string, string])[] = [
  [
    'lines',
    '{"data":{"spans":[{"a":1},{"b":12345678901234567890}]},"x":"größer"}\n{"list":[1,[2]],"y":null}\r\n',
  ],
  ['a last line without a line feed', '{"data":[{"spans":[{"a":1}],"x":{"y":2}}]}'],
  ['several values on a line', '{"list":[1]}{"list":[2]} {"list":[3]}\n'],
  ['a pretty-printed value', '{\n  "data": {\n    "spans": [\n      { "a": 1 }\n    ]\n  }\n}\n'],
  ['a torn line between others', '{"list":[1]}\n{"list":[2\n{"list":[3]}\n'],
  ['nesting past all measure', `{"list":[${deep},1]}\n{"list":[2]}\n`],
  ['bytes that are cut off', '{"list":[1,2,{"a"'],
];

describe('whole lines', () => {
  it.each(TEXTS)('tell of %s what bytes tell', (_, text) => {
    const expected = readElements(text, false);
    expect(readElements(text, true)).toEqual(expected);
    for (const chunk of [1, 7, 40]) expect(readElements(text, true, chunk)).toEqual(expected);
  });
});

it('Depth is counted in levels', () => {
  expect(isTooDeep([[1]], 2)).toBe(false);
  expect(isTooDeep([[1]], 1)).toBe(true);
  expect(isTooDeep({ a: { b: {} } }, 2)).toBe(true);
});
