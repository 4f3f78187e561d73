/** How a person looks at the flame graph: order, colours, what is lit. Kept while traces are looked through. */
import type { ColourBy } from '../charts/flame/colouring.ts';
import { drawMeasure, type FlameMeasure } from '../charts/flame/measure.ts';
import { PLAIN_PICTURE, type PictureSettings } from '../charts/flame/picture.ts';
import type { Viewport } from '../../core/flame/viewport.ts';

export class FlameState {
  settings: PictureSettings = $state.raw(PLAIN_PICTURE);
  colourBy: ColourBy = $state('kind');
  /** Of the colours 'measure': the id of which one. */
  hotBy: string | undefined = $state();
  /** Codes of the legend that are lit; empty: all. */
  only: readonly number[] = $state.raw([]);
  pathShown = $state(false);
  /** Measured, in drawn time. */
  range: Viewport | undefined = $state.raw();

  change(settings: Partial<PictureSettings>): void {
    this.settings = { ...this.settings, ...settings };
    this.range = undefined;
  }

  colour(by: Exclude<ColourBy, 'measure'>): void {
    this.colourBy = by;
    this.hotBy = undefined;
    this.only = [];
  }

  colourByMeasure({ id }: FlameMeasure): void {
    this.colourBy = 'measure';
    this.hotBy = id;
    this.only = [];
  }

  weighByMeasure(measure: FlameMeasure): void {
    this.change({ order: 'left-heavy', weight: 'measure', measure: drawMeasure(measure) });
  }

  /** Goes back to time and kind where a measure is no longer there, as in a trace of which its plugin says nothing. */
  keepTo(measures: readonly FlameMeasure[]): void {
    const isGone = (id: string | undefined): boolean => !measures.some((measure) => measure.id === id);
    const { weight, measure } = this.settings;
    if (weight === 'measure' && isGone(measure?.id)) this.change({ order: 'time', weight: 'duration' });
    if (this.colourBy === 'measure' && isGone(this.hotBy)) this.colour('kind');
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
