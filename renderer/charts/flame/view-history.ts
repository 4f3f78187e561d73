/** The parts of a trace that were looked at, with a way back and forth, as a browser has. */
import type { Viewport } from '../../../core/flame/viewport.ts';

/** Steps of one gesture, such as turns of a wheel, follow each other faster than this and are one step back. */
const GESTURE_MS = 600;
const MOST = 200;

export class ViewHistory {
  #past: Viewport[] = [];
  #future: Viewport[] = [];
  #lastMs = -Infinity;

  /** Notes the view that is about to be left. */
  leave(view: Viewport, nowMs: number, { gesture = false } = {}): void {
    const goesOn = gesture && nowMs - this.#lastMs < GESTURE_MS;
    this.#lastMs = nowMs;
    this.#future = [];
    if (goesOn) return;
    const last = this.#past.at(-1);
    if (last?.from === view.from && last.to === view.to) return;
    this.#past.push(view);
    if (this.#past.length > MOST) this.#past.shift();
  }

  /** The view before `current`, or undefined. */
  back(current: Viewport): Viewport | undefined {
    const view = this.#past.pop();
    if (view !== undefined) this.#future.push(current);
    return view;
  }

  forth(current: Viewport): Viewport | undefined {
    const view = this.#future.pop();
    if (view !== undefined) this.#past.push(current);
    return view;
  }

  /** The last view that showed more than `current`; those between are let go. */
  wider(current: Viewport): Viewport | undefined {
    for (let view = this.#past.pop(); view !== undefined; view = this.#past.pop()) {
      if (view.to - view.from > (current.to - current.from) * 1.001) return view;
    }
    return undefined;
  }

  clear(): void {
    this.#past = [];
    this.#future = [];
  }
}
