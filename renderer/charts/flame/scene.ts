/** One frame of a flame graph, said in numbers: what the page tells whoever paints. */
import type { DurationUs } from '../../../core/model/time.ts';
import type { LabelPainter } from './labels.ts';
import type { FlameModel } from './model.ts';
import type { Palette } from './palette.ts';
import type { FlamePicture } from './picture.ts';
import type { Tint } from './tint.ts';
import type { Viewport } from '../../../core/flame/viewport.ts';

/** A part of the rows' canvas, CSS pixels. */
export interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export interface FlameFrame {
  readonly view: Viewport;
  /** Where open spans end, in drawn time. */
  readonly now: DurationUs;
  /** Length of all that is drawn. */
  readonly length: DurationUs;
  readonly scrollTop: number;
  /** Bars, -1 for none. */
  readonly selected: number;
  readonly hovered: number;
  /** Open bars grow: the minimap is drawn anew. */
  readonly growing: boolean;
  /** The measured range. */
  readonly range: Viewport | undefined;
  /** The box that is being drawn. */
  readonly box: Box | undefined;
}

/** Stretches of bars, three numbers each: the span, from, to, in order of time. */
export type PathSegments = Float64Array;

/** What the rows are painted from. */
export interface FlameScene extends FlameFrame {
  readonly model: FlameModel;
  readonly picture: FlamePicture;
  readonly tint: Tint;
  readonly path: PathSegments | undefined;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly palette: Palette;
  readonly labels: LabelPainter;
}
