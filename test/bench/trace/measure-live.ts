/** Spans arrive in the trace that is open: whether its page keeps its frames, and how far it is behind. */
import type { Browser, Page } from '@playwright/test';
import { rm } from 'node:fs/promises';
import { postBody, startHost, type RunningHost } from '../../running-host/running-host.ts';
import { median, quantile } from '../median.ts';
import { openWorkbench } from './browser.ts';
import type { LiveFigures } from './figures.ts';
import { LIVE_TRACE, LiveTrace } from './live-trace.ts';
import { runLoop } from './measure-frames.ts';
import { timeOpen } from './measure-open.ts';

const SPANS_A_SECOND = 200;
const BODY_MS = 50;
const SECONDS = 8;
const BEFORE_A_BODY = 500;
/** A screen of 60 frames a second, for as long as spans come. */
const FRAMES = 60 * (SECONDS - 1);

/** `before`: how many spans the trace has when it is opened. */
export async function measureLive(browser: Browser, before: number): Promise<LiveFigures> {
  const host = await startHost();
  try {
    const trace = new LiveTrace();
    await post(host, trace.begin(Date.now()));
    while (trace.spans < before) await post(host, trace.go(BEFORE_A_BODY, Date.now()));
    await post(host, trace.go(0, Date.now()));
    const { page, painter } = await openWorkbench(browser, host.ui);
    // At rest in the list: nothing of this page moves.
    const empty = await page.evaluate(runEmptyLoop, 200);
    await timeOpen(page, painter, LIVE_TRACE);
    const posting = postOn(host, trace);
    const intervals = await page.evaluate(runLoop, { frames: FRAMES, moves: false });
    await posting;
    const lagMs = await waitForAll(page, trace.spans);
    await page.context().close();
    return {
      before,
      spansPerSecond: SPANS_A_SECOND,
      seconds: SECONDS,
      emptyP95Ms: quantile(empty, 0.95),
      pageP50Ms: median(intervals),
      pageP95Ms: quantile(intervals, 0.95),
      longestMs: Math.max(...intervals),
      framesPerSecond: rate(intervals),
      emptyFramesPerSecond: rate(empty),
      lagMs,
    };
  } finally {
    await host.stop();
    await rm(host.data, { recursive: true, force: true });
  }
}

function rate(intervals: readonly number[]): number {
  return (intervals.length * 1000) / intervals.reduce((sum, each) => sum + each, 0);
}

async function post(host: RunningHost, body: string): Promise<void> {
  const status = await postBody(host, '/v1/events', body);
  if (status !== 204) throw new Error(`the door answered ${String(status)}`);
}

/** By the clock: what a late body missed comes with the next. */
async function postOn(host: RunningHost, trace: LiveTrace): Promise<void> {
  const startMs = performance.now();
  const first = trace.spans;
  for (;;) {
    const passedMs = performance.now() - startMs;
    const due = Math.floor((Math.min(passedMs, SECONDS * 1000) / 1000) * SPANS_A_SECOND);
    await post(host, trace.go(first + due - trace.spans, Date.now()));
    if (passedMs >= SECONDS * 1000) return;
    await new Promise((resolve) => setTimeout(resolve, BODY_MS));
  }
}

/** Until the page says the number of spans. */
async function waitForAll(page: Page, spans: number): Promise<number> {
  const start = performance.now();
  const said = page
    .getByTestId('trace')
    .locator('dd')
    .getByText(spans.toLocaleString('en-US'), { exact: true });
  await said.first().waitFor({ timeout: 60_000 });
  return performance.now() - start;
}

async function runEmptyLoop(frames: number): Promise<readonly number[]> {
  const found: number[] = [];
  let last = await new Promise<number>(requestAnimationFrame);
  for (let frame = 0; frame < frames; frame++) {
    const now = await new Promise<number>(requestAnimationFrame);
    found.push(now - last);
    last = now;
  }
  return found;
}
