/** A canvas that is as sharp as the screen: sized in CSS pixels, drawn in the device's. */

export class Surface {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
  width = 0;
  height = 0;

  constructor(canvas: HTMLCanvasElement) {
    const context = canvas.getContext('2d');
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
      this.canvas.style.width = `${String(width)}px`;
      this.canvas.style.height = `${String(height)}px`;
    }
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }
}
