import { expect, test } from 'vitest';

import { linkSpans } from '../../../core/analysis/span-tree.ts';
import { foldTraceText } from '../../build/read-trace-text.ts';
import { writeTraceText } from '../../build/write-trace-text.ts';

function link(drawing: string) {
  const spans = foldTraceText(drawing);
  const tree = linkSpans(spans);
  return { spans, tree, names: (rows: Iterable<number>) => [...rows].map((row) => spans.name(row)) };
}

test('siblings stand by start time, whatever the order of arrival', () => {
  const { spans, tree } = link(`
    late   custom     5--8    id=c parent=a
    first  custom  1-2        id=b parent=a
    root   custom  0------9   id=a
  `);
  const drawn = writeTraceText(spans, tree)
    .split('\n')
    .map((line) => line.trim().split(/\s/)[0]);
  expect(drawn).toEqual(['root', 'first', 'late']);
});

test('fault 32: an orphan is a top of its own, counted, and depth begins anew', () => {
  const { tree, names } = link(`
    root      custom  0---9
      child   custom   1-2
    lost      custom    2--5  parent=never-came
      below   custom     3-4
  `);
  expect(names(tree.tops)).toEqual(['root', 'lost']);
  expect(tree).toMatchObject({ roots: 1, orphans: 1, cycles: 0, maxDepth: 2 });
});

test('fault 32: an orphan is adopted when its parent comes', () => {
  const { tree } = link(`
    lost   custom    2--5  parent=p
    found  custom  0---9   id=p
  `);
  expect(tree).toMatchObject({ roots: 1, orphans: 0, maxDepth: 2 });
});

test('fault 34: two roots are both tops; no root is no fault', () => {
  expect(link('a custom 0-3\nb custom 4-5').tree).toMatchObject({ roots: 2, orphans: 0 });
  expect(link('a custom 0-3 parent=x').tree).toMatchObject({ roots: 0, orphans: 1 });
});

test('fault 33: a span that is its own parent is a top', () => {
  const { tree } = link('self custom 0-3 id=a parent=a');
  expect(tree).toMatchObject({ tops: [0], cycles: 1, roots: 0, orphans: 0, maxDepth: 1 });
});

test('fault 33: a cycle of two is cut at its earliest span, in either order of arrival', () => {
  const a = 'early custom 0-3 id=a parent=b';
  const b = 'later custom 1-2 id=b parent=a';
  for (const drawing of [`${a}\n${b}`, `${b}\n${a}`]) {
    const { tree, names } = link(drawing);
    expect(names(tree.tops)).toEqual(['early']);
    expect(tree).toMatchObject({ cycles: 1, maxDepth: 2 });
  }
});

test('fault 33: a cycle of fifty with a tail is cut once and nothing is lost', () => {
  const ring = Array.from(
    { length: 50 },
    (_, i) => `s${String(i)} custom ${String(i)}-99 id=r${String(i)} parent=r${String((i + 1) % 50)}`,
  );
  const { tree, names } = link([...ring, 'tail custom 60-61 id=t parent=r7'].join('\n'));
  expect(names(tree.tops)).toEqual(['s0']);
  expect(tree.cycles).toBe(1);
  expect(tree.preorder).toHaveLength(51);
  expect(new Set(tree.preorder).size).toBe(51);
});

test('fault 38: ten thousand levels link without recursion', () => {
  const drawing = Array.from(
    { length: 10_000 },
    (_, i) => `s custom 0-1 id=n${String(i)}${i === 0 ? '' : ` parent=n${String(i - 1)}`}`,
  );
  expect(link(drawing.join('\n')).tree.maxDepth).toBe(10_000);
});

test('nothing links to nothing', () => {
  expect(link('').tree).toMatchObject({ tops: [], roots: 0, orphans: 0, maxDepth: 0 });
});
