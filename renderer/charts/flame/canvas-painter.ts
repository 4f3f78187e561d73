/**
 * Paints a flame graph's three canvases in the thread it runs in. Holds what is painted and decides what is
 * painted anew: the minimap of a million spans is drawn once, and after that copied.
 */
import type { AnyCanvas } from './canvas.ts';
import { AXIS_PX, MINIMAP_PX } from './geometry.ts';
import { LabelPainter } from './labels.ts';
import type { FlameModel } from './model.ts';
import { paintAxis } from './paint-axis.ts';
import { paintMinimap, paintMinimapFrame } from './paint-minimap.ts';
import { paintFlame } from './paint.ts';
import type { Painter } from './painter.ts';
import type { Palette } from './palette.ts';
import type { FlamePicture } from './picture.ts';
import type { FlameFrame, PathSegments } from './scene.ts';
import { Surface } from './surface.ts';
import { tintPicture, type Tint, type TintRequest } from './tint.ts';

export interface FlameCanvases {
  readonly minimap: AnyCanvas;
  /** Holds the minimap's bars between frames. */
  readonly minimapCache: AnyCanvas;
  readonly axis: AnyCanvas;
  readonly rows: AnyCanvas;
}

export class CanvasPainter implements Painter {
  readonly #minimap: Surface;
  readonly #minimapCache: Surface;
  readonly #axis: Surface;
  readonly #rows: Surface;
  readonly #labels = new LabelPainter();
  #shown: { readonly model: FlameModel; readonly picture: FlamePicture } | undefined;
  #request: TintRequest = { tokens: [] };
  #tint: Tint | undefined;
  #path: PathSegments | undefined;
  #palette: Palette | undefined;
  #minimapStale = true;
  /** How long a trace the minimap was drawn for: a new picture may be here before its length is. */
  #minimapLength = -1;
  #fonts: number;

  /** `fonts`: how often a typeface has arrived before, where another painter of this thread drew without it. */
  constructor({ minimap, minimapCache, axis, rows }: FlameCanvases, fonts = 0) {
    this.#fonts = fonts;
    this.#minimap = new Surface(minimap);
    this.#minimapCache = new Surface(minimapCache);
    this.#axis = new Surface(axis);
    this.#rows = new Surface(rows);
  }

  setPicture(model: FlameModel, picture: FlamePicture): void {
    this.#shown = { model, picture };
    this.#forget();
  }

  setTint(tint: TintRequest): void {
    this.#request = tint;
    this.#forget();
  }

  setPath(path: PathSegments | undefined): void {
    this.#path = path;
  }

  setPalette(palette: Palette): void {
    this.#palette = palette;
    this.#minimapStale = true;
  }

  /** A typeface arrived: what was measured and drawn without it is done anew. */
  renewFonts(): void {
    this.#labels.forget();
    this.#fonts++;
    if (this.#palette !== undefined) this.setPalette(this.#palette);
  }

  resize(width: number, height: number, ratio: number): void {
    this.#rows.resize(width, height, ratio);
    this.#axis.resize(width, AXIS_PX, ratio);
    this.#minimap.resize(width, MINIMAP_PX, ratio);
    this.#minimapCache.resize(width, MINIMAP_PX, ratio);
    this.#minimapStale = true;
  }

  paint(frame: FlameFrame): void {
    const [shown, palette] = [this.#shown, this.#drawnPalette()];
    const { width, height } = this.#rows;
    if (shown === undefined || palette === undefined || width < 1) return;
    const tint = (this.#tint ??= tintPicture(shown.picture, shown.model.table.columns.kind, this.#request));
    const scene = {
      ...frame,
      ...shown,
      tint,
      palette,
      width,
      height,
      path: this.#path,
      labels: this.#labels,
    };
    paintFlame(this.#rows.context, scene);
    paintAxis(this.#axis.context, scene);
    if (this.#minimapStale || frame.growing || frame.length !== this.#minimapLength)
      paintMinimap(this.#minimapCache.context, shown.picture, tint, scene);
    this.#minimapStale = false;
    this.#minimapLength = frame.length;
    const { context } = this.#minimap;
    context.clearRect(0, 0, width, MINIMAP_PX);
    if (this.#minimapCache.canvas.width > 0)
      context.drawImage(this.#minimapCache.canvas, 0, 0, width, MINIMAP_PX);
    paintMinimapFrame(context, frame.view, scene);
  }

  dispose(): void {
    this.#shown = undefined;
  }

  /** A context goes on with the face that it once found under a font's name: after another came, the name differs. */
  #drawnPalette(): Palette | undefined {
    const palette = this.#palette;
    if (palette === undefined || this.#fonts === 0) return palette;
    const again = `, f${String(this.#fonts)}`;
    return { ...palette, font: palette.font + again, mono: palette.mono + again };
  }

  #forget(): void {
    this.#tint = undefined;
    this.#minimapStale = true;
  }
}
