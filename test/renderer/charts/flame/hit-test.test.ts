import { expect, test } from 'vitest';
import { BAR_PX, rowTop } from '../../../../renderer/charts/flame/geometry.ts';
import { findSpanAt } from '../../../../renderer/charts/flame/hit-test.ts';
import { flameOf } from './draw-flame.ts';

const model = flameOf(`
  T     custom 0----------------1000
    a   custom 0---400
    h   custom     400-400
    b   custom     400------900
`);
const rowView = { view: { from: 0, to: 1_000_000 }, width: 1000, now: 0 };

function nameAt(x: number, row: number, y = BAR_PX / 2): string {
  const span = findSpanAt(model, rowView, x, rowTop(row) + y);
  return span < 0 ? '' : model.table.name(span);
}

test('the span under the pointer is found', () => {
  expect(nameAt(10, 0)).toBe('T');
  expect(nameAt(200, 1)).toBe('a');
  expect(nameAt(700, 1)).toBe('b');
});

test('beside the bars, between the rows and below them is nothing', () => {
  expect(nameAt(950, 1)).toBe('');
  expect(nameAt(200, 0, BAR_PX + 1)).toBe('');
  expect(nameAt(200, 7)).toBe('');
});

test('an instant is found from a few pixels beside it, before the wide spans that it touches', () => {
  expect(nameAt(400, 1)).toBe('h');
  expect(nameAt(402, 1)).toBe('h');
  expect(nameAt(406, 1)).toBe('b');
});
