/** The library as a person uses it: found by facets and keys alone, linked to, exported and imported again. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { recordsOfText } from '../build/read-trace-text.ts';
import {
  expect,
  makeDataDirectory,
  postBody,
  runCliJson,
  startHost,
  test,
  type RunningHost,
} from './harness.ts';
import { openLibrary } from './page-handles.ts';
import { tracesOf } from './truth.ts';

const TEXT = `
  trace good workflow="Customer support"
  Triage   agent     0--------20
  trace bad workflow="Customer support"
  Triage   agent     0--------20
    lookup function  2--8  !boom
  trace other workflow="Code review"
  Reviewer agent     0--------20
`;

async function fill(host: RunningHost, text = TEXT): Promise<void> {
  const records = text
    .split(/\n(?=\s*trace )/)
    .filter((part) => part.trim() !== '')
    .flatMap((part) => recordsOfText(part));
  expect(await postBody(host, '/v1/traces/ingest', JSON.stringify({ data: records }))).toBe(204);
}

/** Presses Tab-like keys until the facet of a name has the focus. */
async function goToFacet(page: Page, name: string): Promise<void> {
  await page.keyboard.press('f');
  for (let i = 0; i < 30; i++) {
    const label = await page.evaluate(() => document.activeElement?.closest('label')?.textContent ?? '');
    if (label.includes(name)) return;
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`no facet says ${name}`);
}

test('a failed trace is found by its facets and opened, by keys alone', async ({ page, host }) => {
  await fill(host);
  const library = await openLibrary(page, host);
  await expect(library.locator('[data-trace-id]')).toHaveCount(3);
  await goToFacet(page, 'With errors');
  await page.keyboard.press('Space');
  await expect(library.locator('[data-trace-id]')).toHaveCount(1);
  await expect(page).toHaveURL(/query=error%3Atrue/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('trace')).toHaveAttribute('data-trace-id', 'bad');
  await page.goBack();
  await expect(library.locator('[data-trace-id]')).toHaveCount(1);
  await page.goBack();
  await expect(library.locator('[data-trace-id]')).toHaveCount(3);
});

test('query, order and columns are in the address; an old address still leads there, and words are typed after Ctrl K', async ({
  page,
  host,
}) => {
  await fill(host);
  const library = await openLibrary(page, host);
  await page.goto(`${new URL(host.ui).origin}/#/?workflow=Customer+support&sort=spans&columns=spans,group`);
  const rows = library.locator('[data-trace-id]');
  const field = page.getByLabel('Filter traces');
  await expect(rows).toHaveCount(2);
  await expect(field).toHaveValue('workflow:"Customer support"');
  await expect(rows.first()).toHaveAttribute('data-trace-id', 'good');
  await expect(library.getByRole('columnheader', { name: 'Spans' })).toHaveAttribute(
    'aria-sort',
    'ascending',
  );
  await expect(library.getByRole('columnheader', { name: 'Tokens' })).toHaveCount(0);
  await library.getByRole('button', { name: 'Spans' }).click();
  await expect(rows.first()).toHaveAttribute('data-trace-id', 'bad');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('nothing like it');
  await expect(library.getByText('No trace matches.')).toBeVisible();
  await page.goBack();
  await expect(rows).toHaveCount(2);
});

test('a query is completed while it is typed, asks the host what the list does not know, and says what is wrong', async ({
  page,
  host,
}) => {
  await fill(host);
  const library = await openLibrary(page, host);
  const rows = library.locator('[data-trace-id]');
  await expect(rows).toHaveCount(3);
  await page.keyboard.press('Control+k');
  const field = page.getByLabel('Filter traces');
  await page.keyboard.type('workfl');
  await expect(page.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Tab');
  await expect(field).toHaveValue('workflow:');
  await expect(page.getByRole('option')).toHaveCount(2);
  await page.keyboard.press('Tab');
  await expect(field).toHaveValue('workflow:"Customer support" ');
  await expect(rows).toHaveCount(2);
  await expect(library.getByRole('checkbox', { name: 'Customer support' })).toBeChecked();
  await page.keyboard.type('span(tool:lookup error:true)');
  await expect(rows).toHaveCount(1);
  await expect(rows).toHaveAttribute('data-trace-id', 'bad');
  await field.fill('agnet:Triage');
  await expect(page.getByText('There is no field “agnet”. Did you mean agent?')).toBeVisible();
  await expect(rows).toHaveCount(1);
  await field.fill('not tool:lookup');
  await expect(rows).toHaveCount(2);
});

test('a stretch of time that is brushed is written into the query', async ({ page, host }) => {
  await fill(host);
  const library = await openLibrary(page, host);
  await expect(library.locator('[data-trace-id]')).toHaveCount(3);
  const chart = library.getByRole('slider', { name: 'Time of the traces' });
  await chart.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByLabel('Filter traces')).toHaveValue(/^started:\d{4}-\d\d-\d\dT\S+\.\.\d{4}-/);
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await expect(page.getByLabel('Filter traces')).toHaveValue('');
});

test('what is chosen is exported as one file, and makes the same traces in another library', async ({
  page,
  host,
}) => {
  await fill(host);
  const library = await openLibrary(page, host);
  await expect(library.locator('[data-trace-id]')).toHaveCount(3);
  await library.getByRole('grid').focus();
  await page.keyboard.press('Control+a');
  await expect(library.getByRole('toolbar')).toContainText('3 chosen');
  await library.getByRole('button', { name: 'Export 3 traces' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export the 3 chosen traces' });
  await dialog.getByLabel('Format').selectOption('openai-agents');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save 3 traces' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^tracebench-\d{4}-\d\d-\d\d\.trace\.jsonl$/);
  const path = await download.path();
  expect((await readFile(path, 'utf8')).trimEnd().split('\n')).toHaveLength(7);
  await expect(dialog.getByRole('status')).toContainText('Saved 3 traces');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toHaveCount(0);
  await library.getByRole('grid').focus();
  await page.keyboard.press('Escape');
  await expect(library.getByRole('toolbar')).toHaveCount(0);

  const other = await startHost({ data: await makeDataDirectory() });
  try {
    await runCliJson(['import', path, '--data', other.data]);
    const list = async (data: string): Promise<unknown> =>
      tracesOf(await runCliJson(['list', '--data', data])).map(({ id, workflowName, spans, errors }) => ({
        ...{ id, workflowName, spans, errors },
      }));
    expect(await list(other.data)).toEqual(await list(host.data));
  } finally {
    await other.stop();
  }
});
