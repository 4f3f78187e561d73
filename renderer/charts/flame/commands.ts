/** What a person can do to a flame graph, whether by key, button or pointer; each step of the view has a way back. */
import { at } from '../../../core/model/assert.ts';
import type { FlameListener, FlameView } from './flame-view.ts';
import { findNext, moveAmongMerged, moveSelection, type Direction, type Landmark } from './navigation.ts';
import { barOfSpan } from './picture.ts';
import { isWhole, range, wholeTrace, zoomAt, zoomTo, type Viewport } from '../../../core/flame/viewport.ts';
import { drawnEnd } from '../../../core/flame/walk-row.ts';

const KEY_ZOOM = 0.6;

export class FlameCommands {
  readonly #flame: FlameView;
  readonly #listener: FlameListener;

  constructor(flame: FlameView, listener: FlameListener) {
    this.#flame = flame;
    this.#listener = listener;
  }

  zoom(factor: number, share = 0.5): void {
    this.#go(zoomAt(this.#flame.view, share, factor, this.#flame.length()));
  }

  zoomIn(): void {
    this.zoom(KEY_ZOOM);
  }

  zoomOut(): void {
    this.zoom(1 / KEY_ZOOM);
  }

  fit(): void {
    this.#go(wholeTrace(this.#flame.length()));
  }

  move(direction: Direction): void {
    const { model, picture, selected } = this.#flame;
    if (model === undefined || picture === undefined) return;
    // In a picture that stands, parents are below.
    const turned = picture.settings.upright ? UPSIDE_DOWN[direction] : direction;
    this.#choose(
      picture.merged === undefined
        ? moveSelection(model, selected, turned)
        : moveAmongMerged(picture, selected, turned),
    );
  }

  /** The next error, call of a model, or handoff. */
  next(landmark: Landmark): void {
    const { model, selected } = this.#flame;
    if (model === undefined) return;
    const span = findNext(model, selected, landmark);
    if (span >= 0) this.#choose(span);
  }

  nextError(): void {
    this.next('error');
  }

  /** Fills the width with a span. */
  zoomToSpan(span = this.#flame.selected): void {
    const { picture } = this.#flame;
    const bar = picture === undefined ? -1 : barOfSpan(picture, span);
    if (picture === undefined || bar < 0) return;
    const end = drawnEnd(picture, bar, this.#flame.now());
    this.#go(zoomTo(at(picture.start, bar), end, this.#flame.length()));
  }

  /** Fills the width with a range of drawn time. */
  zoomToRange({ from, to }: Viewport): void {
    this.#go(range(from, to, this.#flame.length()));
  }

  /** Lets go of a measured range, then of zooms one by one, then of the selection. */
  back(): void {
    const flame = this.#flame;
    if (flame.range !== undefined) this.#listener.onRange(undefined);
    else if (!isWhole(flame.view, flame.length())) {
      flame.setView(flame.history.wider(flame.view) ?? wholeTrace(flame.length()), { fly: true });
    } else this.#listener.onSelect(-1);
  }

  /** The part that was looked at before, or after. */
  step(way: 'viewBefore' | 'viewAfter'): void {
    const { history, view } = this.#flame;
    const next = way === 'viewBefore' ? history.back(view) : history.forth(view);
    if (next !== undefined) this.#flame.setView(next, { fly: true });
  }

  #go(view: Viewport): void {
    this.#flame.leaveView();
    this.#flame.setView(view, { fly: true });
  }

  #choose(span: number): void {
    this.#flame.select(span, { show: true });
    this.#listener.onSelect(span);
  }
}

const UPSIDE_DOWN: Readonly<Record<Direction, Direction>> = {
  parent: 'child',
  child: 'parent',
  previous: 'previous',
  next: 'next',
};
