/** The browser that is measured in, and what its processes hold. */
import { chromium, type Browser, type Page, type Worker } from '@playwright/test';
import { readFileSync } from 'node:fs';
import type { MegaBytes } from '../figures.ts';
import { findChromium } from '../../../scripts/chromium.mjs';

/** No graphics card is asked for: WebGL, which speedscope needs, is done by the processor, as our canvases are. */
const ARGS = [
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--disable-gpu',
  '--enable-unsafe-swiftshader',
];

export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [...ARGS, ...sandbox],
  });
}

export async function newPage(browser: Browser): Promise<Page> {
  return await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
}

/** The page of a host, its library whole. */
export async function openWorkbench(browser: Browser, ui: string): Promise<{ page: Page; painter: Worker }> {
  const page = await newPage(browser);
  const started = page.waitForEvent('worker', (worker) => worker.url().includes('flame'));
  await page.goto(ui);
  const painter = await started;
  await page.getByTestId('library').locator('[data-trace-id]').first().waitFor({ timeout: 240_000 });
  await painter.evaluate(watchFrames);
  return { page, painter };
}

/** A frame of the worker: when its drawing began since 1970, how long it took, and when the next one began. */
export interface PaintedFrame {
  readonly atMs: number;
  readonly drawMs: number;
  shownMs: number;
}

interface WatchedWorld {
  requestAnimationFrame(paint: (time: number) => void): number;
  watched?: PaintedFrame[];
}

/** Runs in the worker: notes every frame from now on. */
function watchFrames(): void {
  const world = globalThis as unknown as WatchedWorld;
  const frames: PaintedFrame[] = [];
  world.watched = frames;
  const next = world.requestAnimationFrame.bind(world);
  const nowMs = (): number => performance.timeOrigin + performance.now();
  world.requestAnimationFrame = (paint) =>
    next((time) => {
      const atMs = nowMs();
      paint(time);
      const frame = { atMs, drawMs: nowMs() - atMs, shownMs: 0 };
      frames.push(frame);
      next(() => {
        frame.shownMs = nowMs();
      });
    });
}

/** What was painted since this was asked last; frames that no other followed yet stay for the next time. */
export async function takeFrames(painter: Worker): Promise<readonly PaintedFrame[]> {
  return await painter.evaluate(() => {
    const world = globalThis as unknown as WatchedWorld;
    const all = world.watched ?? [];
    return all.splice(0, all.filter(({ shownMs }) => shownMs > 0).length);
  });
}

/** Private memory of all page processes after their garbage is gone; undefined where the system does not tell it. */
export async function pageMemory(browser: Browser, page: Page): Promise<MegaBytes | undefined> {
  if (process.platform !== 'linux') return undefined;
  const line = await page.context().newCDPSession(page);
  await line.send('HeapProfiler.collectGarbage');
  await line.detach();
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo
    .filter(({ type }) => type === 'renderer')
    .reduce((sum, { id }) => sum + privateMemory(id), 0);
}

function privateMemory(pid: number): MegaBytes {
  const text = readFileSync(`/proc/${String(pid)}/smaps_rollup`, 'utf8');
  const lines = [...text.matchAll(/^Private_\w+:\s+(\d+) kB/gm)];
  return lines.reduce((sum, [, kiloBytes]) => sum + Number(kiloBytes) / 1024, 0);
}
