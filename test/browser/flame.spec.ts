/** The flame graph's own controls, by keys and pointer, painted by its worker. A real host stands behind the page. */
import type { Page } from '@playwright/test';
import { recordsOfText } from '../build/read-trace-text.ts';
import { expect, test, type RunningHost } from '../e2e/harness.ts';
import { openLibrary, openTrace } from '../e2e/page-handles.ts';

const DESK = recordsOfText(`
  trace desk workflow="Support desk"
  Triage         agent       0--------------1000
    gpt-5        generation  0----400              in=10 out=5
    lookup       function        400---700         !boom
    answer       generation            700-1000    in=20 out=5
`);

async function openDesk(page: Page, host: RunningHost): Promise<void> {
  const response = await fetch(`${host.ingest}/v1/traces/ingest`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ data: DESK }),
  });
  expect(response.status).toBe(204);
  await openLibrary(page, host);
  await openTrace(page, host, 'desk');
  await page.getByTestId('flame').focus();
}

async function spanInAddress(page: Page): Promise<string | null> {
  return await page.evaluate(() => new URLSearchParams(location.hash.split('?')[1]).get('span'));
}

test('a worker paints, under the page’s own rules of what may run', async ({ page, host }) => {
  await openDesk(page, host);
  expect(page.workers().some((worker) => worker.url().includes('flame-worker'))).toBe(true);
});

test('a search counts its matches and steps through them, and Escape gives the keys back', async ({
  page,
  host,
}) => {
  await openDesk(page, host);
  await page.keyboard.press('/');
  await page.keyboard.type('generation');
  const search = page.getByRole('search', { name: 'Find in the trace' });
  await expect(search).toContainText('2');
  await page.keyboard.press('Enter');
  await expect(search).toContainText('1 of 2');
  expect(await spanInAddress(page)).toBe('s2');
  await page.keyboard.press('Enter');
  expect(await spanInAddress(page)).toBe('s4');
  await page.keyboard.press('Shift+Enter');
  expect(await spanInAddress(page)).toBe('s2');
  await page.keyboard.press('Escape');
  await expect(search.getByLabel('Find spans')).toHaveValue('');
  await expect(page.getByTestId('flame')).toBeFocused();
});

test('keys lead to the next generation, and the critical path is drawn and listed', async ({
  page,
  host,
}) => {
  await openDesk(page, host);
  await page.keyboard.press('g');
  expect(await spanInAddress(page)).toBe('s2');
  await page.keyboard.press('g');
  expect(await spanInAddress(page)).toBe('s4');
  await page.keyboard.press('p');
  const path = page.getByTestId('critical-path');
  await expect(path.getByRole('list', { name: 'Where the time went' })).toContainText('Model 700 ms');
  await path.getByRole('button', { name: 'lookup' }).click();
  expect(await spanInAddress(page)).toBe('s3');
});

test('a drag on the axis measures a range, and Escape lets go of it', async ({ page, host }) => {
  await openDesk(page, host);
  const box = await page.locator('canvas.axis').boundingBox();
  if (box === null) throw new Error('no axis');
  await page.mouse.move(box.x + box.width * 0.5, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + 10, { steps: 3 });
  await page.mouse.up();
  const range = page.getByRole('status', { name: 'Measured range' });
  await expect(range).toContainText('2 spans');
  await expect(range).toContainText('1 error');
  await page.keyboard.press('Escape');
  await expect(range).toBeHidden();
});

test('merged and coloured otherwise, spans are still chosen, and the legend lights what is pressed', async ({
  page,
  host,
}) => {
  await openDesk(page, host);
  await page.getByLabel('Order').selectOption('Left-heavy by tokens');
  await page.getByLabel('Colour by').selectOption('Colour by status');
  const failed = page.getByRole('button', { name: /^Failed/ });
  await failed.click();
  await expect(failed).toHaveAttribute('aria-pressed', 'true');
  await page.getByTestId('flame').focus();
  await page.keyboard.press('e');
  expect(await spanInAddress(page)).toBe('s3');
});
