/**
 * The flame graph of a page: holds what is shown and how, and has it painted at most once a frame, and only
 * when something changed or a span is running. Knows nothing of who shows it, nor of who paints.
 */
import { at } from '../../../core/model/assert.ts';
import type { DurationUs } from '../../../core/model/time.ts';
import { fold } from './gaps.ts';
import { ROW_PX, rowsHeight, rowTop } from './geometry.ts';
import { findSpanAt } from './hit-test.ts';
import type { FlameModel } from './model.ts';
import type { Painter } from './painter.ts';
import { readPalette } from './palette.ts';
import { barOfSpan, isOrderedOtherwise, type FlamePicture } from './picture.ts';
import type { Box, PathSegments } from './scene.ts';
import type { TintRequest } from './tint.ts';
import type { Viewport } from '../../../core/flame/viewport.ts';
import { between, isWhole, keepInView, reveal, wholeTrace } from '../../../core/flame/viewport.ts';
import { ViewHistory } from './view-history.ts';
import { drawnEnd } from '../../../core/flame/walk-row.ts';

export interface FlameOptions {
  /** Where open spans end, after the trace's beginning. */
  readonly now: () => DurationUs;
  /** Whether open spans grow, so that frames follow each other. */
  readonly growing: boolean;
  /** Told when a person looked away from now, and following ended with it. */
  readonly onUnfollow?: () => void;
}

export interface FlameListener {
  /** A person chose a span; -1: none any more. */
  onSelect(span: number): void;
  /** The pointer is over a bar, at client coordinates; -1: over none. */
  onHover(bar: number, x: number, y: number): void;
  /** A person measures a range of drawn time; undefined: no more. */
  onRange(range: Viewport | undefined): void;
}

const ZOOM_MS = 160;
/** Under reduced motion running spans step instead of flowing. */
const CALM_STEP_MS = 1000;

export class FlameView {
  readonly history = new ViewHistory();
  readonly #painter: Painter;
  readonly #scroller: HTMLElement;
  readonly #rows: HTMLElement;
  readonly #calm = matchMedia('(prefers-reduced-motion: reduce)');
  #tokens: readonly string[] = [];
  #shown: { readonly model: FlameModel; readonly picture: FlamePicture } | undefined;
  #options: FlameOptions = { now: () => 0, growing: false };
  #view: Viewport = wholeTrace(0);
  #flight: { from: Viewport; to: Viewport; startMs: number } | undefined;
  #width = 0;
  #selected = -1;
  #hovered = -1;
  #range: Viewport | undefined;
  #box: Box | undefined;
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The whole trace is shown, and goes on being shown. */
  #showsWhole = true;
  /** Now is kept in sight, at the zoom that a person chose. */
  #followsNow = false;
  #disposed = false;

  /** `scroller` scrolls the rows; their canvas `rows` sticks to its top. */
  constructor(painter: Painter, scroller: HTMLElement, rows: HTMLElement) {
    this.#painter = painter;
    this.#scroller = scroller;
    this.#rows = rows;
  }

  get model(): FlameModel | undefined {
    return this.#shown?.model;
  }

  get picture(): FlamePicture | undefined {
    return this.#shown?.picture;
  }

  /** Where the view is, or is flying to. */
  get view(): Viewport {
    return this.#flight?.to ?? this.#view;
  }

  get width(): number {
    return this.#width;
  }

  /** A span, -1 for none. */
  get selected(): number {
    return this.#selected;
  }

  get range(): Viewport | undefined {
    return this.#range;
  }

  /** Where open spans end now, in drawn time. */
  now(): DurationUs {
    const picture = this.#shown?.picture;
    return picture === undefined ? 0 : fold(picture.folds, this.#options.now());
  }

  length(): DurationUs {
    const picture = this.#shown?.picture;
    if (picture === undefined) return 0;
    return picture.open > 0 ? Math.max(picture.lastKnown, this.now()) : picture.lastKnown;
  }

  /** Shows a picture of a model; a view that showed the whole goes on showing it. */
  show(model: FlameModel, picture: FlamePicture, options: FlameOptions): void {
    const last = this.#shown?.picture;
    this.#shown = { model, picture };
    this.#options = options;
    this.#painter.setPicture(model, picture);
    if (last !== undefined && last.settings !== picture.settings) this.#begin(last, picture);
    if (this.#showsWhole) this.#view = wholeTrace(this.length());
    this.invalidate();
  }

  setTint(tint: TintRequest): void {
    const same = tint.tokens.join() === this.#tokens.join();
    this.#tokens = tint.tokens;
    this.#painter.setTint(tint);
    if (same) this.invalidate();
    else this.repaintTheme();
  }

  setPath(path: PathSegments | undefined): void {
    this.#painter.setPath(path);
    this.invalidate();
  }

  setRange(range: Viewport | undefined): void {
    this.#range = range;
    this.invalidate();
  }

  setBox(box: Box | undefined): void {
    this.#box = box;
    this.invalidate();
  }

  /** Notes the view for the way back; `gesture`: one of many small steps. */
  leaveView(gesture = false): void {
    this.history.leave(this.view, performance.now(), { gesture });
  }

  /** Moves the view; it flies there unless motion is unwanted. */
  setView(view: Viewport, { fly = false } = {}): void {
    this.#showsWhole = isWhole(view, this.length());
    if (this.#followsNow && view.to < this.now()) {
      this.#followsNow = false;
      this.#options.onUnfollow?.();
    }
    const flies = fly && !this.#calm.matches;
    this.#flight = flies ? { from: this.#view, to: view, startMs: performance.now() } : undefined;
    if (!flies) this.#view = view;
    this.invalidate();
  }

  /** Keeps now in sight without changing the zoom, until a person looks elsewhere. */
  followNow(follow: boolean): void {
    this.#followsNow = follow;
    this.invalidate();
  }

  /** Marks a span (-1: none), and moves as little as needed to show it. */
  select(span: number, { show = false } = {}): void {
    this.#selected = span;
    const picture = this.#shown?.picture;
    const bar = picture === undefined ? -1 : barOfSpan(picture, span);
    if (show && picture !== undefined && bar >= 0) {
      this.#scrollTo(at(picture.row, bar));
      const end = drawnEnd(picture, bar, this.now());
      const view = reveal(this.view, at(picture.start, bar), end, this.length());
      if (view !== this.view) this.setView(view, { fly: true });
    }
    this.invalidate();
  }

  hover(bar: number): void {
    if (bar === this.#hovered) return;
    this.#hovered = bar;
    this.invalidate();
  }

  /** The bar under a point of the rows' canvas, CSS pixels; -1 for none. */
  barAt(x: number, y: number): number {
    const picture = this.#shown?.picture;
    if (picture === undefined || this.width === 0) return -1;
    const rowView = { view: this.#view, width: this.width, now: this.now() };
    return findSpanAt(picture, rowView, x, y + this.#scroller.scrollTop);
  }

  /** Reads the tokens anew, after the theme or the colours changed. */
  repaintTheme(): void {
    this.#painter.setPalette(readPalette(this.#scroller, this.#tokens));
    this.invalidate();
  }

  resize(width: number, height: number): void {
    this.#width = width;
    this.#rows.style.width = `${String(width)}px`;
    this.#rows.style.height = `${String(height)}px`;
    this.#painter.resize(width, height, devicePixelRatio);
    // At once: a canvas that was resized is empty, and an empty frame would flicker.
    this.#paint();
  }

  /** Asks for a frame. */
  invalidate(): void {
    if (this.#disposed || this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paint();
    });
  }

  dispose(): void {
    this.#disposed = true;
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#painter.dispose();
  }

  #paint(): void {
    const picture = this.#shown?.picture;
    if (picture === undefined || this.width < 1 || this.#disposed) return;
    this.#advance();
    const growing = this.#options.growing && picture.open > 0;
    this.#painter.paint({
      view: this.#view,
      now: this.now(),
      length: this.length(),
      scrollTop: this.#scroller.scrollTop,
      selected: barOfSpan(picture, this.#selected),
      hovered: this.#hovered,
      growing,
      range: this.#range,
      box: this.#box,
    });
    this.#goOn(growing);
  }

  #advance(): void {
    if (this.#flight !== undefined) {
      const { from, to, startMs } = this.#flight;
      const share = Math.min(1, (performance.now() - startMs) / ZOOM_MS);
      this.#view = between(from, to, 1 - (1 - share) ** 3);
      if (share === 1) this.#flight = undefined;
    } else if (this.#showsWhole) {
      this.#view = wholeTrace(this.length());
    } else if (this.#followsNow && this.#options.growing) {
      this.#view = keepInView(this.#view, this.now(), this.length());
    }
  }

  #goOn(growing: boolean): void {
    if (this.#flight === undefined && !growing) return;
    if (this.#flight === undefined && this.#calm.matches) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        this.invalidate();
      }, CALM_STEP_MS);
    } else {
      this.invalidate();
    }
  }

  /** Another picture is looked at from its beginning: what was zoomed to stands elsewhere now. */
  #begin(last: FlamePicture, next: FlamePicture): void {
    const turned = last.settings.upright !== next.settings.upright;
    const moved = isOrderedOtherwise(last.settings, next.settings);
    if (moved || last.settings.foldGaps !== next.settings.foldGaps) {
      this.#showsWhole = true;
      this.#flight = undefined;
      this.#hovered = -1;
      this.history.clear();
    }
    // Roots are what one looks at first, wherever they stand.
    if (turned || moved) this.#scroller.scrollTop = next.settings.upright ? rowsHeight(next.rows) : 0;
  }

  #scrollTo(row: number): void {
    const top = rowTop(row);
    const { scrollTop, clientHeight } = this.#scroller;
    if (top < scrollTop) this.#scroller.scrollTop = top - ROW_PX;
    else if (top + ROW_PX > scrollTop + clientHeight)
      this.#scroller.scrollTop = top + ROW_PX * 2 - clientHeight;
  }
}

/** How high the rows' scroller must be for a picture to need no scrolling. */
export function wantedHeight({ rows }: Pick<FlamePicture, 'rows'>): number {
  return rowsHeight(rows);
}
