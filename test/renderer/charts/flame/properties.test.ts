/** Layout, hit test, folding and upright pictures, held against the slow and plain way to say the same. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { at } from '../../../../core/model/assert.ts';
import { fold, findFolds, foldTimes, unfold } from '../../../../renderer/charts/flame/gaps.ts';
import { BAR_PX, HIT_SLACK_PX, rowTop } from '../../../../renderer/charts/flame/geometry.ts';
import { findSpanAt } from '../../../../renderer/charts/flame/hit-test.ts';
import type { FlameModel } from '../../../../renderer/charts/flame/model.ts';
import { plainPicture } from '../../../../renderer/charts/flame/picture.ts';
import { turnUpright } from '../../../../renderer/charts/flame/upright.ts';
import { drawnEnd, walkRow } from '../../../../core/flame/walk-row.ts';
import { modelOf, randomSpans } from './random-trace.ts';

const NOW = 2000;

function spansOf(model: FlameModel, row: number): readonly number[] {
  return [...model.order].filter((span) => model.row[span] === row);
}

test('spans of a row never overlap, and each stands below its parent', () => {
  fc.assert(
    fc.property(randomSpans, (spans) => {
      const model = modelOf(spans);
      for (let row = 0; row < model.rows; row++) {
        const own = spansOf(model, row);
        for (const a of own) {
          for (const b of own) {
            if (a === b) continue;
            const apart = at(model.end, a) <= at(model.start, b) || at(model.end, b) <= at(model.start, a);
            expect(apart).toBe(true);
          }
          const parent = at(model.tree.parent, a);
          if (parent >= 0) expect(at(model.row, parent)).toBeLessThan(row);
        }
      }
    }),
  );
});

test('walking a row visits each span that is on the screen once, with all errors', () => {
  const ends = fc.tuple(fc.integer({ min: 0, max: 1400 }), fc.integer({ min: 1, max: 700 }));
  fc.assert(
    fc.property(randomSpans, ends, fc.integer({ min: 5, max: 900 }), (spans, [from, size], width) => {
      const model = modelOf(spans);
      const view = { from, to: from + size };
      for (let row = 0; row < model.rows; row++) {
        let [seen, failed] = [0, 0];
        walkRow(model, row, { view, width, now: NOW }, (_span, _x0, _x1, count, errors) => {
          seen += count;
          failed += errors;
        });
        const visible = spansOf(model, row).filter(
          (span) => at(model.end, span) >= from && at(model.start, span) <= view.to,
        );
        // A bunch may reach past the edge: never fewer than are visible.
        expect(seen).toBeGreaterThanOrEqual(visible.length);
        const errors = visible.filter((span) => spans[span]?.error === true).length;
        expect(failed).toBeGreaterThanOrEqual(errors);
      }
    }),
  );
});

test('where one wide span alone is under the pointer, it is the one that is hit', () => {
  const point = fc.tuple(fc.integer({ min: 0, max: 999 }), fc.nat(20));
  fc.assert(
    fc.property(randomSpans, point, (spans, [x, row]) => {
      const model = modelOf(spans);
      const view = { from: 0, to: 1500 };
      const perPx = 1500 / 1000;
      const hit = findSpanAt(model, { view, width: 1000, now: NOW }, x, rowTop(row) + BAR_PX / 2);
      const time = x * perPx;
      const slack = HIT_SLACK_PX * perPx;
      const near = spansOf(model, row).filter(
        (span) => at(model.start, span) <= time + slack && drawnEnd(model, span, NOW) >= time - slack,
      );
      const inside = near.filter(
        (span) => at(model.start, span) <= time && drawnEnd(model, span, NOW) >= time,
      );
      if (near.length === 0) expect(hit).toBe(-1);
      else if (near.length === 1 && inside.length === 1) expect(hit).toBe(inside[0]);
      else if (inside.length > 0) expect(near).toContain(hit);
    }),
  );
});

test('folding never changes the order of times, never stretches, and unfolding leads back', () => {
  fc.assert(
    fc.property(randomSpans, (spans) => {
      const model = modelOf(spans);
      const folds = findFolds(model, model.tree.firstChild, NOW);
      let last = -1;
      for (let time = 0; time <= NOW; time += 7) {
        const drawn = fold(folds, time);
        expect(drawn).toBeGreaterThanOrEqual(last);
        expect(drawn).toBeLessThanOrEqual(time + 1e-9);
        expect(unfold(folds, drawn)).toBeCloseTo(time, 4);
        last = drawn;
      }
      const { start, end } = foldTimes(model, folds);
      for (let span = 0; span < model.count; span++) {
        expect(at(start, span)).toBe(fold(folds, at(model.start, span)));
        expect(at(end, span)).toBe(fold(folds, at(model.end, span)));
      }
    }),
  );
});

test('a picture that stands has the same bars at the same times, its rows turned over', () => {
  fc.assert(
    fc.property(randomSpans, (spans) => {
      const hanging = plainPicture(modelOf(spans));
      const upright = turnUpright(hanging);
      const again = turnUpright(upright);
      expect([...again.row]).toEqual([...hanging.row]);
      expect([...again.rowSpans]).toEqual([...hanging.rowSpans]);
      expect([...again.errorsBefore]).toEqual([...hanging.errorsBefore]);
      for (let row = 0; row < hanging.rows; row++) {
        const turned = hanging.rows - 1 - row;
        expect([
          ...upright.rowSpans.subarray(at(upright.rowBegin, turned), at(upright.rowBegin, turned + 1)),
        ]).toEqual([...hanging.rowSpans.subarray(at(hanging.rowBegin, row), at(hanging.rowBegin, row + 1))]);
      }
    }),
  );
});
