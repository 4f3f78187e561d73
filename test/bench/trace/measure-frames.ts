/** A script that pans and zooms for 200 frames, beside an animation loop that does nothing; and the pointer. */
import type { Page, Worker } from '@playwright/test';
import { median, quantile } from '../median.ts';
import { takeFrames, type PaintedFrame } from './browser.ts';
import type { FrameFigures } from './figures.ts';

const FRAMES = 200;
const MOVES = 500;
const P95 = 0.95;

type InBrowser = Omit<FrameFigures, 'hitP50Us' | 'hitP95Us'>;

/** `runs` times in turn. */
export async function measureFrames(page: Page, painter: Worker, runs: number): Promise<InBrowser> {
  const found: InBrowser[] = [];
  for (let run = 0; run < runs; run++) {
    const empty = await page.evaluate(runLoop, { frames: FRAMES, moves: false });
    await takeFrames(painter);
    const moving = await page.evaluate(runLoop, { frames: FRAMES, moves: true });
    const painted = await takeFrames(painter);
    const pointer = await page.evaluate(movePointer, MOVES);
    await page.keyboard.press('Home');
    found.push({
      frames: painted.length,
      emptyP95Ms: quantile(empty, P95),
      pageP95Ms: quantile(moving, P95),
      paintedP95Ms: quantile(intervals(painted), P95),
      drawP50Ms: median(painted.map(({ drawMs }) => drawMs)),
      drawP95Ms: quantile(
        painted.map(({ drawMs }) => drawMs),
        P95,
      ),
      pointerP95Ms: quantile(pointer, P95),
    });
  }
  const of = (key: keyof InBrowser): number => median(found.map((each) => each[key]));
  return {
    frames: of('frames'),
    emptyP95Ms: of('emptyP95Ms'),
    pageP95Ms: of('pageP95Ms'),
    paintedP95Ms: of('paintedP95Ms'),
    drawP50Ms: of('drawP50Ms'),
    drawP95Ms: of('drawP95Ms'),
    pointerP95Ms: of('pointerP95Ms'),
  };
}

function intervals(frames: readonly PaintedFrame[]): readonly number[] {
  return frames.slice(1).map(({ atMs }, i) => atMs - (frames[i]?.atMs ?? Number.NaN));
}

interface Loop {
  readonly frames: number;
  readonly moves: boolean;
}

/** Runs in the page: intervals between frames, in each of which the wheel turns once, or nothing happens. */
export async function runLoop({ frames, moves }: Loop): Promise<readonly number[]> {
  const target = document.querySelector('[data-testid=flame] .scroller');
  if (target === null) throw new Error('no flame graph');
  const { left, top, width, height } = target.getBoundingClientRect();
  const found: number[] = [];
  let last = await new Promise<number>(requestAnimationFrame);
  for (let frame = 0; frame < frames; frame++) {
    if (moves) {
      // In to a thousandth, along there, and out again; the pointer wanders, so that other places come in sight.
      const phase = frame / frames;
      const pans = frame % 4 === 3 || (phase > 0.4 && phase < 0.6);
      const delta = pans ? 0 : phase < 0.5 ? -55 : 55;
      const share = 0.5 + 0.4 * Math.sin(frame / 7);
      target.dispatchEvent(
        new WheelEvent('wheel', {
          ...{ deltaX: pans ? 40 : 0, deltaY: delta, bubbles: true, cancelable: true },
          ...{ clientX: left + width * share, clientY: top + height / 2 },
        }),
      );
    }
    const now = await new Promise<number>(requestAnimationFrame);
    found.push(now - last);
    last = now;
  }
  return found;
}

/** Runs in the page: what a move of the pointer over the rows costs it at once. */
async function movePointer(moves: number): Promise<readonly number[]> {
  const rows = document.querySelector('[data-testid=flame] .rows canvas');
  if (rows === null) throw new Error('no flame graph');
  const { left, top, width, height } = rows.getBoundingClientRect();
  const found: number[] = [];
  for (let move = 0; move < moves; move++) {
    const [x, y] = [(move * 0.618034) % 1, (move * 0.754877) % 1];
    const clientX = left + x * width;
    const clientY = top + y * height;
    const start = performance.now();
    rows.dispatchEvent(new PointerEvent('pointermove', { clientX, clientY, bubbles: true }));
    // The hover card is laid out before the next task.
    await Promise.resolve();
    found.push(performance.now() - start);
  }
  return found;
}
