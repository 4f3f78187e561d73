import { expect, test } from 'vitest';
import { changeTrace, loadTrace } from '../../../renderer/state/loaded-trace.ts';
import { drawRows, rowNamed } from '../charts/flame/draw-flame.ts';
import { openedOf } from './opened-trace.ts';

const FIRST = `
  T    custom 0...
    a  custom 0...
`;

test('a trace is shown as the host sent it', () => {
  const { opened: what, bytes } = openedOf(FIRST);
  const trace = loadTrace(what, bytes);
  expect(trace.model.count).toBe(2);
  expect(trace.model.open).toBe(2);
  expect(trace.index.findId('s2')).toBe(rowNamed(trace.model, 'a'));
});

test('changed spans are replaced where they stand, new ones join the tree', () => {
  const first = openedOf(FIRST);
  const trace = loadTrace(first.opened, first.bytes);
  const row = rowNamed(trace.model, 'a');
  const change = openedOf(`
    a  custom 0--6 id=s2 parent=s1
    b  custom 6--9 id=s3 parent=s1
    z  custom 7--8 id=s4 parent=s3
  `);
  const changed = changeTrace(trace, change.opened, change.bytes);
  expect(rowNamed(changed.model, 'a')).toBe(row);
  expect(drawRows(changed.model)).toEqual(['TTTTTTTTT>', 'aaaaaabbb', '.......z']);
  expect(changed).not.toBe(trace);
});

test('a parent that comes late takes its orphans in', () => {
  const first = openedOf('o custom 2--4 id=s9 parent=s1');
  const trace = loadTrace(first.opened, first.bytes);
  expect(trace.model.tree.orphans).toBe(1);
  const late = openedOf('T custom 0--5 id=s1');
  const changed = changeTrace(trace, late.opened, late.bytes);
  expect(changed.model.tree.orphans).toBe(0);
  expect(drawRows(changed.model)).toEqual(['TTTTT', '..oo']);
});
