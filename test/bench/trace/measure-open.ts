/** From the click on a stored trace to its first paint, beside speedscope with the same spans. */
import type { Browser, Page, Worker } from '@playwright/test';
import { at } from '../../../core/model/assert.ts';
import type { DurationMs } from '../../../core/model/time.ts';
import { newPage, takeFrames } from './browser.ts';
import { serveSite } from './speedscope-site.ts';

const PATIENCE_MS = 120_000;

export interface Opening {
  /** To the frame after the first paint. */
  readonly paintedMs: DurationMs;
  /** Until all of the trace is in the page, and the page is free to answer. */
  readonly wholeMs: DurationMs;
}

/** Opens the trace by its address, as a click in the list does, and waits until it is whole. */
export async function timeOpen(page: Page, painter: Worker, traceId: string): Promise<Opening> {
  await takeFrames(painter);
  const startMs = await page.evaluate((id) => {
    location.hash = `#/trace/${encodeURIComponent(id)}`;
    return performance.timeOrigin + performance.now();
  }, traceId);
  const paintedMs = await firstFrame(painter, startMs);
  const whole = await page.waitForFunction(isWhole, undefined, { timeout: PATIENCE_MS, polling: 'raf' });
  return { paintedMs, wholeMs: ((await whole.jsonValue()) || Number.NaN) - startMs };
}

/** Runs in the page, once a frame: since 1970, as soon as nothing of the trace is on its way any more. */
function isWhole(): number | false {
  const flame = document.querySelector('[data-testid="flame"]');
  const waits = flame === null || document.querySelector('[data-testid="reading"]') !== null;
  return waits ? false : performance.timeOrigin + performance.now();
}

async function firstFrame(painter: Worker, startMs: number): Promise<DurationMs> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const frames = await takeFrames(painter);
    if (frames.length > 0) return at(frames, 0).shownMs - startMs;
    if (performance.now() > deadline) throw new Error('nothing was painted');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Back to the list, so that the trace can be opened once more. */
export async function leaveTrace(page: Page): Promise<void> {
  await page.evaluate(() => {
    location.hash = '#/';
  });
  await page.getByTestId('library').waitFor();
}

interface WatchedWindow {
  firstDrawnMs?: number;
  waits?: boolean;
}

/** From the choice of a file, already in the page's memory, to the frame after speedscope's first flame. */
export async function timeSpeedscope(browser: Browser, site: string, profile: string): Promise<DurationMs> {
  const served = await serveSite(site, profile);
  const page = await newPage(browser);
  page.setDefaultTimeout(PATIENCE_MS);
  try {
    await page.addInitScript(watchWebGl);
    await page.goto(served.url);
    await page.locator('input[type=file]').first().waitFor({ state: 'attached' });
    const startMs = await page.evaluate(chooseFile);
    const drawn = await page.waitForFunction(
      () => (globalThis as unknown as WatchedWindow).firstDrawnMs,
      undefined,
      { timeout: PATIENCE_MS, polling: 50 },
    );
    return ((await drawn.jsonValue()) ?? Number.NaN) - startMs;
  } finally {
    await page.context().close();
    served.close();
  }
}

/** Runs in the page, before its own code: notes the frame after the first that draws anything once a file was chosen. */
function watchWebGl(): void {
  const world = globalThis as unknown as WatchedWindow;
  const note = (): void => {
    if (world.waits !== true) return;
    world.waits = false;
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        world.firstDrawnMs = performance.now();
      }),
    );
  };
  for (const context of [WebGLRenderingContext.prototype, WebGL2RenderingContext.prototype]) {
    const { drawArrays, drawElements } = context;
    context.drawArrays = function (...args) {
      note();
      drawArrays.apply(this, args);
    };
    context.drawElements = function (...args) {
      note();
      drawElements.apply(this, args);
    };
  }
}

async function chooseFile(): Promise<number> {
  const blob = await (await fetch('profile.json')).blob();
  const files = new DataTransfer();
  files.items.add(new File([blob], 'profile.json'));
  const input = document.querySelector<HTMLInputElement>('input[type=file]');
  if (input === null) throw new Error('speedscope has no place for a file');
  input.files = files.files;
  (globalThis as unknown as WatchedWindow).waits = true;
  const startMs = performance.now();
  input.dispatchEvent(new Event('change', { bubbles: true }));
  return startMs;
}
