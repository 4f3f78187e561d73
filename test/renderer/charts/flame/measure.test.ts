import { expect, test } from 'vitest';
import { at } from '../../../../core/model/assert.ts';
import { computeColouring } from '../../../../renderer/charts/flame/colouring.ts';
import { drawMeasure, formatMeasure, measureSpans } from '../../../../renderer/charts/flame/measure.ts';
import { formatWeight } from '../../../../renderer/charts/flame/paint-labels.ts';
import { barOfSpan, buildPicture, PLAIN_PICTURE } from '../../../../renderer/charts/flame/picture.ts';
import { flameOf, rowNamed } from './draw-flame.ts';

const MODEL = flameOf(`
  T custom   0----------100
    a custom 0--10
    b custom    10-20
`);
const [A, B] = [rowNamed(MODEL, 'a'), rowNamed(MODEL, 'b')];
const MEASURE = {
  ...{ id: 'co2', by: 'local.co2', unit: 'g' },
  values: new Map([
    [MODEL.table.spanId(A), 0.0075],
    [MODEL.table.spanId(B), 0.0002],
    ['no span of this trace', 1],
  ]),
};

test('a measure makes merged bars wide, and is told in its unit', () => {
  const measure = drawMeasure(MEASURE);
  const settings = { ...PLAIN_PICTURE, order: 'left-heavy', weight: 'measure', measure } as const;
  const figures = measureSpans(MODEL, MEASURE);
  const picture = buildPicture(MODEL, settings, { now: 0, measure: figures });
  const words = (span: number): string => {
    const bar = barOfSpan(picture, span);
    return formatWeight(settings, at(picture.end, bar) - at(picture.start, bar));
  };
  expect([words(rowNamed(MODEL, 'T')), words(A), words(B)]).toEqual(['0.0077 g', '0.0075 g', '0.0002 g']);
});

test('figures of any size are drawn about equally wide, round ones at round places', () => {
  for (const value of [1e-7, 0.3, 12, 5e9]) {
    const measure = drawMeasure({ ...MEASURE, values: new Map([['x', value]]) });
    const width = value * measure.scale;
    expect(width).toBeGreaterThan(0.99e8);
    expect(width).toBeLessThan(1.01e9);
    expect(formatMeasure(width, measure)).toBe(
      `${value.toLocaleString('en', { maximumFractionDigits: 9 })} g`,
    );
  }
});

test('spans are hot by their share of a measure', () => {
  const { codes, legend } = computeColouring('measure', MODEL, 0, measureSpans(MODEL, MEASURE));
  expect(codes[A]).toBe(0);
  expect(at(codes, B)).toBeGreaterThan(0);
  expect(legend[0]).toMatchObject({ label: 'over 10 % of the measure', spans: 1 });
});
