/**
 * Draws the rows that are on the screen. Bars are collected first and filled colour by colour, so that a
 * frame of ten thousand bars changes the canvas's state a dozen times.
 */
import { at } from '../../../core/model/assert.ts';
import { BarList } from './bar-list.ts';
import type { AnyContext } from './canvas.ts';
import { BAR_PX, ROW_PX, rowTop, SMALLEST_BAR_PX, TOP_PX } from './geometry.ts';
import { isOrphan } from './labels.ts';
import { labelBars } from './paint-labels.ts';
import { paintPath } from './paint-path.ts';
import type { FlameScene } from './scene.ts';
import { DIMMED, isLit } from './tint.ts';
import { drawnEnd, walkRow, type RowView } from '../../../core/flame/walk-row.ts';

const bars = new BarList();

export function paintFlame(context: AnyContext, scene: FlameScene): void {
  context.clearRect(0, 0, scene.width, scene.height);
  collectBars(scene);
  fillBars(context, scene, true);
  fillBars(context, scene, false);
  hatchOpenBars(context, scene);
  if (scene.tint.edges) markLit(context, scene);
  markErrors(context, scene);
  if (scene.picture.merged === undefined) markOrphans(context, scene);
  labelBars(context, scene, bars);
  paintPath(context, scene);
  paintRange(context, scene);
  outline(context, scene, scene.hovered, scene.palette.ink, 1);
  outline(context, scene, scene.selected, scene.palette.accent, 2);
  paintBox(context, scene);
}

function collectBars(scene: FlameScene): void {
  const { picture, tint, view, now, width, height, scrollTop } = scene;
  const rowView: RowView = { view, now, width };
  const first = Math.max(0, Math.floor((scrollTop - TOP_PX) / ROW_PX));
  const last = Math.min(picture.rows - 1, Math.floor((scrollTop + height - TOP_PX) / ROW_PX));
  bars.clear();
  for (let row = first; row <= last; row++) {
    const y = rowTop(row) - scrollTop;
    walkRow(picture, row, rowView, (bar, x0, x1, spans, errors, place) => {
      // One pixel of air to the next bar, where the bar can spare it.
      const right = x1 - x0 > 4 ? x1 - 1 : Math.max(x1, x0 + SMALLEST_BAR_PX);
      const lit = isLit(tint, place, spans);
      bars.add(bar, Math.max(x0, -8), Math.min(right, width + 8), y, errors, lit);
    });
  }
}

/** All lit bars, or all others. */
function fillBars(context: AnyContext, { tint, palette }: FlameScene, lit: boolean): void {
  if (!lit && tint.litBefore === undefined) return;
  if (!lit) context.globalAlpha = DIMMED;
  for (let code = 0; code < palette.bars.length; code++) {
    let any = false;
    context.beginPath();
    for (let i = 0; i < bars.length; i++) {
      if ((tint.codes[bars.bar(i)] ?? 0) !== code || bars.lit(i) !== lit) continue;
      any = true;
      addBar(context, i);
    }
    if (!any) continue;
    context.fillStyle = at(palette.bars, code);
    context.fill();
  }
  context.globalAlpha = 1;
}

function addBar(context: AnyContext, i: number): void {
  const x = bars.x0(i);
  const width = bars.x1(i) - x;
  if (width > 6) context.roundRect(x, bars.y(i), width, BAR_PX, 3);
  else context.rect(x, bars.y(i), width, BAR_PX);
}

/** Stripes say "not ended" without colour. */
function hatchOpenBars(context: AnyContext, { picture, palette }: FlameScene): void {
  if (picture.open === 0) return;
  context.save();
  context.beginPath();
  let any = false;
  for (let i = 0; i < bars.length; i++) {
    if (picture.end[bars.bar(i)] !== Infinity) continue;
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
      if (picture.end[bars.bar(i)] !== Infinity) continue;
      addStripes(context, i);
    }
    context.stroke();
  }
  context.restore();
}

const STRIPE_PX = 13;

function addStripes(context: AnyContext, i: number): void {
  const top = bars.y(i);
  // Stripes stand still on the screen while the bar grows over them.
  const first = Math.floor(bars.x0(i) / STRIPE_PX) * STRIPE_PX - BAR_PX;
  for (let x = first; x < bars.x1(i) + BAR_PX; x += STRIPE_PX) {
    context.moveTo(x, top + BAR_PX);
    context.lineTo(x + BAR_PX / 2, top);
  }
}

/** An edge below the bar: seen without its colour, and on merged spans too. */
function markErrors(context: AnyContext, { palette }: FlameScene): void {
  context.fillStyle = palette.error;
  for (let i = 0; i < bars.length; i++) {
    if (bars.errors(i) === 0) continue;
    const width = Math.max(bars.x1(i) - bars.x0(i), 3);
    context.beginPath();
    context.roundRect(bars.x0(i), bars.y(i) + BAR_PX - 3, width, 3.5, width > 6 ? [0, 0, 3, 3] : 0);
    context.fill();
  }
}

/** An edge above what was searched for, whatever the colour of its bar. */
function markLit(context: AnyContext, { palette }: FlameScene): void {
  context.fillStyle = palette.accent;
  for (let i = 0; i < bars.length; i++) {
    if (bars.lit(i)) context.fillRect(bars.x0(i), bars.y(i), bars.x1(i) - bars.x0(i), 2.5);
  }
}

/** A dashed left edge: something belongs before this, and did not arrive. */
function markOrphans(context: AnyContext, { model, palette }: FlameScene): void {
  context.save();
  context.strokeStyle = palette.muted;
  context.lineWidth = 2;
  context.setLineDash([3, 2.5]);
  context.beginPath();
  for (let i = 0; i < bars.length; i++) {
    if (!isOrphan(model, bars.bar(i))) continue;
    context.moveTo(bars.x0(i) - 3, bars.y(i));
    context.lineTo(bars.x0(i) - 3, bars.y(i) + BAR_PX);
  }
  context.stroke();
  context.restore();
}

/** The measured range: what lies outside steps back. */
function paintRange(context: AnyContext, { range, view, width, height, palette }: FlameScene): void {
  if (range === undefined) return;
  const perUs = width / (view.to - view.from);
  const x0 = Math.min(Math.max((range.from - view.from) * perUs, 0), width);
  const x1 = Math.min(Math.max((range.to - view.from) * perUs, 0), width);
  context.fillStyle = palette.background;
  context.globalAlpha = 0.6;
  context.fillRect(0, 0, x0, height);
  context.fillRect(x1, 0, width - x1, height);
  context.globalAlpha = 1;
  context.fillStyle = palette.accent;
  context.fillRect(x0, 0, 1, height);
  context.fillRect(x1 - 1, 0, 1, height);
}

function paintBox(context: AnyContext, { box, palette }: FlameScene): void {
  if (box === undefined) return;
  const [x, y] = [Math.min(box.x0, box.x1), Math.min(box.y0, box.y1)];
  const [width, height] = [Math.abs(box.x1 - box.x0), Math.abs(box.y1 - box.y0)];
  context.fillStyle = palette.accent;
  context.globalAlpha = 0.12;
  context.fillRect(x, y, width, height);
  context.globalAlpha = 1;
  context.strokeStyle = palette.accent;
  context.lineWidth = 1;
  context.strokeRect(x + 0.5, y + 0.5, width, height);
}

/** Drawn from the picture, not from the bars: a selected one is never lost among merged ones. */
function outline(
  context: AnyContext,
  { picture, view, width, now, scrollTop }: FlameScene,
  bar: number,
  colour: string,
  thickness: number,
): void {
  if (bar < 0 || bar >= picture.count) return;
  const perUs = width / (view.to - view.from);
  const x0 = Math.max((at(picture.start, bar) - view.from) * perUs, -8);
  const end = Math.min((drawnEnd(picture, bar, now) - view.from) * perUs, width + 8);
  if (x0 > width || end < 0) return;
  const x1 = end - x0 > 4 ? end - 1 : Math.max(end, x0 + SMALLEST_BAR_PX);
  const air = thickness / 2 + (thickness > 1 ? 1 : 0);
  context.strokeStyle = colour;
  context.lineWidth = thickness;
  context.beginPath();
  const y = rowTop(at(picture.row, bar)) - scrollTop;
  context.roundRect(x0 - air, y - air, x1 - x0 + air * 2, BAR_PX + air * 2, 4);
  context.stroke();
}
