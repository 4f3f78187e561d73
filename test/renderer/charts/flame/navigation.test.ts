import { expect, test } from 'vitest';
import { findNext, moveSelection, type Direction } from '../../../../renderer/charts/flame/navigation.ts';
import { flameOf, rowNamed } from './draw-flame.ts';

const model = flameOf(`
  T       custom 0----------------100
    a     custom 0---40
      x   custom 5-10              !boom
    b     custom     40------90
      y   custom       60-70       !bang
`);

function move(name: string, direction: Direction): string {
  return model.table.name(moveSelection(model, rowNamed(model, name), direction));
}

test('up leads to the parent, down to the first child', () => {
  expect(move('x', 'parent')).toBe('a');
  expect(move('a', 'child')).toBe('x');
  expect(move('T', 'parent')).toBe('T');
  expect(move('x', 'child')).toBe('x');
});

test('left and right lead to siblings, and past the last along the row', () => {
  expect(move('a', 'next')).toBe('b');
  expect(move('b', 'previous')).toBe('a');
  expect(move('x', 'next')).toBe('y');
  expect(move('b', 'next')).toBe('b');
});

test('without a selection every arrow leads to the first span', () => {
  expect(model.table.name(moveSelection(model, -1, 'next'))).toBe('T');
});

test('the next error is found around the end', () => {
  const [x, y] = [rowNamed(model, 'x'), rowNamed(model, 'y')];
  expect(findNext(model, -1, 'error')).toBe(x);
  expect(findNext(model, x, 'error')).toBe(y);
  expect(findNext(model, y, 'error')).toBe(x);
});

test('a trace without errors has no next error', () => {
  expect(findNext(flameOf('T custom 0--10'), -1, 'error')).toBe(-1);
});
