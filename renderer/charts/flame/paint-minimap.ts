/** Draws the whole trace, small, with a frame around what the rows below show. */
import type { AnyContext } from './canvas.ts';
import { at } from '../../../core/model/assert.ts';
import type { DurationUs } from '../../../core/model/time.ts';
import { MINIMAP_PX } from './geometry.ts';
import type { BarLayout } from '../../../core/flame/bar-layout.ts';
import type { Palette } from './palette.ts';
import { DIMMED, isLit, type Tint } from './tint.ts';
import { isWhole, wholeTrace, type Viewport } from '../../../core/flame/viewport.ts';
import { walkRow } from '../../../core/flame/walk-row.ts';

const EDGE_PX = 6;
const TALLEST_ROW_PX = 8;

/** The bars of the whole trace. Where rows are thinner than a pixel they lie over each other. */
export function paintMinimap(
  context: AnyContext,
  picture: BarLayout,
  tint: Tint,
  { width, now, length, palette }: MinimapScene,
): void {
  context.clearRect(0, 0, width, MINIMAP_PX);
  const view = wholeTrace(length);
  const pitch = Math.min(TALLEST_ROW_PX, (MINIMAP_PX - EDGE_PX * 2) / Math.max(picture.rows, 1));
  const height = Math.max(1, pitch > 3 ? pitch - 2 : pitch);
  const errors: number[] = [];
  for (let row = 0; row < picture.rows; row++) {
    const y = EDGE_PX + row * pitch;
    walkRow(picture, row, { view, width, now }, (bar, x0, x1, spans, failed, place) => {
      context.fillStyle = palette.bars[tint.codes[bar] ?? 0] ?? palette.faint;
      context.globalAlpha = isLit(tint, place, spans) ? 1 : DIMMED;
      context.fillRect(x0, y, Math.max(x1 - x0 - 0.5, 1), height);
      if (failed > 0) errors.push(x0, y, Math.max(x1 - x0 - 0.5, 2));
    });
  }
  context.globalAlpha = 1;
  context.fillStyle = palette.error;
  for (let i = 0; i < errors.length; i += 3) {
    context.fillRect(at(errors, i), at(errors, i + 1) + height - 1, at(errors, i + 2), 1.5);
  }
}

export interface MinimapScene {
  readonly width: number;
  readonly now: DurationUs;
  readonly length: DurationUs;
  readonly palette: Palette;
}

/** The frame; what lies outside is dimmed. Nothing where the whole trace is shown. */
export function paintMinimapFrame(
  context: AnyContext,
  shown: Viewport,
  { width, length, palette }: MinimapScene,
): void {
  if (isWhole(shown, length)) return;
  const whole = wholeTrace(length);
  const scale = width / (whole.to - whole.from);
  const x0 = (shown.from - whole.from) * scale;
  const x1 = Math.max((shown.to - whole.from) * scale, x0 + 2);
  context.fillStyle = palette.panel;
  context.globalAlpha = 0.66;
  context.fillRect(0, 0, x0, MINIMAP_PX);
  context.fillRect(x1, 0, width - x1, MINIMAP_PX);
  context.globalAlpha = 1;
  context.fillStyle = palette.accent;
  context.fillRect(Math.max(0, x0 - 1), 0, 2, MINIMAP_PX);
  context.fillRect(Math.min(x1, width) - 1, 0, 2, MINIMAP_PX);
}
