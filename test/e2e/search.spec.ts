/** Words looked for in what was said: found while one waits, narrowed by a query, and lit where they stand. */
import type { Page } from '@playwright/test';
import { expect, postBody, runCliJson, test, type RunningHost } from './harness.ts';
import { openLibrary } from './page-handles.ts';

const LONG = 'All is well so far. '.repeat(400);

function span(traceId: string, id: string, data: object): object {
  return {
    ...{ object: 'trace.span', id, trace_id: traceId, parent_id: null, error: null },
    ...{ started_at: '2026-03-01T09:00:00.000Z', ended_at: '2026-03-01T09:00:02.000Z', span_data: data },
  };
}

async function bring(host: RunningHost): Promise<void> {
  const data = [
    { object: 'trace', id: 'trace_desk', workflow_name: 'Refund desk', group_id: null, metadata: {} },
    span('trace_desk', 'span_call', {
      type: 'generation',
      model: 'gpt-5-mini',
      input: [{ role: 'user', content: `${LONG}Why was the DUPLICATE  charge of Zoë not returned?` }],
      output: [{ role: 'assistant', content: 'It is on its way.' }],
    }),
    { object: 'trace', id: 'trace_shop', workflow_name: 'Shop', group_id: null, metadata: {} },
    span('trace_shop', 'span_tool', {
      type: 'function',
      name: 'find_charge',
      input: '{"note": "duplicate charge of Zo\\u00eb"}',
      output: 'none',
    }),
  ];
  expect(await postBody(host, '/v1/traces/ingest', JSON.stringify({ data }))).toBe(204);
}

function countLit(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => [...(CSS.highlights.get('found-words') ?? [])].map(String));
}

test('words lead to the message in which they stand, and are lit there', async ({ page, host }) => {
  await bring(host);
  const library = await openLibrary(page, host);
  await expect(library.locator('[data-trace-id]')).toHaveCount(2);
  await page.keyboard.press('q');
  const search = page.getByTestId('search');
  await page.getByLabel('Words to look for').fill('"duplicate charge" zoë');
  await expect(search.getByRole('article')).toHaveCount(2);
  await expect(search.getByRole('status')).toContainText('2 spans in 2 traces');
  await expect(search.locator('mark').first()).toHaveText(/duplicate\s+charge/i);
  await page.reload();
  await search.getByRole('article', { name: 'Refund desk' }).locator('[data-hit]').click();
  await expect(page).toHaveURL(/trace_desk\?span=span_call&view=waterfall&words=/);
  const inspector = page.getByTestId('inspector');
  await expect(inspector).toContainText('of Zoë not returned');
  await expect.poll(() => countLit(page)).toEqual(['DUPLICATE  charge', 'Zoë']);
  await expect(inspector.getByText('not returned')).toBeInViewport();
  await page.goBack();
  await expect(page.getByLabel('Words to look for')).toHaveValue('"duplicate charge" zoë');
});

test('free words of the library are looked for in contents, in the traces of the query', async ({
  page,
  host,
}) => {
  await bring(host);
  const library = await openLibrary(page, host);
  await expect(library.locator('[data-trace-id]')).toHaveCount(2);
  const field = page.getByRole('combobox', { name: 'Filter traces' });
  await field.fill('duplicate workflow:Shop');
  await page.getByRole('button', { name: /^Look for duplicate/ }).click();
  const search = page.getByTestId('search');
  await expect(search.getByRole('article', { name: 'Shop' })).toBeVisible();
  await expect(search.getByRole('article')).toHaveCount(1);
  await expect(field).toHaveValue('workflow:Shop');
  await search.locator('[data-hit]').click();
  await expect.poll(() => countLit(page)).toEqual(['duplicate']);
});

test('what is deleted is found no more, by the command line neither', async ({ host }) => {
  await bring(host);
  const search = (): Promise<unknown> => runCliJson(['search', 'duplicate charge', '--data', host.data]);
  expect(await search()).toMatchObject({ spans: 2, traces: 2, hits: [{}, {}] });
  await runCliJson(['delete', 'trace_shop', '--data', host.data]);
  expect(await search()).toMatchObject({ spans: 1, hits: [{ traceId: 'trace_desk', spanId: 'span_call' }] });
});
