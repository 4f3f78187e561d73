/** What only a browser can show: pixels, scrolling, the address, keys. A real host stands behind the page. */
import type { Locator, Page } from '@playwright/test';
import { recordsOfText } from '../build/read-trace-text.ts';
import { expect, test, type RunningHost } from '../e2e/harness.ts';
import { openLibrary, openTrace } from '../e2e/page-handles.ts';

const DESK = recordsOfText(`
  trace desk workflow="Support desk"
  Triage         agent       0--------------1000
    gpt-5        generation  0----400              in=10 out=5
    lookup       function        400---700         !boom
    answer       custom                700-1000
`);

async function post(host: RunningHost, records: readonly unknown[]): Promise<void> {
  const response = await fetch(`${host.ingest}/v1/traces/ingest`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ data: records }),
  });
  expect(response.status).toBe(204);
}

/** A trace of one span that starts so many seconds after midnight. */
function small(name: string, second: number): readonly unknown[] {
  const at = (offset: number): string =>
    new Date(Date.UTC(2026, 0, 2) + (second + offset) * 1000).toISOString();
  return [
    { object: 'trace', id: name, workflow_name: name },
    {
      object: 'trace.span',
      id: `span-${name}`,
      trace_id: name,
      parent_id: null,
      started_at: at(0),
      ended_at: at(1),
      span_data: { type: 'agent', name: 'Worker' },
    },
  ];
}

/** The colour of the rows' canvas at a share of its width and a height in CSS pixels. */
async function colourAt(trace: Locator, share: number, y: number): Promise<string> {
  return await trace.locator('.rows canvas').evaluate(
    (canvas, [x, top]) => {
      if (!(canvas instanceof HTMLCanvasElement)) throw new Error('no canvas');
      const ratio = canvas.width / canvas.clientWidth;
      // A worker paints it: what it shows is read from a copy.
      const copy = new OffscreenCanvas(1, 1).getContext('2d');
      copy?.drawImage(canvas, canvas.width * x, top * ratio, 1, 1, 0, 0, 1, 1);
      const pixel = copy?.getImageData(0, 0, 1, 1).data;
      return [...(pixel ?? [])].join(' ');
    },
    [share, y] as const,
  );
}

const EMPTY = '0 0 0 0';

async function spanInAddress(page: Page): Promise<string | null> {
  return await page.evaluate(() => new URLSearchParams(location.hash.split('?')[1]).get('span'));
}

test('bars stand where their times are, and an error has an edge', async ({ page, host }) => {
  await post(host, DESK);
  await openLibrary(page, host);
  const trace = await openTrace(page, host, 'desk');
  await expect.poll(() => colourAt(trace, 0.5, 14)).not.toBe(EMPTY);
  const [generation, tool, gap] = [
    await colourAt(trace, 0.2, 40),
    await colourAt(trace, 0.65, 38),
    await colourAt(trace, 0.2, 65),
  ];
  expect(generation).not.toBe(EMPTY);
  expect(tool).not.toBe(generation);
  expect(gap).toBe(EMPTY);
  expect(await colourAt(trace, 0.65, 55)).not.toBe(tool);
});

test('the canvas is as sharp as the screen', async ({ browser, host }) => {
  await post(host, DESK);
  const context = await browser.newContext({ deviceScaleFactor: 2 });
  const page = await context.newPage();
  await openLibrary(page, host);
  const trace = await openTrace(page, host, 'desk');
  const canvas = trace.locator('.rows canvas');
  const sizes = (): Promise<number> =>
    canvas.evaluate((element) =>
      element instanceof HTMLCanvasElement ? element.width / element.clientWidth : 0,
    );
  await expect.poll(sizes).toBeCloseTo(2, 1);
  await context.close();
});

test('keys walk along the spans, the address follows, and back leads to the library', async ({
  page,
  host,
}) => {
  await post(host, DESK);
  const library = await openLibrary(page, host);
  await library.locator('[data-trace-id="desk"]').click();
  const flame = page.getByTestId('flame');
  await flame.focus();
  await page.keyboard.press('ArrowDown');
  expect(await spanInAddress(page)).toBe('s1');
  await page.keyboard.press('ArrowDown');
  expect(await spanInAddress(page)).toBe('s2');
  await page.keyboard.press('e');
  expect(await spanInAddress(page)).toBe('s3');
  const inspector = page.getByTestId('inspector');
  await expect(inspector).toContainText('lookup');
  await expect(inspector).toContainText('boom');
  await expect(page.locator('[data-span-id="s3"]')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Escape');
  expect(await spanInAddress(page)).toBeNull();
  await page.goBack();
  await expect(page.getByTestId('library')).toBeVisible();
  await page.goForward();
  await expect(page.getByTestId('trace')).toBeVisible();
});

test('a click on a bar opens its span', async ({ page, host }) => {
  await post(host, DESK);
  await openLibrary(page, host);
  const trace = await openTrace(page, host, 'desk');
  await expect.poll(() => colourAt(trace, 0.5, 14)).not.toBe(EMPTY);
  const box = await trace.locator('.rows canvas').boundingBox();
  if (box === null) throw new Error('no canvas');
  await page.mouse.click(box.x + box.width * 0.55, box.y + 45);
  expect(await spanInAddress(page)).toBe('s3');
});

test('rows that arrive do not move what a scrolled reader looks at', async ({ page, host }) => {
  await post(host, Array.from({ length: 200 }, (_, i) => small(`old-${String(i)}`, i)).flat());
  const library = await openLibrary(page, host);
  await expect(library.locator('[data-trace-id]').first()).toBeVisible();
  const viewport = library.locator('.viewport');
  await viewport.evaluate((element) => element.scrollTo(0, 3000));
  const row = library.locator('[data-trace-id="old-105"]');
  await expect(row).toBeVisible();
  const before = await row.boundingBox();
  await post(host, Array.from({ length: 50 }, (_, i) => small(`new-${String(i)}`, 1000 + i)).flat());
  await expect(page.getByTestId('status')).toContainText('250 traces');
  const pill = library.getByRole('button', { name: '50 new' });
  await expect(pill).toBeVisible();
  expect((await row.boundingBox())?.y).toBe(before?.y);
  await pill.click();
  await expect(library.locator('[data-trace-id="new-49"]')).toBeVisible();
  await expect(pill).toHaveCount(0);
});

test('the library is walked and opened by keys alone', async ({ page, host }) => {
  await post(host, [...small('first', 1), ...small('second', 2)]);
  const library = await openLibrary(page, host);
  await expect(library.locator('[data-trace-id]')).toHaveCount(2);
  await library.getByRole('grid').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(library.locator('[data-trace-id="first"]')).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('trace')).toHaveAttribute('data-trace-id', 'first');
});

test('what a trace says is never markup', async ({ page, host }) => {
  const hostile = '<img src=x onerror="document.title=1"><b>x</b>';
  const [header, span] = small('evil', 1);
  await post(host, [
    { ...Object(header), workflow_name: hostile, metadata: { [hostile]: hostile } },
    { ...Object(span), span_data: { type: 'function', name: hostile, input: hostile, output: hostile } },
  ]);
  await openLibrary(page, host);
  const trace = await openTrace(page, host, 'evil');
  await trace.locator('[data-span-id]').click();
  await expect(page.getByTestId('inspector')).toContainText('Output');
  expect(await page.locator('img, main b b').count()).toBe(0);
});

test('an address of a trace that is not there says so', async ({ page, host }) => {
  await openLibrary(page, host);
  await page.evaluate(() => (location.hash = '#/trace/nowhere'));
  await expect(page.getByTestId('trace-notice')).toContainText('not in the library');
});

test('the token leaves the address, and a reload still knows it', async ({ page, host }) => {
  await openLibrary(page, host);
  expect(page.url()).not.toContain('#t=');
  await page.reload();
  await expect(page.getByTestId('listening')).toContainText('Listening on 127.0.0.1:');
});
