import { expect, test } from 'vitest';
import { walkRow, type RowView } from '../../../core/flame/walk-row.ts';
import type { FlameModel } from '../../../renderer/charts/flame/model.ts';
import { flameOf } from '../../renderer/charts/flame/draw-flame.ts';

const MS = 1000;

/** What is drawn of a row, as `name x0-x1`, with `*n` for n merged spans and `!` for an error among them. */
function walk(model: FlameModel, row: number, rowView: RowView): readonly string[] {
  const seen: string[] = [];
  walkRow(model, row, rowView, (span, x0, x1, spans, errors) => {
    const bunch = `${spans > 1 ? `*${String(spans)}` : ''}${errors > 0 ? '!' : ''}`;
    seen.push(`${model.table.name(span)} ${x0.toFixed(1)}-${x1.toFixed(1)}${bunch}`);
  });
  return seen;
}

const model = flameOf(`
  T     custom 0-----------------1000
    a   custom 0---100
    b   custom     100-101
    c   custom         101-102            !boom
    d   custom             102-103
    e   custom                 103--500
    f   custom                        500...
`);

test('spans are placed by their times', () => {
  const view = { view: { from: 0, to: 1000 * MS }, width: 1000, now: 1000 * MS };
  expect(walk(model, 0, view)).toEqual(['T 0.0-1000.0']);
  expect(walk(model, 1, view).at(0)).toBe('a 0.0-100.0');
});

test('spans under a pixel and a half are merged, but never with a wide one, and never hide an error', () => {
  const view = { view: { from: 0, to: 1000 * MS }, width: 1000, now: 1000 * MS };
  expect(walk(model, 1, view)).toEqual([
    'a 0.0-100.0',
    'b 100.0-101.0*2!',
    'd 102.0-103.0',
    'e 103.0-500.0',
    'f 500.0-1000.0',
  ]);
});

test('zoomed in, each is drawn alone, and nothing outside the view is visited', () => {
  const view = { view: { from: 100 * MS, to: 103 * MS }, width: 300, now: 1000 * MS };
  expect(walk(model, 1, view)).toEqual([
    'a -10000.0-0.0',
    'b 0.0-100.0',
    'c 100.0-200.0!',
    'd 200.0-300.0',
    'e 300.0-40000.0',
  ]);
});

test('an open span ends at now, and never before its start', () => {
  const later = { view: { from: 0, to: 1000 * MS }, width: 1000, now: 700 * MS };
  expect(walk(model, 1, later).at(-1)).toBe('f 500.0-700.0');
  const early = { ...later, now: 20 * MS };
  expect(walk(model, 1, early).at(-1)).toBe('f 500.0-500.0');
});

test('five thousand spans on a hundred pixels are no more than a hundred bars', () => {
  const lines = Array.from({ length: 5000 }, (_, i) => `  s custom ${String(i)}--${String(i + 1)}`);
  const many = flameOf(['T custom 0--5000', ...lines].join('\n'));
  const seen = walk(many, 1, { view: { from: 0, to: 5000 * MS }, width: 100, now: 0 });
  expect(seen.length).toBeLessThanOrEqual(100);
  expect(seen.length).toBeGreaterThan(50);
});
