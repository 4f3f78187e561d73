/** A canvas that is as sharp as the screen: sized in CSS pixels, drawn in the device's. */
import type { AnyCanvas, AnyContext } from './canvas.ts';

export class Surface {
  readonly canvas: AnyCanvas;
  readonly context: AnyContext;
  width = 0;
  height = 0;

  constructor(canvas: AnyCanvas) {
    // One call each: the two kinds of canvas know different contexts.
    const context = 'style' in canvas ? canvas.getContext('2d') : canvas.getContext('2d');
    if (context === null) throw new Error('this browser gives no 2d canvas');
    this.canvas = canvas;
    this.context = context;
  }

  /** Takes a size in CSS pixels and a pixel ratio; what was drawn is lost where either changed. */
  resize(width: number, height: number, ratio: number): void {
    const [deviceWidth, deviceHeight] = [Math.round(width * ratio), Math.round(height * ratio)];
    this.width = width;
    this.height = height;
    if (this.canvas.width !== deviceWidth || this.canvas.height !== deviceHeight) {
      this.canvas.width = deviceWidth;
      this.canvas.height = deviceHeight;
    }
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }
}
