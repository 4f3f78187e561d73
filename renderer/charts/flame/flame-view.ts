/**
 * The flame graph on its three canvases: holds what is shown, and paints at most once a frame, and only
 * when something changed or a span is running. Knows nothing of who shows it.
 */
import { at } from '../../../core/model/assert.ts';
import type { DurationUs } from '../../../core/model/time.ts';
import { AXIS_PX, MINIMAP_PX, ROW_PX, rowsHeight, rowTop } from './geometry.ts';
import { findSpanAt } from './hit-test.ts';
import { LabelPainter } from './labels.ts';
import type { FlameModel } from './model.ts';
import { paintAxis } from './paint-axis.ts';
import { paintMinimap, paintMinimapFrame, type MinimapScene } from './paint-minimap.ts';
import { paintFlame } from './paint.ts';
import { readPalette, type Palette } from './palette.ts';
import { Surface } from './surface.ts';
import { between, isWhole, keepInView, reveal, wholeTrace, type Viewport } from './viewport.ts';
import { drawnEnd } from './walk-row.ts';

export interface FlameElements {
  readonly minimap: HTMLCanvasElement;
  readonly axis: HTMLCanvasElement;
  readonly rows: HTMLCanvasElement;
  /** Scrolls the rows; the canvas of the rows sticks to its top. */
  readonly scroller: HTMLElement;
}

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
  /** The pointer is over a span, at client coordinates; -1: over none. */
  onHover(span: number, x: number, y: number): void;
}

const ZOOM_MS = 160;
/** Under reduced motion running spans step instead of flowing. */
const CALM_STEP_MS = 1000;

export class FlameView {
  readonly #minimap: Surface;
  readonly #minimapCache: Surface;
  readonly #axis: Surface;
  readonly #rows: Surface;
  readonly #scroller: HTMLElement;
  readonly #labels = new LabelPainter();
  readonly #calm = matchMedia('(prefers-reduced-motion: reduce)');
  #palette: Palette;
  #model: FlameModel | undefined;
  #options: FlameOptions = { now: () => 0, growing: false };
  #view: Viewport = wholeTrace(0);
  #flight: { from: Viewport; to: Viewport; startMs: number } | undefined;
  #selected = -1;
  #hovered = -1;
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #minimapStale = true;
  /** The whole trace is shown, and goes on being shown. */
  #showsWhole = true;
  /** Now is kept in sight, at the zoom that a person chose. */
  #followsNow = false;
  #disposed = false;

  constructor({ minimap, axis, rows, scroller }: FlameElements) {
    this.#minimap = new Surface(minimap);
    this.#minimapCache = new Surface(document.createElement('canvas'));
    this.#axis = new Surface(axis);
    this.#rows = new Surface(rows);
    this.#scroller = scroller;
    this.#palette = readPalette(scroller);
  }

  get model(): FlameModel | undefined {
    return this.#model;
  }

  /** Where the view is, or is flying to. */
  get view(): Viewport {
    return this.#flight?.to ?? this.#view;
  }

  get width(): number {
    return this.#rows.width;
  }

  get selected(): number {
    return this.#selected;
  }

  /** Where open spans end now. */
  now(): DurationUs {
    return this.#options.now();
  }

  /** Length of all that is drawn. */
  length(): DurationUs {
    const model = this.#model;
    if (model === undefined) return 0;
    return model.open > 0 ? Math.max(model.lastKnown, this.now()) : model.lastKnown;
  }

  /** Shows a model; a view that showed the whole trace goes on showing the whole. */
  setModel(model: FlameModel, options: FlameOptions): void {
    this.#model = model;
    this.#options = options;
    this.#minimapStale = true;
    if (this.#showsWhole) this.#view = wholeTrace(this.length());
    this.invalidate();
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
    const model = this.#model;
    if (show && model !== undefined && span >= 0 && span < model.count) {
      this.#scrollTo(at(model.row, span));
      const end = drawnEnd(model, span, this.now());
      const view = reveal(this.view, at(model.start, span), end, this.length());
      if (view !== this.view) this.setView(view, { fly: true });
    }
    this.invalidate();
  }

  hover(span: number): void {
    if (span === this.#hovered) return;
    this.#hovered = span;
    this.invalidate();
  }

  /** The span under a point of the rows' canvas, CSS pixels; -1 for none. */
  spanAt(x: number, y: number): number {
    if (this.#model === undefined || this.width === 0) return -1;
    const rowView = { view: this.#view, width: this.width, now: this.now() };
    return findSpanAt(this.#model, rowView, x, y + this.#scroller.scrollTop);
  }

  /** Reads the tokens anew, after the theme changed. */
  repaintTheme(): void {
    this.#palette = readPalette(this.#scroller);
    this.#minimapStale = true;
    this.invalidate();
  }

  resize(width: number, height: number): void {
    const ratio = devicePixelRatio;
    this.#rows.resize(width, height, ratio);
    this.#axis.resize(width, AXIS_PX, ratio);
    this.#minimap.resize(width, MINIMAP_PX, ratio);
    this.#minimapCache.resize(width, MINIMAP_PX, ratio);
    this.#minimapStale = true;
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
  }

  #paint(): void {
    const model = this.#model;
    if (model === undefined || this.width < 1 || this.#disposed) return;
    this.#advance();
    const now = this.now();
    const scene = { width: this.width, now, length: this.length(), palette: this.#palette };
    paintFlame(this.#rows.context, {
      ...scene,
      model,
      view: this.#view,
      height: this.#rows.height,
      scrollTop: this.#scroller.scrollTop,
      labels: this.#labels,
      selected: this.#selected,
      hovered: this.#hovered,
    });
    paintAxis(this.#axis.context, this.#view, this.width, this.#palette);
    this.#paintMinimap(model, scene);
    this.#goOn(model);
  }

  #paintMinimap(model: FlameModel, scene: MinimapScene): void {
    const growing = this.#options.growing && model.open > 0;
    if (this.#minimapStale || growing) paintMinimap(this.#minimapCache.context, model, scene);
    this.#minimapStale = false;
    const { context, width } = this.#minimap;
    context.clearRect(0, 0, width, MINIMAP_PX);
    if (this.#minimapCache.canvas.width > 0) {
      context.drawImage(this.#minimapCache.canvas, 0, 0, width, MINIMAP_PX);
    }
    paintMinimapFrame(context, this.#view, scene);
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

  #goOn(model: FlameModel): void {
    const growing = this.#options.growing && model.open > 0;
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

  #scrollTo(row: number): void {
    const top = rowTop(row);
    const { scrollTop, clientHeight } = this.#scroller;
    if (top < scrollTop) this.#scroller.scrollTop = top - ROW_PX;
    else if (top + ROW_PX > scrollTop + clientHeight)
      this.#scroller.scrollTop = top + ROW_PX * 2 - clientHeight;
  }
}

/** How high the rows' scroller must be for a model to need no scrolling. */
export function wantedHeight(model: FlameModel): number {
  return rowsHeight(model.rows);
}
