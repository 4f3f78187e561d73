import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../../../core/model/json.ts';
import { JsonFolds, JsonRows } from '../../../renderer/widgets/json-rows.ts';
import { JsonSearch, MOST_MATCHES } from '../../../renderer/widgets/json-search.ts';
import { writeJsonPath } from '../../../renderer/widgets/json-text.ts';

function rowsOf(value: Json, folds = JsonFolds.all(true)): JsonRows {
  const rows = new JsonRows(value, folds);
  while (!rows.grow(3));
  return rows;
}

function pathsOf(rows: JsonRows): readonly string[] {
  return Array.from({ length: rows.count }, (_, i) => writeJsonPath(rows.path(i)));
}

/** Every path of a value, the plain way. */
function plainPaths(value: Json, keys: readonly (string | number)[] = []): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries: readonly (readonly [string | number, Json])[] = Array.isArray(value)
    ? value.map((item: Json, i) => [i, item] as const)
    : Object.entries(value);
  return entries.flatMap(([key, child]) => [
    writeJsonPath([...keys, key]),
    ...plainPaths(child, [...keys, key]),
  ]);
}

function nested(depth: number): Json {
  let value: Json = 'bottom';
  for (let i = 0; i < depth; i++) value = { in: value };
  return value;
}

test('unfolded, the rows are every value of the whole in its order', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const json = value as Json;
      const plain = plainPaths(json);
      expect(pathsOf(rowsOf(json))).toEqual(plain.length > 0 ? plain : ['$']);
    }),
  );
});

test('what is folded has one row, wherever it stands', () => {
  const value = { a: { b: [1, 2] }, c: 3, d: { e: {} } };
  expect(pathsOf(rowsOf(value, JsonFolds.all(false)))).toEqual(['$.a', '$.c', '$.d']);
  const folds = JsonFolds.all(true);
  folds.set(value.a, false);
  const rows = rowsOf(value, folds);
  expect(pathsOf(rows)).toEqual(['$.a', '$.c', '$.d', '$.d.e']);
  expect([rows.row(0).open, rows.row(1).open, rows.row(2).open, rows.row(3).open]).toEqual([
    false,
    undefined,
    true,
    undefined,
  ]);
  expect(rows.above(3)).toBe(2);
  expect(rows.above(2)).toBe(-1);
});

test('long lists are folded to begin with, and every row is found by its place', () => {
  const list = Array.from({ length: 100 }, (_, i) => i);
  const value = { short: [1], list, last: true };
  expect(rowsOf(value, new JsonFolds(2)).count).toBe(4);
  const rows = rowsOf(value);
  expect(rows.count).toBe(104);
  expect(rows.row(rows.find(list, 42))).toEqual({ depth: 1, key: 42, value: 42, open: undefined });
  expect(rowsOf(value, new JsonFolds(2)).find(list, 42)).toBe(-1);
});

test('depth is no danger: neither rows, nor paths, nor search call themselves', () => {
  const deep = nested(10_000);
  const rows = rowsOf(deep);
  expect(rows.count).toBe(10_000);
  expect(rows.path(9999)).toHaveLength(10_000);
  const search = new JsonSearch(deep, 'BOTTOM');
  while (!search.step(100));
  expect(search.matches).toHaveLength(1);
});

test('a million values are a few runs where nothing among them is open', () => {
  const rows = new JsonRows(
    Array.from({ length: 1_000_000 }, (_, i) => i),
    JsonFolds.all(true),
  );
  expect(rows.grow(2)).toBe(true);
  expect(rows.row(999_999)).toEqual({ depth: 0, key: 999_999, value: 999_999, open: undefined });
});

test('a search finds words in keys and values, and knows the way to them', () => {
  const value = { Alpha: 1, list: [{ b: 'the alphabet' }, 'beta'], n: 12, no: null };
  const search = new JsonSearch(value, 'alpha');
  while (!search.step(2));
  expect(search.matches.map(({ container, child }) => [container, child])).toEqual([
    [value, 0],
    [value.list[0], 0],
  ]);
  expect(search.matches[1]?.around?.container).toBe(value.list);
  for (const [words, found] of [
    ['12', 1],
    ['null', 1],
    ['nowhere', 0],
  ] as const) {
    const other = new JsonSearch(value, words);
    while (!other.step(100));
    expect(other.matches).toHaveLength(found);
  }
});

test('a search gives up counting where a word is everywhere', () => {
  const search = new JsonSearch(
    Array.from({ length: MOST_MATCHES * 2 }, () => 'x'),
    'x',
  );
  while (!search.step(1000));
  expect(search.matches).toHaveLength(MOST_MATCHES);
});

test('a path is written as programs read it', () => {
  expect(writeJsonPath(['a', 0, 'b c', 'größe', '"'])).toBe('$.a[0]["b c"].größe["\\""]');
});
