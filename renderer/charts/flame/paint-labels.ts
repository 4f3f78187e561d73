/** What is written into the bars: a name, and how long it took or how often it ran. */
import { at } from '../../../core/model/assert.ts';
import { formatUsd } from '../../format/cost.ts';
import { formatCount } from '../../format/count.ts';
import { formatDuration } from '../../format/duration.ts';
import type { BarList } from './bar-list.ts';
import type { AnyContext } from './canvas.ts';
import { BAR_PX } from './geometry.ts';
import { SMALLEST_LABELLED_PX } from './labels.ts';
import { formatMeasure } from './measure.ts';
import { COUNT_SCALE, spanOfBar, USD_SCALE, type PictureSettings } from './picture.ts';
import type { FlameScene } from './scene.ts';
import { DIMMED } from './tint.ts';
import { drawnEnd } from '../../../core/flame/walk-row.ts';
import { unfold } from './gaps.ts';

export function labelBars(context: AnyContext, scene: FlameScene, bars: BarList): void {
  const { model, palette, labels, width, picture } = scene;
  labels.begin(context, palette);
  for (let i = 0; i < bars.length; i++) {
    // A bar that begins left of the screen keeps its label in sight.
    const x = Math.max(bars.x0(i), 0);
    const visible = Math.min(bars.x1(i), width) - x;
    if (visible < SMALLEST_LABELLED_PX) continue;
    const bar = bars.bar(i);
    const name = model.table.name(spanOfBar(picture, bar));
    const lift = bars.errors(i) > 0 ? 1 : 0;
    const middle = bars.y(i) + BAR_PX / 2 + 0.5 - lift;
    const lit = bars.lit(i);
    const place = { x, width: visible, middle };
    labels.paint(
      context,
      { name, small: sizeOf(scene, bar) },
      place,
      lit ? palette.kindInk : palette.muted,
      lit ? 1 : DIMMED * 3,
    );
  }
}

function sizeOf({ picture, now }: FlameScene, bar: number): string {
  const { merged, settings } = picture;
  const end = drawnEnd(picture, bar, now);
  const size = end - at(picture.start, bar);
  if (merged === undefined)
    return formatDuration(
      picture.folds.from.length === 0
        ? size
        : unfold(picture.folds, end) - unfold(picture.folds, at(picture.start, bar)),
    );
  const weight = formatWeight(settings, size);
  const spans = at(merged.spans, bar);
  return spans > 1 ? `${weight} ×${formatCount(spans)}` : weight;
}

/** A merged bar's width in words. */
export function formatWeight({ weight, measure }: PictureSettings, size: number): string {
  if (weight === 'tokens') return `${formatCount(Math.round(size / COUNT_SCALE))} tokens`;
  if (weight === 'cost') return formatUsd(size / USD_SCALE);
  return weight === 'measure' ? formatMeasure(size, measure) : formatDuration(size);
}
