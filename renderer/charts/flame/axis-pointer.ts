/** On the axis a drag measures a range, and a click lets go of it. */
import type { FlameListener, FlameView } from './flame-view.ts';
import { CLICK_PX } from './pointer.ts';

export function listenToAxis(
  canvas: HTMLCanvasElement,
  flame: FlameView,
  listener: FlameListener,
  signal: AbortSignal,
): void {
  let from: number | undefined;
  const timeAt = (x: number): number => {
    const { view, width } = flame;
    return view.from + (Math.min(Math.max(x, 0), width) / Math.max(width, 1)) * (view.to - view.from);
  };
  const onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    from = event.offsetX;
    canvas.setPointerCapture(event.pointerId);
  };
  const onMove = (event: PointerEvent): void => {
    if (from === undefined || Math.abs(event.offsetX - from) < CLICK_PX) return;
    const ends = [timeAt(from), timeAt(event.offsetX)];
    listener.onRange({
      from: Math.max(0, Math.min(...ends)),
      to: Math.min(flame.length(), Math.max(...ends)),
    });
  };
  const onUp = (event: PointerEvent): void => {
    if (from !== undefined && Math.abs(event.offsetX - from) < CLICK_PX) listener.onRange(undefined);
    from = undefined;
  };
  canvas.addEventListener('pointerdown', onDown, { signal });
  canvas.addEventListener('pointermove', onMove, { signal });
  canvas.addEventListener('pointerup', onUp, { signal });
  canvas.addEventListener('pointercancel', () => (from = undefined), { signal });
}
