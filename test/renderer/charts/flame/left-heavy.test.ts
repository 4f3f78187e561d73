import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../../../core/model/assert.ts';
import { SpanFlag } from '../../../../core/model/span-row.ts';
import { layoutLeftHeavy, type MergedLayout } from '../../../../renderer/charts/flame/left-heavy.ts';
import type { FlameModel } from '../../../../renderer/charts/flame/model.ts';
import { flameOf } from './draw-flame.ts';
import { modelOf, randomSpans } from './random-trace.ts';

function lengths(model: FlameModel): Float64Array {
  return model.end.map((end, span) => end - at(model.start, span));
}

function merge(model: FlameModel, own = lengths(model), inclusive = true): MergedLayout {
  const { table, order, tree } = model;
  return layoutLeftHeavy({ table, parent: tree.parent, order }, { own, inclusive });
}

/** Every row as `name from-to ×spans`, in milliseconds. */
function drawMerged(model: FlameModel, merged: MergedLayout): readonly string[] {
  return Array.from({ length: merged.rows }, (_, row) =>
    [...merged.rowSpans.subarray(at(merged.rowBegin, row), at(merged.rowBegin, row + 1))]
      .map((bar) => {
        const [from, to] = [at(merged.start, bar) / 1000, at(merged.end, bar) / 1000];
        return `${model.table.name(at(merged.spanOf, bar))} ${String(from)}-${String(to)} ×${String(at(merged.spans, bar))}`;
      })
      .join(', '),
  );
}

/** The path of a span from its top, told by kinds and names: what merging is about, said slowly. */
function pathOf({ table, tree }: FlameModel, span: number): string {
  const own = `${String(table.columns.kind[span])} ${table.name(span)}`;
  const parent = at(tree.parent, span);
  return parent < 0 ? own : `${pathOf({ table, tree } as FlameModel, parent)} / ${own}`;
}

describe('the same path merged', () => {
  it('puts calls of one name below one parent together, the widest left', () => {
    const model = flameOf(`
      T     agent    0----------100
        b   function 0--10
        a   function   10-40
        b   function      40-45
        a   function        50--90
    `);
    expect(drawMerged(model, merge(model))).toEqual(['T 0-100 ×1', 'a 0-70 ×2, b 70-85 ×2']);
  });

  it('widens a parent whose children ran side by side', () => {
    const model = flameOf(`
      T     agent    0---10
        a   function 0---10
        b   function 0---10
    `);
    expect(drawMerged(model, merge(model))).toEqual(['T 0-20 ×1', 'a 0-10 ×1, b 10-20 ×1']);
  });

  it('adds weights up that do not hold those below', () => {
    const model = flameOf(`
      T     agent    0---10
        a   function 0-5
    `);
    const merged = merge(model, Float64Array.of(3000, 4000), false);
    expect(drawMerged(model, merged)).toEqual(['T 0-7 ×1', 'a 0-4 ×1']);
  });

  it('makes one bar of each path, with all its spans and errors', () => {
    fc.assert(
      fc.property(randomSpans, (spans) => {
        const model = modelOf(spans, false);
        const merged = merge(model);
        const paths = new Map<string, number[]>();
        for (const span of model.order) {
          const path = pathOf(model, span);
          paths.set(path, [...(paths.get(path) ?? []), span]);
        }
        expect(merged.count).toBe(paths.size);
        for (const members of paths.values()) {
          const bar = at(merged.barOf, at(members, 0));
          expect(members.every((span) => merged.barOf[span] === bar)).toBe(true);
          expect(merged.spans[bar]).toBe(members.length);
          expect(merged.spanOf[bar]).toBe(members[0]);
          const place = merged.rowSpans.indexOf(bar);
          const failed = members.filter(
            (span) => (at(model.table.columns.flags, span) & SpanFlag.error) !== 0,
          );
          expect(at(merged.errorsBefore, place + 1) - at(merged.errorsBefore, place)).toBe(failed.length);
        }
      }),
    );
  });

  it('keeps bars of a row apart, children inside their parents, and the widest left', () => {
    fc.assert(
      fc.property(randomSpans, (spans) => {
        const model = modelOf(spans, false);
        const merged = merge(model);
        for (let row = 0; row < merged.rows; row++) {
          const bars = merged.rowSpans.subarray(at(merged.rowBegin, row), at(merged.rowBegin, row + 1));
          bars.forEach((bar, i) => {
            const before = i > 0 ? at(bars, i - 1) : -1;
            if (before >= 0) expect(at(merged.end, before)).toBeLessThanOrEqual(at(merged.start, bar) + 1e-6);
            const parent = at(merged.parentOf, bar);
            if (parent >= 0) {
              expect(at(merged.start, bar)).toBeGreaterThanOrEqual(at(merged.start, parent) - 1e-6);
              expect(at(merged.end, bar)).toBeLessThanOrEqual(at(merged.end, parent) + 1e-6);
            }
            if (before >= 0 && at(merged.parentOf, before) === parent) {
              const width = (own: number): number => at(merged.end, own) - at(merged.start, own);
              expect(width(before)).toBeGreaterThanOrEqual(width(bar) - 1e-6);
            }
          });
        }
      }),
    );
  });
});
