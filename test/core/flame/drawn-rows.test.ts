import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeDrawnRows, readDrawnRows } from '../../../core/flame/drawn-rows-bytes.ts';
import { barsOf, takeDrawnRows, thinRows, type DrawnRows } from '../../../core/flame/drawn-rows.ts';
import type { BarLayout } from '../../../core/flame/bar-layout.ts';
import { wholeTrace } from '../../../core/flame/viewport.ts';
import { walkRow } from '../../../core/flame/walk-row.ts';
import type { FlameModel } from '../../../renderer/charts/flame/model.ts';
import { flameOf } from '../../renderer/charts/flame/draw-flame.ts';
import { modelOf, randomSpans } from '../../renderer/charts/flame/random-trace.ts';

/** All that is drawn of a layout: row, from, to, label, errors. */
function drawing(layout: BarLayout, label: (bar: number) => string, width: number): readonly string[] {
  const view = { view: wholeTrace(layout.lastKnown), width, now: layout.lastKnown };
  const seen: string[] = [];
  for (let row = 0; row < layout.rows; row++) {
    walkRow(layout, row, view, (bar, x0, x1, _bars, errors) => {
      seen.push(`${String(row)} ${String(x0)} ${String(x1)} ${label(bar)} ${String(errors)}`);
    });
  }
  return seen;
}

function take(model: FlameModel): DrawnRows {
  return takeDrawnRows(model.table, model.tree, model);
}

function drawingOf(drawn: DrawnRows, width: number): readonly string[] {
  return drawing(barsOf(drawn), (bar) => drawn.labels[drawn.label[bar] ?? -1] ?? '', width);
}

test('what was thinned for a width is drawn there as the whole is, errors among merged bars included', () => {
  fc.assert(
    fc.property(randomSpans, fc.integer({ min: 5, max: 300 }), (spans, width) => {
      const model = modelOf(spans);
      const whole = drawing(model, (span) => model.table.name(span), width);
      expect(drawingOf(take(model), width)).toEqual(whole);
      const thin = thinRows(take(model), width);
      expect(drawingOf(thin, width)).toEqual(whole);
      expect(thin.errorsBefore.at(-1)).toBe(model.errorsBefore.at(-1));
    }),
  );
});

test('five thousand spans on a hundred pixels leave no more than a hundred bars', () => {
  const lines = Array.from({ length: 5000 }, (_, i) => `  s custom ${String(i)}--${String(i + 1)}`);
  const thin = thinRows(take(flameOf(['T custom 0--5000', ...lines].join('\n'))), 100);
  expect(thin.start.length).toBeLessThanOrEqual(101);
  expect(thin.labels).toEqual(['T', 's']);
});

test('a span whose parent did not arrive keeps its mark', () => {
  const model = flameOf('T custom 0----9\n  a custom 1-3');
  model.tree.parent[1] = -1;
  expect([...take(model).orphan]).toEqual([0, 1]);
});

test('read from bytes they are what was written, wherever the bytes begin', () => {
  fc.assert(
    fc.property(randomSpans, fc.integer({ min: 0, max: 9 }), (spans, shift) => {
      const drawn = take(modelOf(spans));
      const bytes = encodeDrawnRows(drawn, { of: 'x' });
      const shifted = new Uint8Array(bytes.length + shift);
      shifted.set(bytes, shift);
      expect(readDrawnRows(shifted.subarray(shift))).toEqual({ drawn, note: { of: 'x' } });
    }),
  );
});

test('bytes that are cut short are refused', () => {
  const bytes = encodeDrawnRows(take(flameOf('T custom 0----9\n  a custom 1-3')));
  expect(() => readDrawnRows(bytes.subarray(0, bytes.length - 8))).toThrow('cut short');
});
