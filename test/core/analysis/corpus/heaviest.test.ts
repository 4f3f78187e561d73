/** The heaviest of many are those that sorting all of them gives. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Heaviest } from '../../../../core/analysis/corpus/heaviest.ts';
import { SpanIds } from '../../../../core/analysis/corpus/span-ids.ts';

test('are the first of all when they are sorted, in whatever order they come', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 200 }), fc.integer({ min: 1, max: 9 }), (weights, most) => {
      const items = weights.map((weight, id) => ({ weight, id }));
      const heaviest = new Heaviest<{ weight: number; id: number }>(most, (a, b) => a.id - b.id);
      for (const item of items.toReversed()) heaviest.add(item);
      const sorted = items.toSorted((a, b) => b.weight - a.weight || a.id - b.id);
      expect(heaviest.list()).toEqual(sorted.slice(0, most));
    }),
  );
});

test('the id of a long span is known, another is looked up once, and both are forgotten when the trace changes', () => {
  const ids = new SpanIds();
  ids.add('t', 4, 900, 'long');
  const asked: string[] = [];
  const find = (row: number): string =>
    ids.find('t', row, () => {
      asked.push(String(row));
      return `span ${String(row)}`;
    });
  expect([find(4), find(2), find(2)]).toEqual(['long', 'span 2', 'span 2']);
  expect(asked).toEqual(['2']);
  ids.drop('t');
  expect([find(4), find(2)]).toEqual(['span 4', 'span 2']);
  ids.add('t', 1, 800, 'new');
  expect(find(1)).toBe('new');
});
