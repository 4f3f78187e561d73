/** The settings page: each change is there at once in every tab, stands in the file, and is judged. */
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, postBody, test } from './harness.ts';
import { openLibrary } from './page-handles.ts';

const BODY = JSON.stringify({
  data: [
    {
      object: 'trace.span',
      id: 'span_1',
      trace_id: 'trace_zone',
      parent_id: null,
      started_at: '2026-01-01T12:00:00Z',
      ended_at: '2026-01-01T12:00:01Z',
      span_data: { type: 'agent', name: 'Greeter' },
    },
  ],
});

test('colours and time zone change at once, in another tab too, and outlive a reload', async ({
  browser,
  host,
}) => {
  expect(await postBody(host, '/v1/traces/ingest', BODY)).toBe(204);
  const context = await browser.newContext({ timezoneId: 'UTC', colorScheme: 'light' });
  const [page, other] = [await context.newPage(), await context.newPage()];
  await openLibrary(page, host);
  const row = (await openLibrary(other, host)).locator('[data-trace-id="trace_zone"]');
  await expect(row).toContainText('12:00:00');
  await page.keyboard.press('s');
  await expect(page).toHaveURL(/#\/settings$/);
  await page.getByLabel('Time zone').selectOption('Asia/Tokyo');
  await expect(page.getByText('Saved')).toBeVisible();
  await expect(row).toContainText('21:00:00');
  await page.getByRole('radio', { name: 'Dark' }).check();
  await expect(other.locator('html')).toHaveAttribute('data-theme', 'dark');
  await other.reload();
  await expect(other.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(row).toContainText('21:00:00');
  const file: unknown = JSON.parse(await readFile(join(host.data, 'settings.json'), 'utf8'));
  expect(file).toEqual({ timeZone: 'Asia/Tokyo', theme: 'dark' });
  await context.close();
});

test('a port that cannot be is refused beside its field; one that can waits for the next start', async ({
  page,
  host,
}) => {
  await openLibrary(page, host);
  await page.goto(`${new URL(host.ui).origin}/#/settings`);
  const door = page.getByRole('textbox', { name: 'Door' });
  await door.fill('80');
  await door.press('Enter');
  await expect(page.getByTestId('settings')).toContainText('from 1024 to 65535');
  await expect(door).toHaveAttribute('aria-invalid', 'true');
  await door.fill('4400');
  await door.press('Enter');
  await expect(page.getByTestId('settings')).toContainText('Saved. Waits for the next start');
  await page.getByRole('textbox', { name: 'Page', exact: true }).fill('4400');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('settings')).toContainText('a port each');
});

test('a web page posts once its origin was let in, and not before', async ({ page, host }) => {
  await openLibrary(page, host);
  await page.keyboard.press('s');
  await page.getByLabel('Web pages that may send').fill('localhost');
  await page.getByRole('button', { name: 'Let in' }).click();
  await expect(page.getByTestId('settings')).toContainText('An origin is scheme, name and port');
  const stranger = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<p>a page of another program</p>');
  });
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  const address = stranger.address();
  const origin = `http://127.0.0.1:${String(typeof address === 'object' ? address?.port : '')}`;
  const strangerPage = await page.context().newPage();
  await strangerPage.goto(`${origin}/`);
  const postFromStranger = (): Promise<number> =>
    strangerPage.evaluate(
      async ([url = '', body = '']) => {
        const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
        return fetch(url, init).then(
          ({ status }) => status,
          () => -1,
        );
      },
      [`${host.ingest}/v1/traces/ingest`, BODY],
    );
  expect(await postFromStranger()).toBe(-1);
  await page.getByLabel('Web pages that may send').fill(`${origin}/`);
  await page.getByRole('button', { name: 'Let in' }).click();
  await expect(page.getByRole('button', { name: /Do not let in/ })).toBeVisible();
  expect(await postFromStranger()).toBe(204);
  await strangerPage.close();
  stranger.close();
});
