import { expect, test } from 'vitest';
import { at } from '../../../core/model/assert.ts';
import { Prng } from '../../generate/prng.ts';
import { Skyline } from '../../../core/flame/skyline.ts';
import { drawRows, flameOf, rowNamed } from '../../renderer/charts/flame/draw-flame.ts';

test('children stand below their parent, and siblings that follow each other share a row', () => {
  const model = flameOf(`
    Task    custom 0-------------20
      a     custom 0----8
        x   custom 2--6
      b     custom       8-------20
        y   custom       8--12
  `);
  expect(drawRows(model)).toEqual(['TTTTTTTTTTTTTTTTTTTT', 'aaaaaaaabbbbbbbbbbbb', '..xxxx..yyyy']);
});

test('a sibling that overlaps moves below all that hangs under the one before', () => {
  const model = flameOf(`
    T       custom 0-------------20
      a     custom 0----8
        x   custom 2--6
      b     custom    4----------20
        y   custom       8--12
  `);
  expect(drawRows(model)).toEqual([
    'TTTTTTTTTTTTTTTTTTTT',
    'aaaaaaaa',
    '..xxxx',
    '....bbbbbbbbbbbbbbbb',
    '........yyyy',
  ]);
});

test('a later sibling takes the lowest rows that are free again', () => {
  const model = flameOf(`
    T    custom 0------------------30
      a  custom 0--------12
      b  custom 2----------16
      c  custom              14--20
      d  custom                  18-22
  `);
  expect(drawRows(model)).toEqual([
    'TTTTTTTTTTTTTTTTTTTTTTTTTTTTTT',
    'aaaaaaaaaaaa..cccccc',
    '..bbbbbbbbbbbbbb..dddd',
  ]);
});

test('an instant shares a row with what begins or ends at the same time, two instants do not', () => {
  const model = flameOf(`
    T    custom 0------------------30
      a  custom 0----10
      h  custom     10-10
      b  custom     10----20
      i  custom     10-10
  `);
  expect(drawRows(model)).toEqual(['TTTTTTTTTTTTTTTTTTTTTTTTTTTTTT', 'aaaaaaaaaabbbbbbbbbb h@10', ' i@10']);
});

test('an open span keeps its row to itself from its start on', () => {
  const model = flameOf(`
    T    custom 0------------------30
      a  custom 0...
      b  custom      10----20
      c  custom              25-30
  `);
  expect(drawRows(model)).toEqual([
    'TTTTTTTTTTTTTTTTTTTTTTTTTTTTTT',
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa>',
    '..........bbbbbbbbbb.....ccccc',
  ]);
});

test('a child that leaves its parent in time keeps the next subtree away', () => {
  const model = flameOf(`
    T      custom 0------------------30
      a    custom 0----10
        x  custom    8------20
      b    custom       12-----25
        y  custom       12--15
  `);
  expect(drawRows(model)).toEqual([
    'TTTTTTTTTTTTTTTTTTTTTTTTTTTTTT',
    'aaaaaaaaaa',
    '........xxxxxxxxxxxx',
    '............bbbbbbbbbbbbb',
    '............yyy',
  ]);
});

test('several roots and orphans are all drawn from the top', () => {
  const model = flameOf(`
    a custom 0---10
    b custom       10---20
    o custom  5---------20 parent=lost
  `);
  expect(drawRows(model)).toEqual(['aaaaaaaaaabbbbbbbbbb', '.....ooooooooooooooo']);
});

test('a span without a start begins with its parent, one that ends before it begins has no length', () => {
  const model = flameOf(`
    T    custom 4--------20
      a  custom ?---10
      z  custom 12---8
  `);
  expect(at(model.start, rowNamed(model, 'a'))).toBe(0);
  const z = rowNamed(model, 'z');
  expect(at(model.end, z)).toBe(at(model.start, z));
});

test('no two spans of a row overlap, whatever the trace looks like', () => {
  const prng = new Prng(11);
  for (let round = 0; round < 30; round++) {
    const lines = ['T custom 0--200 id=x0'];
    for (let i = 1; i < 80; i++) {
      const from = prng.int(0, 180);
      const end = prng.chance(0.1) ? '...' : `--${String(from + prng.int(0, 20))}`;
      lines.push(`n custom ${String(from)}${end} id=x${String(i)} parent=x${String(prng.int(0, i - 1))}`);
    }
    expect(drawRows(flameOf(lines.join('\n'))).length).toBeGreaterThan(3);
  }
});

test('ten thousand spans that all run at once are laid out in no time', () => {
  const skyline = new Skyline();
  for (let i = 0; i < 10_000; i++) {
    expect(skyline.findRun(i, 1)).toBe(i);
    skyline.take(i, 1, Infinity);
  }
});

test('a block of three rows goes where three rows are free', () => {
  const skyline = new Skyline();
  skyline.take(0, 1, 10);
  skyline.take(1, 2, 5);
  skyline.take(3, 1, 10);
  expect(skyline.findRun(6, 2)).toBe(1);
  expect(skyline.findRun(6, 3)).toBe(4);
  expect(skyline.findRun(10, 3)).toBe(0);
});
