/** What of a trace is drawn: in order of time or merged, with waiting or without, hanging or standing. */
import { at } from '../../../core/model/assert.ts';
import { computeSelfTimes } from '../../../core/analysis/self-times.ts';
import type { DurationUs } from '../../../core/model/time.ts';
import type { BarLayout } from '../../../core/flame/bar-layout.ts';
import { findFolds, foldTimes, fold, NO_FOLDS, type Folds } from './gaps.ts';
import { layoutLeftHeavy, type MergedLayout, type Weights } from './left-heavy.ts';
import type { DrawnMeasure } from './measure.ts';
import type { FlameModel } from './model.ts';
import { modelTokens } from './model-tokens.ts';
import { turnUpright } from './upright.ts';

export const ORDERS = ['time', 'left-heavy'] as const;
export const WEIGHTS = ['duration', 'self', 'tokens', 'cost', 'measure'] as const;

export interface PictureSettings {
  readonly order: (typeof ORDERS)[number];
  /** What makes a merged bar wide. */
  readonly weight: (typeof WEIGHTS)[number];
  /** Of the weight 'measure': which one, and how it is drawn. */
  readonly measure?: DrawnMeasure;
  /** Roots at the bottom. */
  readonly upright: boolean;
  readonly foldGaps: boolean;
}

export const PLAIN_PICTURE: PictureSettings = {
  order: 'time',
  weight: 'duration',
  upright: false,
  foldGaps: false,
};

/** Spans as they are, each in its place of time. */
export function isPlain({ order, upright, foldGaps }: PictureSettings): boolean {
  return order === 'time' && !upright && !foldGaps;
}

/** What was zoomed to in the one stands elsewhere in the other. */
export function isOrderedOtherwise(one: PictureSettings, other: PictureSettings): boolean {
  return one.order !== other.order || one.weight !== other.weight || one.measure?.id !== other.measure?.id;
}

/** A merged picture of counts is drawn as if each were a millisecond: the smallest zoom is then a hundredth. */
export const COUNT_SCALE = 1000;
/** And a millionth of a dollar as well. */
export const USD_SCALE = 1_000_000 * COUNT_SCALE;

export interface FlamePicture extends BarLayout {
  readonly settings: PictureSettings;
  readonly folds: Folds;
  /** Absent: each bar is the span of its number. */
  readonly merged?: Pick<MergedLayout, 'spanOf' | 'barOf' | 'spans' | 'parentOf'>;
}

/** What a picture needs besides the model. */
export interface PictureTimes {
  /** Where open spans end. */
  readonly now: DurationUs;
  /** By span: of the weight 'measure' its figures, of the weight 'cost' US dollars, NaN for none. */
  readonly measure?: Float64Array | undefined;
}

/** The model as it is, in order of time. */
export function plainPicture(model: FlameModel, settings = PLAIN_PICTURE): FlamePicture {
  const { count, start, end, row, rows, rowBegin, rowSpans, errorsBefore, lastKnown, open } = model;
  const layout = { count, start, end, row, rows, rowBegin, rowSpans, errorsBefore, lastKnown, open };
  return { ...layout, settings, folds: NO_FOLDS };
}

export function buildPicture(
  model: FlameModel,
  settings: PictureSettings,
  times: PictureTimes,
): FlamePicture {
  const hanging =
    settings.order === 'time' ? timePicture(model, settings, times) : mergedPicture(model, settings, times);
  return settings.upright ? turnUpright(hanging) : hanging;
}

function timePicture(model: FlameModel, settings: PictureSettings, { now }: PictureTimes): FlamePicture {
  const plain = plainPicture(model, settings);
  if (!settings.foldGaps) return plain;
  const folds = findFolds(model, model.tree.firstChild, now);
  return { ...plain, ...foldTimes(model, folds), folds, lastKnown: fold(folds, model.lastKnown) };
}

function mergedPicture(model: FlameModel, settings: PictureSettings, times: PictureTimes): FlamePicture {
  const spans = { table: model.table, parent: model.tree.parent, order: model.order };
  const {
    spanOf,
    barOf,
    spans: counts,
    parentOf,
    ...layout
  } = layoutLeftHeavy(spans, weightsOf(model, settings, times));
  return { ...layout, settings, folds: NO_FOLDS, merged: { spanOf, barOf, spans: counts, parentOf } };
}

function weightsOf(model: FlameModel, settings: PictureSettings, { now, measure }: PictureTimes): Weights {
  switch (settings.weight) {
    case 'duration':
      return { own: durations(model, now), inclusive: true };
    case 'self':
      return {
        own: computeSelfTimes(model.table, model.tree, model.originUs + now),
        inclusive: false,
      };
    case 'tokens':
      return { own: modelTokens(model).map((count) => count * COUNT_SCALE), inclusive: false };
    case 'cost':
      return { own: scaled(model, measure, USD_SCALE), inclusive: false };
    case 'measure':
      return { own: scaled(model, measure, settings.measure?.scale ?? 1), inclusive: false };
  }
}

function scaled({ count }: FlameModel, figures: Float64Array | undefined, scale: number): Float64Array {
  const own = new Float64Array(count);
  for (let span = 0; span < count; span++) own[span] = (figures?.[span] || 0) * scale;
  return own;
}

function durations(model: FlameModel, now: DurationUs): Float64Array {
  const own = new Float64Array(model.count);
  for (let span = 0; span < model.count; span++) {
    const end = at(model.end, span);
    own[span] = (end === Infinity ? Math.max(at(model.start, span), now) : end) - at(model.start, span);
  }
  return own;
}

/** The bar that stands for a span; -1 for none. */
export function barOfSpan({ merged, count }: FlamePicture, span: number): number {
  if (merged !== undefined) return merged.barOf[span] ?? -1;
  return span >= 0 && span < count ? span : -1;
}

/** The span that a bar is, or the first of those it stands for; -1 for none. */
export function spanOfBar({ merged }: FlamePicture, bar: number): number {
  if (bar < 0) return -1;
  return merged === undefined ? bar : (merged.spanOf[bar] ?? -1);
}
