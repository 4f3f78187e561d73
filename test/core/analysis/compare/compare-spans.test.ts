import { expect, test } from 'vitest';

import { alignSpans } from '../../../../core/analysis/compare/align-spans.ts';
import {
  compareFigure,
  compareLine,
  measureSpans,
  type ComparedFigure,
  type ComparedLine,
  type CompareMeasure,
  type MeasuredSpans,
} from '../../../../core/analysis/compare/compare-spans.ts';
import { linkSpans } from '../../../../core/analysis/span-tree.ts';
import { foldTraceText } from '../../../build/read-trace-text.ts';

/** Compares the only tops of two drawings, or what is in one alone. */
function compare(before: string, after: string): [ComparedLine, (measure: CompareMeasure) => ComparedFigure] {
  const [a, b] = [measured(before), measured(after)];
  const link = ({ table }: MeasuredSpans): Parameters<typeof alignSpans>[0] => ({
    table,
    tree: linkSpans(table),
    hidden: new Uint8Array(table.length),
  });
  const aligned = alignSpans(link(a), link(b));
  return [compareLine(aligned, 0, a, b), (measure) => compareFigure(aligned, 0, a, b, measure)];
}

function measured(drawing: string): MeasuredSpans {
  const table = foldTraceText(drawing);
  return measureSpans(
    table,
    Number.NaN,
    Float64Array.from({ length: table.length }, () => 0.25),
  );
}

test('a span that took longer, or said more tokens, says by how much', () => {
  const [line, figure] = compare(
    'gpt-5  generation 0--10 in=100 out=20',
    'gpt-5  generation 0------30 in=90 out=10',
  );
  expect(line).toEqual({ onlyIn: undefined, error: undefined, models: undefined });
  expect(figure('duration')).toMatchObject({ more: 20_000 });
  expect(figure('tokens')).toEqual({ a: 120, b: 100, more: -20 });
  expect(figure('cost')).toEqual({ a: 0.25, b: 0.25, more: 0 });
});

test('a span that is in one trace alone counts with its whole', () => {
  const [line, figure] = compare('', 'lookup  function 0--10');
  expect(line.onlyIn).toBe('b');
  expect(figure('duration')).toEqual({ a: undefined, b: 10_000, more: 10_000 });
  const [other, before] = compare('lookup  function 0--10', '');
  expect(other.onlyIn).toBe('a');
  expect(before('duration')).toMatchObject({ more: -10_000 });
});

test('what is unknown of a span that is there has no difference', () => {
  const [, figure] = compare('lookup  function 0--10', 'lookup  function 0--');
  expect(figure('duration')).toMatchObject({ a: 10_000, b: undefined, more: undefined });
  expect(figure('tokens').more).toBeUndefined();
});

test('errors that came or went and another model are told', () => {
  expect(compare('f  function 0-1 !failed', 'f  function 0-1')[0].error).toBe('gone');
  expect(compare('f  function 0-1', 'f  function 0-1 !failed')[0].error).toBe('new');
  expect(compare('f  function 0-1 !failed', 'f  function 0-1 !failed')[0].error).toBe('both');
  expect(compare('gpt-5  generation 0-1', 'gpt-4o  generation 0-1')[0].models).toEqual(['gpt-5', 'gpt-4o']);
});
