/** Wheel, drag, click and hover on the rows of a flame graph. */
import type { FlameCommands } from './commands.ts';
import type { FlameListener, FlameView } from './flame-view.ts';
import { spanOfBar } from './picture.ts';
import { pan, zoomAt, type Viewport } from '../../../core/flame/viewport.ts';

/** Nearer than this a press is a click, CSS pixels. */
export const CLICK_PX = 3;
const LINE_PX = 16;

interface Press {
  readonly x: number;
  readonly y: number;
  /** In the canvas. */
  readonly offsetX: number;
  readonly offsetY: number;
  readonly view: Viewport;
  readonly scrollTop: number;
  /** A box is drawn, instead of moving what is shown. */
  readonly boxes: boolean;
  moved: boolean;
}

/** Wheel zooms at the pointer, sideways and with Shift it pans, with Alt it scrolls the rows. */
export function listenToWheel(element: HTMLElement, flame: FlameView, signal: AbortSignal): void {
  const onWheel = (event: WheelEvent): void => {
    if (event.altKey || flame.width === 0) return;
    event.preventDefault();
    const scale = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1;
    const [x, y] = [event.deltaX * scale, event.deltaY * scale];
    flame.leaveView(true);
    if (event.shiftKey || Math.abs(x) > Math.abs(y)) {
      flame.setView(pan(flame.view, (x === 0 ? y : x) / flame.width, flame.length()));
      return;
    }
    const share = (event.clientX - element.getBoundingClientRect().left) / flame.width;
    // A pinch on a touch pad arrives as Ctrl and small steps.
    const factor = 2 ** (y * 0.0022 * (event.ctrlKey ? 6 : 1));
    flame.setView(zoomAt(flame.view, share, factor, flame.length()));
  };
  element.addEventListener('wheel', onWheel, { passive: false, signal });
}

export interface RowsPointer {
  readonly canvas: HTMLCanvasElement;
  readonly scroller: HTMLElement;
  readonly flame: FlameView;
  readonly commands: FlameCommands;
  readonly listener: FlameListener;
}

/** Drag pans both ways, with Shift it draws a box to zoom to; a click selects, hovering tells. */
export function listenToPointer(
  { canvas, scroller, flame, commands, listener }: RowsPointer,
  signal: AbortSignal,
): void {
  let press: Press | undefined;
  const hover = (bar: number, event: PointerEvent): void => {
    flame.hover(bar);
    listener.onHover(bar, event.clientX, event.clientY);
  };
  const onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const { clientX: x, clientY: y, offsetX, offsetY, shiftKey: boxes } = event;
    press = { x, y, offsetX, offsetY, boxes, view: flame.view, scrollTop: scroller.scrollTop, moved: false };
    canvas.setPointerCapture(event.pointerId);
  };
  const onMove = (event: PointerEvent): void => {
    if (press === undefined) {
      hover(flame.barAt(event.offsetX, event.offsetY), event);
      return;
    }
    const [dx, dy] = [event.clientX - press.x, event.clientY - press.y];
    if (!press.moved && Math.hypot(dx, dy) < CLICK_PX) return;
    if (!press.moved && !press.boxes) flame.leaveView();
    press.moved = true;
    hover(-1, event);
    if (press.boxes) {
      const { offsetX: x0, offsetY: y0 } = press;
      flame.setBox({ x0, y0, x1: x0 + dx, y1: y0 + dy });
      return;
    }
    flame.setView(pan(press.view, -dx / Math.max(flame.width, 1), flame.length()));
    scroller.scrollTop = press.scrollTop - dy;
  };
  const onUp = (event: PointerEvent): void => {
    const picture = flame.picture;
    flame.setBox(undefined);
    if (press !== undefined && picture !== undefined) {
      const bar = flame.barAt(event.offsetX, event.offsetY);
      if (!press.moved) listener.onSelect(spanOfBar(picture, bar));
      else if (press.boxes) zoomToBox(press, event);
    }
    press = undefined;
  };
  const zoomToBox = ({ offsetX, offsetY, x, y, view }: Press, event: PointerEvent): void => {
    const perPx = (view.to - view.from) / Math.max(flame.width, 1);
    const times = [offsetX, offsetX + event.clientX - x].map((px) => view.from + px * perPx);
    commands.zoomToRange({ from: Math.min(...times), to: Math.max(...times) });
    scroller.scrollTop += Math.min(offsetY, offsetY + event.clientY - y);
  };
  canvas.addEventListener('pointerdown', onDown, { signal });
  canvas.addEventListener('pointermove', onMove, { signal });
  canvas.addEventListener('pointerup', onUp, { signal });
  canvas.addEventListener('pointerleave', (event) => hover(-1, event), { signal });
  canvas.addEventListener('pointercancel', () => (press = undefined), { signal });
}
