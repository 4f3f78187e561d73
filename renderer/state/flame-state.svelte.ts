/** How a person looks at the flame graph: order, colours, what is lit. Kept while traces are looked through. */
import type { ColourBy } from '../charts/flame/colouring.ts';
import { PLAIN_PICTURE, type PictureSettings } from '../charts/flame/picture.ts';
import type { Viewport } from '../../core/flame/viewport.ts';

export class FlameState {
  settings: PictureSettings = $state.raw(PLAIN_PICTURE);
  colourBy: ColourBy = $state('kind');
  /** Codes of the legend that are lit; empty: all. */
  only: readonly number[] = $state.raw([]);
  pathShown = $state(false);
  /** Measured, in drawn time. */
  range: Viewport | undefined = $state.raw();

  change(settings: Partial<PictureSettings>): void {
    this.settings = { ...this.settings, ...settings };
    this.range = undefined;
  }

  colour(by: ColourBy): void {
    this.colourBy = by;
    this.only = [];
  }

  /** Lights an entry of the legend beside those that are lit, or no longer. */
  toggle(code: number): void {
    const others = this.only.filter((other) => other !== code);
    this.only = others.length < this.only.length ? others : [...others, code];
  }

  /** What belongs to one trace alone is let go. */
  leaveTrace(): void {
    this.only = [];
    this.range = undefined;
  }
}
