/**
 * Draws the rows that are on the screen. Bars are collected first and filled colour by colour, so that a
 * frame of ten thousand bars changes the canvas's state a dozen times.
 */
import { at } from '../../../core/model/assert.ts';
import type { DurationUs } from '../../../core/model/time.ts';
import { formatDuration } from '../../format/duration.ts';
import { BarList } from './bar-list.ts';
import { BAR_PX, ROW_PX, rowTop, SMALLEST_BAR_PX, TOP_PX } from './geometry.ts';
import { isOrphan, SMALLEST_LABELLED_PX, type LabelPainter } from './labels.ts';
import type { FlameModel } from './model.ts';
import type { Palette } from './palette.ts';
import type { Viewport } from './viewport.ts';
import { drawnEnd, walkRow, type RowView } from './walk-row.ts';

export interface FlameScene {
  readonly model: FlameModel;
  readonly view: Viewport;
  readonly now: DurationUs;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly scrollTop: number;
  readonly palette: Palette;
  readonly labels: LabelPainter;
  /** Rows of the table, -1 for none. */
  readonly selected: number;
  readonly hovered: number;
}

const bars = new BarList();

export function paintFlame(context: CanvasRenderingContext2D, scene: FlameScene): void {
  context.clearRect(0, 0, scene.width, scene.height);
  collectBars(scene);
  fillBars(context, scene);
  hatchOpenBars(context, scene);
  markErrors(context, scene);
  markOrphans(context, scene);
  labelBars(context, scene);
  outline(context, scene, scene.hovered, scene.palette.ink, 1);
  outline(context, scene, scene.selected, scene.palette.accent, 2);
}

function collectBars(scene: FlameScene): void {
  const { model, view, now, width, height, scrollTop } = scene;
  const rowView: RowView = { view, now, width };
  const first = Math.max(0, Math.floor((scrollTop - TOP_PX) / ROW_PX));
  const last = Math.min(model.rows - 1, Math.floor((scrollTop + height - TOP_PX) / ROW_PX));
  bars.clear();
  for (let row = first; row <= last; row++) {
    const y = rowTop(row) - scrollTop;
    walkRow(model, row, rowView, (span, x0, x1, _spans, errors) => {
      // One pixel of air to the next bar, where the bar can spare it.
      const right = x1 - x0 > 4 ? x1 - 1 : Math.max(x1, x0 + SMALLEST_BAR_PX);
      bars.add(span, Math.max(x0, -8), Math.min(right, width + 8), y, errors);
    });
  }
}

function fillBars(context: CanvasRenderingContext2D, { model, palette }: FlameScene): void {
  const { kind } = model.table.columns;
  for (let code = 0; code < palette.kinds.length; code++) {
    let any = false;
    context.beginPath();
    for (let i = 0; i < bars.length; i++) {
      if (kind[bars.span(i)] !== code) continue;
      any = true;
      addBar(context, i);
    }
    if (!any) continue;
    context.fillStyle = at(palette.kinds, code);
    context.fill();
  }
}

function addBar(context: CanvasRenderingContext2D, i: number): void {
  const x = bars.x0(i);
  const width = bars.x1(i) - x;
  if (width > 6) context.roundRect(x, bars.y(i), width, BAR_PX, 3);
  else context.rect(x, bars.y(i), width, BAR_PX);
}

/** Stripes say "not ended" without colour. */
function hatchOpenBars(context: CanvasRenderingContext2D, { model, palette }: FlameScene): void {
  context.save();
  context.beginPath();
  let any = false;
  for (let i = 0; i < bars.length; i++) {
    if (model.end[bars.span(i)] !== Infinity) continue;
    any = true;
    addBar(context, i);
  }
  if (any) {
    context.clip();
    context.strokeStyle = palette.panel;
    context.globalAlpha = 0.42;
    context.lineWidth = 5;
    context.beginPath();
    for (let i = 0; i < bars.length; i++) {
      if (model.end[bars.span(i)] !== Infinity) continue;
      addStripes(context, i);
    }
    context.stroke();
  }
  context.restore();
}

const STRIPE_PX = 13;

function addStripes(context: CanvasRenderingContext2D, i: number): void {
  const top = bars.y(i);
  // Stripes stand still on the screen while the bar grows over them.
  const first = Math.floor(bars.x0(i) / STRIPE_PX) * STRIPE_PX - BAR_PX;
  for (let x = first; x < bars.x1(i) + BAR_PX; x += STRIPE_PX) {
    context.moveTo(x, top + BAR_PX);
    context.lineTo(x + BAR_PX / 2, top);
  }
}

/** An edge below the bar: seen without its colour, and on merged spans too. */
function markErrors(context: CanvasRenderingContext2D, { palette }: FlameScene): void {
  context.fillStyle = palette.error;
  for (let i = 0; i < bars.length; i++) {
    if (bars.errors(i) === 0) continue;
    const width = Math.max(bars.x1(i) - bars.x0(i), 3);
    context.beginPath();
    context.roundRect(bars.x0(i), bars.y(i) + BAR_PX - 3, width, 3.5, width > 6 ? [0, 0, 3, 3] : 0);
    context.fill();
  }
}

/** A dashed left edge: something belongs before this, and did not arrive. */
function markOrphans(context: CanvasRenderingContext2D, { model, palette }: FlameScene): void {
  context.save();
  context.strokeStyle = palette.muted;
  context.lineWidth = 2;
  context.setLineDash([3, 2.5]);
  context.beginPath();
  for (let i = 0; i < bars.length; i++) {
    if (!isOrphan(model, bars.span(i))) continue;
    context.moveTo(bars.x0(i) - 3, bars.y(i));
    context.lineTo(bars.x0(i) - 3, bars.y(i) + BAR_PX);
  }
  context.stroke();
  context.restore();
}

function labelBars(context: CanvasRenderingContext2D, scene: FlameScene): void {
  const { model, palette, labels, width, now } = scene;
  labels.begin(context, palette);
  for (let i = 0; i < bars.length; i++) {
    // A bar that begins left of the screen keeps its label in sight.
    const x = Math.max(bars.x0(i), 0);
    const visible = Math.min(bars.x1(i), width) - x;
    if (visible < SMALLEST_LABELLED_PX) continue;
    const span = bars.span(i);
    const name = model.table.name(span);
    const small = formatDuration(drawnEnd(model, span, now) - at(model.start, span));
    const lift = bars.errors(i) > 0 ? 1 : 0;
    const middle = bars.y(i) + BAR_PX / 2 + 0.5 - lift;
    labels.paint(context, { name, small }, { x, width: visible, middle }, palette.kindInk);
  }
}

/** Drawn from the model, not from the bars: a selected span is never lost among merged ones. */
function outline(
  context: CanvasRenderingContext2D,
  { model, view, width, now, scrollTop }: FlameScene,
  span: number,
  colour: string,
  thickness: number,
): void {
  if (span < 0 || span >= model.count) return;
  const perUs = width / (view.to - view.from);
  const x0 = Math.max((at(model.start, span) - view.from) * perUs, -8);
  const end = Math.min((drawnEnd(model, span, now) - view.from) * perUs, width + 8);
  if (x0 > width || end < 0) return;
  const x1 = end - x0 > 4 ? end - 1 : Math.max(end, x0 + SMALLEST_BAR_PX);
  const air = thickness / 2 + (thickness > 1 ? 1 : 0);
  context.strokeStyle = colour;
  context.lineWidth = thickness;
  context.beginPath();
  const y = rowTop(at(model.row, span)) - scrollTop;
  context.roundRect(x0 - air, y - air, x1 - x0 + air * 2, BAR_PX + air * 2, 4);
  context.stroke();
}
