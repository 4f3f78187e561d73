import fc from 'fast-check';
import { expect, test } from 'vitest';
import { takeDrawnRows, thinRows } from '../../../../core/flame/drawn-rows.ts';
import { wholeTrace } from '../../../../core/flame/viewport.ts';
import { colourSketch, computeColouring } from '../../../../renderer/charts/flame/colouring.ts';
import { LabelPainter } from '../../../../renderer/charts/flame/labels.ts';
import type { FlameModel } from '../../../../renderer/charts/flame/model.ts';
import { paintMinimap } from '../../../../renderer/charts/flame/paint-minimap.ts';
import { paintFlame } from '../../../../renderer/charts/flame/paint.ts';
import { plainPicture } from '../../../../renderer/charts/flame/picture.ts';
import { buildSketchModel } from '../../../../renderer/charts/flame/sketch-model.ts';
import { tintPicture } from '../../../../renderer/charts/flame/tint.ts';
import { openedOf } from '../../state/opened-trace.ts';
import { flameOf } from './draw-flame.ts';
import { modelOf, randomSpans } from './random-trace.ts';
import { NAMED_PALETTE, recordDrawing, type DrawnShape } from './recording-context.ts';

function sketch(model: FlameModel, width: number): FlameModel {
  return buildSketchModel(thinRows(takeDrawnRows(model.table, model.tree, model), width));
}

/** All that is drawn of a whole trace, rows and minimap. */
function drawing(model: FlameModel, width: number): readonly DrawnShape[] {
  const picture = plainPicture(model);
  const { tokens } = computeColouring('kind', model, model.lastKnown);
  const palette = { ...NAMED_PALETTE, bars: tokens };
  const tint = tintPicture(picture, model.table.columns.kind, { tokens });
  const scene = {
    ...{ model, picture, tint, palette, width, height: 400, path: undefined, labels: new LabelPainter() },
    ...{ view: wholeTrace(model.lastKnown), now: model.lastKnown, length: model.lastKnown, scrollTop: 0 },
    ...{ selected: -1, hovered: -1, growing: false, range: undefined, box: undefined },
  };
  const { context, log } = recordDrawing();
  paintFlame(context, scene);
  paintMinimap(context, picture, tint, scene);
  return log;
}

test('a sketch is painted as the whole trace is, letter by letter', () => {
  fc.assert(
    fc.property(randomSpans, fc.integer({ min: 20, max: 900 }), (spans, width) => {
      const model = modelOf(spans);
      expect(drawing(sketch(model, width), width)).toEqual(drawing(model, width));
    }),
  );
});

test('the marks of errors and of spans without their parent are in it', () => {
  const model = flameOf(`
    T   agent    0--------------1000
      a function 0--1               !boom
    b   function 500-700            parent=gone
  `);
  expect(drawing(sketch(model, 300), 300)).toEqual(drawing(model, 300));
});

test('its legend counts the spans of the whole trace', () => {
  const text = 'T agent 0----9\n  a function 1-2\n  b function 2-3\n  c function 3-4';
  const model = flameOf(text);
  const { opened } = openedOf(text);
  const few = sketch(model, 2);
  expect(few.count).toBeLessThan(model.count);
  expect(colourSketch(few, opened.summary).legend).toEqual(computeColouring('kind', model, 0).legend);
});
