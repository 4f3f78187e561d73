/** Wheel, drag, click and hover on the rows of a flame graph. */
import type { FlameListener, FlameView } from './flame-view.ts';
import { pan, zoomAt, type Viewport } from './viewport.ts';

/** Nearer than this a press is a click, CSS pixels. */
export const CLICK_PX = 3;
const LINE_PX = 16;

interface Press {
  readonly x: number;
  readonly y: number;
  readonly view: Viewport;
  readonly scrollTop: number;
  moved: boolean;
}

/** Wheel zooms at the pointer, sideways and with Shift it pans, with Alt it scrolls the rows. */
export function listenToWheel(element: HTMLElement, flame: FlameView, signal: AbortSignal): void {
  const onWheel = (event: WheelEvent): void => {
    if (event.altKey || flame.width === 0) return;
    event.preventDefault();
    const scale = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1;
    const [x, y] = [event.deltaX * scale, event.deltaY * scale];
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

/** Drag pans both ways, a click selects, a double click fills the width, hovering tells. */
export function listenToPointer(
  canvas: HTMLCanvasElement,
  scroller: HTMLElement,
  flame: FlameView,
  listener: FlameListener,
  signal: AbortSignal,
): void {
  let press: Press | undefined;
  const hover = (span: number, event: PointerEvent): void => {
    flame.hover(span);
    listener.onHover(span, event.clientX, event.clientY);
  };
  const onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const { clientX: x, clientY: y } = event;
    press = { x, y, view: flame.view, scrollTop: scroller.scrollTop, moved: false };
    canvas.setPointerCapture(event.pointerId);
  };
  const onMove = (event: PointerEvent): void => {
    if (press === undefined) {
      hover(flame.spanAt(event.offsetX, event.offsetY), event);
      return;
    }
    const [dx, dy] = [event.clientX - press.x, event.clientY - press.y];
    if (!press.moved && Math.hypot(dx, dy) < CLICK_PX) return;
    press.moved = true;
    hover(-1, event);
    flame.setView(pan(press.view, -dx / Math.max(flame.width, 1), flame.length()));
    scroller.scrollTop = press.scrollTop - dy;
  };
  const onUp = (event: PointerEvent): void => {
    if (press !== undefined && !press.moved) listener.onSelect(flame.spanAt(event.offsetX, event.offsetY));
    press = undefined;
  };
  canvas.addEventListener('pointerdown', onDown, { signal });
  canvas.addEventListener('pointermove', onMove, { signal });
  canvas.addEventListener('pointerup', onUp, { signal });
  canvas.addEventListener('pointerleave', (event) => hover(-1, event), { signal });
  canvas.addEventListener('pointercancel', () => (press = undefined), { signal });
}
