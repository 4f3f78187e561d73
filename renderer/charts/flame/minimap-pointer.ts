/** On the minimap a drag draws the part to show, and a click moves the view there. */
import type { FlameView } from './flame-view.ts';
import { CLICK_PX } from './pointer.ts';
import { pan, range, wholeTrace } from '../../../core/flame/viewport.ts';

export function listenToMinimap(canvas: HTMLCanvasElement, flame: FlameView, signal: AbortSignal): void {
  let from: number | undefined;
  const shareOf = (event: PointerEvent): number =>
    Math.min(1, Math.max(0, event.offsetX / Math.max(flame.width, 1)));
  const timeAt = (share: number): number => {
    const whole = wholeTrace(flame.length());
    return whole.from + share * (whole.to - whole.from);
  };
  const onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    flame.leaveView();
    from = shareOf(event);
    canvas.setPointerCapture(event.pointerId);
  };
  const onMove = (event: PointerEvent): void => {
    const to = shareOf(event);
    if (from === undefined || Math.abs(to - from) * flame.width < CLICK_PX) return;
    flame.setView(range(timeAt(Math.min(from, to)), timeAt(Math.max(from, to)), flame.length()));
  };
  const onUp = (event: PointerEvent): void => {
    const to = shareOf(event);
    if (from !== undefined && Math.abs(to - from) * flame.width < CLICK_PX) {
      const { view } = flame;
      const off = timeAt(to) - (view.from + view.to) / 2;
      flame.setView(pan(view, off / (view.to - view.from), flame.length()), { fly: true });
    }
    from = undefined;
  };
  canvas.addEventListener('pointerdown', onDown, { signal });
  canvas.addEventListener('pointermove', onMove, { signal });
  canvas.addEventListener('pointerup', onUp, { signal });
  canvas.addEventListener('pointercancel', () => (from = undefined), { signal });
}
