/** Has the worker paint: gives it the canvases, and then only says what changed. */
import type { Painter } from '../painter.ts';
import type { Palette } from '../palette.ts';
import type { FlameFrame, PathSegments } from '../scene.ts';
import type { TintRequest } from '../tint.ts';
import type { FlameLine } from './flame-line.ts';
import { findFontSources } from './font-sources.ts';

export class WorkerPainter implements Painter {
  readonly #line: FlameLine;

  constructor(
    line: FlameLine,
    canvases: {
      readonly minimap: HTMLCanvasElement;
      readonly axis: HTMLCanvasElement;
      readonly rows: HTMLCanvasElement;
    },
  ) {
    this.#line = line;
    const minimap = canvases.minimap.transferControlToOffscreen();
    const axis = canvases.axis.transferControlToOffscreen();
    const rows = canvases.rows.transferControlToOffscreen();
    line.tell({ kind: 'canvases', minimap, axis, rows }, [minimap, axis, rows]);
  }

  setPicture(): void {
    // The worker made it.
  }

  setTint({ codes, tokens, lit, edges }: TintRequest): void {
    this.#line.tell({ kind: 'tint', tint: { codes, tokens: [...tokens], lit, edges } });
  }

  setPath(path: PathSegments | undefined): void {
    this.#line.tell({ kind: 'path', path });
  }

  setPalette(palette: Palette): void {
    this.#line.tell({
      kind: 'palette',
      palette,
      fonts: findFontSources(document.styleSheets, document.baseURI),
    });
  }

  resize(width: number, height: number, ratio: number): void {
    this.#line.tell({ kind: 'size', width, height, ratio });
  }

  paint(frame: FlameFrame): void {
    this.#line.tell({ kind: 'frame', epoch: this.#line.epoch, frame });
  }

  dispose(): void {
    // The worker keeps the canvases of a view that is gone until it gets the next ones.
  }
}
