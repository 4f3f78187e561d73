/** Who paints a flame graph: this thread, or a worker that has the canvases. */
import type { Palette } from './palette.ts';
import type { FlameModel } from './model.ts';
import type { FlamePicture } from './picture.ts';
import type { FlameFrame, PathSegments } from './scene.ts';
import type { TintRequest } from './tint.ts';

export interface Painter {
  /** A worker that made the picture itself has it already. */
  setPicture(model: FlameModel, picture: FlamePicture): void;
  setTint(tint: TintRequest): void;
  setPath(path: PathSegments | undefined): void;
  setPalette(palette: Palette): void;
  /** CSS pixels, and device pixels to one of them. */
  resize(width: number, height: number, ratio: number): void;
  /** Paints on the next occasion; of frames that come faster than that, the last one. */
  paint(frame: FlameFrame): void;
  dispose(): void;
}
