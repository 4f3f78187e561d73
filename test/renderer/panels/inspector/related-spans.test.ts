import { expect, test } from 'vitest';
import { KIND_CODE } from '../../../../core/model/span-kind.ts';
import { readSpanTimes } from '../../../../renderer/panels/inspector/span-times.ts';
import {
  findCallBefore,
  findChildren,
  findPath,
  findRelated,
} from '../../../../renderer/panels/inspector/related-spans.ts';
import { flameOf, rowNamed } from '../../charts/flame/draw-flame.ts';

const MODEL = flameOf(`
  Triage        agent       0--------9
    first       generation  0--2
    look        function    2--3
    second      generation  3----6
    Triage>Billing  handoff  6-7
  Billing       agent       10-----20
    answer      generation  11---14
    refund      function    14--16
    inner       custom      14-15
    again       generation  16---19
`);
const row = (name: string): number => rowNamed(MODEL, name);
const names = (rows: readonly number[]): readonly string[] => rows.map((each) => MODEL.table.name(each));

test('the path goes from the top to the span, and the children stand by time', () => {
  expect(names(findPath(MODEL, row('second')))).toEqual(['Triage', 'second']);
  expect(names(findChildren(MODEL, row('Triage'), 2).rows)).toEqual(['first', 'look']);
  expect(findChildren(MODEL, row('Triage'), 2).count).toBe(4);
});

test('the call before is that of the same agent, and the first has none', () => {
  expect(names([findCallBefore(MODEL, row('second'))])).toEqual(['first']);
  expect(names([findCallBefore(MODEL, row('again'))])).toEqual(['answer']);
  expect(findCallBefore(MODEL, row('answer'))).toBe(-1);
  expect(findCallBefore(MODEL, row('first'))).toBe(-1);
});

test('a tool leads to the call that asked for it, and to the handoff that led to its agent', () => {
  const passage = MODEL.table.columns.kind.indexOf(KIND_CODE.handoff);
  expect(findRelated(MODEL, row('refund'))).toEqual([
    { way: 'Called by', row: row('answer') },
    { way: 'Handoff', row: passage },
  ]);
  expect(findRelated(MODEL, row('look'))).toEqual([{ way: 'Called by', row: row('first') }]);
  expect(findRelated(MODEL, row('inner'))).toEqual([]);
});

test('a handoff leads to the call that decided it and the run it reached, and that run back to it', () => {
  const passage = MODEL.table.columns.kind.indexOf(KIND_CODE.handoff);
  expect(findRelated(MODEL, passage)).toEqual([
    { way: 'Decided by', row: row('second') },
    { way: 'Handed to', row: row('Billing') },
  ]);
  expect(findRelated(MODEL, row('Billing'))).toEqual([{ way: 'Reached by', row: passage }]);
  expect(findRelated(MODEL, row('Triage'))).toEqual([]);
});

test('a span knows its self time, its parent and its place', () => {
  const times = readSpanTimes(MODEL, row('Billing'));
  expect(times.durationUs).toBeGreaterThan(times.selfUs);
  expect(times).toMatchObject({ open: false, depth: 1, lane: 1, parentUs: Number.NaN });
  const inner = readSpanTimes(MODEL, row('refund'));
  expect(inner).toMatchObject({ depth: 2, parentUs: times.durationUs, selfUs: inner.durationUs });
  expect(inner.afterParentUs).toBe(inner.startUs - times.startUs);
});
