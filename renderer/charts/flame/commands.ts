/** What a person can do to a flame graph, whether by key, button or pointer; each zoom to a span has a way back. */
import { at } from '../../../core/model/assert.ts';
import type { FlameListener, FlameView } from './flame-view.ts';
import { findNextError, moveSelection, type Direction } from './navigation.ts';
import { isWhole, wholeTrace, zoomAt, zoomTo, type Viewport } from './viewport.ts';
import { drawnEnd } from './walk-row.ts';

const KEY_ZOOM = 0.6;

export class FlameCommands {
  readonly #flame: FlameView;
  readonly #listener: FlameListener;
  #back: Viewport[] = [];

  constructor(flame: FlameView, listener: FlameListener) {
    this.#flame = flame;
    this.#listener = listener;
  }

  zoom(factor: number, share = 0.5): void {
    this.#flame.setView(zoomAt(this.#flame.view, share, factor, this.#flame.length()), { fly: true });
  }

  zoomIn(): void {
    this.zoom(KEY_ZOOM);
  }

  zoomOut(): void {
    this.zoom(1 / KEY_ZOOM);
  }

  fit(): void {
    this.#back = [];
    this.#flame.setView(wholeTrace(this.#flame.length()), { fly: true });
  }

  move(direction: Direction): void {
    const { model, selected } = this.#flame;
    if (model !== undefined) this.#choose(moveSelection(model, selected, direction));
  }

  nextError(): void {
    const { model, selected } = this.#flame;
    if (model === undefined) return;
    const span = findNextError(model, selected);
    if (span >= 0) this.#choose(span);
  }

  /** Fills the width with a span. */
  zoomToSpan(span = this.#flame.selected): void {
    const { model } = this.#flame;
    if (model === undefined || span < 0) return;
    this.#back.push(this.#flame.view);
    const end = drawnEnd(model, span, this.#flame.now());
    this.#flame.setView(zoomTo(at(model.start, span), end, this.#flame.length()), { fly: true });
  }

  /** Undoes the last zoom to a span, then any zoom, then the selection. */
  back(): void {
    const last = this.#back.pop();
    if (last !== undefined) this.#flame.setView(last, { fly: true });
    else if (!isWhole(this.#flame.view, this.#flame.length())) this.fit();
    else this.#listener.onSelect(-1);
  }

  #choose(span: number): void {
    this.#flame.select(span, { show: true });
    this.#listener.onSelect(span);
  }
}
