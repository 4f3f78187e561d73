/** The first minutes: nothing there, the sample comes in, a program is connected and seen. */
import { readFile } from 'node:fs/promises';
import { expect, postBody, runCliJson, test } from './harness.ts';
import { openLibrary } from './page-handles.ts';
import { tracesOf } from './truth.ts';

const SAMPLE = new URL('../../resources/sample/sample.jsonl', import.meta.url);

const span = (id: string): string =>
  JSON.stringify({
    data: [
      {
        object: 'trace.span',
        id,
        trace_id: 'trace_hello',
        parent_id: null,
        started_at: '2026-01-01T12:00:00Z',
        ended_at: '2026-01-01T12:00:01Z',
        span_data: { type: 'agent', name: 'Greeter' },
      },
    ],
  });

test('an empty library shows how to send a trace, with the address of this very host', async ({
  page,
  host,
}) => {
  const library = await openLibrary(page, host);
  for (const name of ['OpenAI Agents, Python', 'OpenAI Agents, JavaScript', 'Any program, over HTTP']) {
    await library.getByRole('tab', { name }).click();
    await expect(library.getByRole('tabpanel')).toContainText(`${host.ingest}/v1/`);
  }
});

test('the sample is added, opened and known to be there', async ({ page, host }) => {
  const library = await openLibrary(page, host);
  await library.getByRole('button', { name: 'Add the sample' }).click();
  await expect(library.locator('[data-trace-id]')).toHaveCount(6);
  const traces = tracesOf(await runCliJson(['list', '--data', host.data]));
  expect(traces.map(({ origins }) => origins)).toEqual(traces.map(() => ['sample']));
  const sent = (await readFile(SAMPLE, 'utf8')).match(/"on_span_end"/g) ?? [];
  expect(traces.reduce((sum, { spans }) => sum + spans, 0)).toBe(sent.length);
  await page.keyboard.press('c');
  await expect(page.getByTestId('connect')).toContainText('A sample of 6 traces is in your library.');
});

test('the light turns at the first span, not before and not by an import', async ({ page, host }) => {
  await openLibrary(page, host);
  await page.getByRole('link', { name: 'Connect' }).click();
  const light = page.getByTestId('first-span');
  await expect(light).toContainText('waiting for the first span');
  await page.getByRole('button', { name: 'Add the sample' }).click();
  await expect(page.getByTestId('connect')).toContainText('A sample of 6 traces');
  await expect(light).toContainText('waiting for the first span');
  expect(await postBody(host, '/v1/traces/ingest', span('span_1'))).toBe(204);
  await expect(light).toContainText('first span');
  await light.getByRole('button', { name: 'See it' }).click();
  await expect(page.locator('[data-trace-id="trace_hello"]')).toBeVisible();
});

test('? lists the keys, and they do what it says', async ({ page, host }) => {
  await openLibrary(page, host);
  await page.keyboard.press('?');
  const keys = page.getByTestId('keys');
  await expect(keys).toContainText('Go to the library');
  await page.keyboard.press('Escape');
  await expect(keys).toHaveCount(0);
  await page.keyboard.press('c');
  await expect(page).toHaveURL(/#\/connect$/);
  await page.keyboard.press('l');
  await expect(page).toHaveURL(/#\/$/);
});
