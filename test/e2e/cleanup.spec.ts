/** Cleaning up in the page: what would go is shown first, then it is hidden, then gone; rules ask the same way. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, postBody, runCliJson, test, type RunningHost } from './harness.ts';
import { openLibrary } from './page-handles.ts';
import { tracesOf } from './truth.ts';

const span = (trace: number): object => ({
  object: 'trace.span',
  id: `span_${String(trace)}`,
  trace_id: `trace_${String(trace)}`,
  parent_id: null,
  started_at: '2026-01-01T12:00:00Z',
  ended_at: '2026-01-01T12:00:01Z',
  span_data: { type: 'agent', name: 'Greeter' },
});

async function send(host: RunningHost, ...traces: readonly number[]): Promise<void> {
  expect(await postBody(host, '/v1/traces/ingest', JSON.stringify({ data: traces.map(span) }))).toBe(204);
}

/** Brings in traces that are over: a rule leaves alone what a program may still be sending. */
async function bring(host: RunningHost, ...traces: readonly number[]): Promise<void> {
  const file = join(host.data, 'traces.jsonl');
  await writeFile(file, traces.map((trace) => `${JSON.stringify(span(trace))}\n`).join(''));
  await runCliJson(['import', file, '--data', host.data]);
}

const idsIn = async (host: RunningHost): Promise<string[]> =>
  tracesOf(await runCliJson(['list', '--data', host.data]))
    .map(({ id }) => id)
    .sort();

test('a chosen trace is deleted after a look, gone from the list and from the disk', async ({
  page,
  host,
}) => {
  await send(host, 1, 2, 3);
  const library = await openLibrary(page, host);
  await expect(library.locator('[data-trace-id]')).toHaveCount(3);
  await library.locator('[data-trace-id="trace_2"]').getByTitle('Choose').click();
  await library.getByRole('button', { name: 'Delete …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete the chosen trace?' });
  await expect(dialog).toContainText('Spans');
  expect(await idsIn(host)).toHaveLength(3);
  await dialog.getByRole('button', { name: 'Delete 1 trace' }).click();
  await expect(page.getByTestId('delete')).toContainText('1 trace with 1 span: hidden from now on');
  await expect(page.getByRole('button', { name: 'Close' })).toBeFocused();
  await expect(library.locator('[data-trace-id]')).toHaveCount(2);
  expect(await idsIn(host)).toEqual(['trace_1', 'trace_3']);
  await expect(page.getByTestId('delete')).toContainText('No deleted trace is left on the disk', {
    timeout: 15_000,
  });
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('delete')).toHaveCount(0);
  await expect(library.getByRole('grid')).toBeFocused();

  await page.keyboard.press('Delete');
  await expect(page.getByTestId('delete')).toHaveCount(0);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await expect(page.getByRole('dialog', { name: 'Delete the chosen traces?' })).toContainText('Traces');
});

test('nothing happens when the question is left, and an age that fits nothing says so', async ({
  page,
  host,
}) => {
  await bring(host, 1);
  await openLibrary(page, host);
  await page.keyboard.press('u');
  const cleanup = page.getByTestId('cleanup');
  await cleanup.getByLabel('Older than, in days').fill('1');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('delete')).toContainText('No trace fits just now');
  await expect(page.getByTestId('delete').getByRole('button', { name: /^Delete/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await cleanup.getByLabel('Down to, in GB').fill('0');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Delete 1 trace' })).toBeVisible();
  await page.keyboard.press('Escape');
  expect(await idsIn(host)).toEqual(['trace_1']);
});

test('a trace that is kept away is not taken again, one that is not comes back', async ({ page, host }) => {
  await bring(host, 1);
  await openLibrary(page, host);
  await page.keyboard.press('u');
  const deleteAll = async (keepAway: boolean): Promise<void> => {
    await page.getByLabel('Down to, in GB').fill('0');
    await page.keyboard.press('Enter');
    if (keepAway) await page.getByRole('radio', { name: 'keep them away for good' }).check();
    await page.getByRole('button', { name: 'Delete 1 trace' }).click();
    await page.getByTestId('delete').getByRole('button', { name: 'Close' }).click();
    expect(await idsIn(host)).toEqual([]);
  };
  await deleteAll(false);
  await bring(host, 1);
  expect(await idsIn(host)).toEqual(['trace_1']);
  await deleteAll(true);
  await send(host, 1, 2);
  expect(await idsIn(host)).toEqual(['trace_2']);
});

test('a rule shows what goes with it, is kept in the settings, and can be turned off', async ({
  page,
  host,
}) => {
  await send(host, 1);
  await openLibrary(page, host);
  await page.keyboard.press('u');
  const rules = page.getByRole('region', { name: 'Rules' });
  await rules.getByLabel('Keep no longer than, in days').fill('7');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Set the rule' }).click();
  await expect(page.getByTestId('delete')).toContainText('The rule is set');
  await page.getByTestId('delete').getByRole('button', { name: 'Close' }).click();
  await expect(rules).toContainText('On: traces go 7 days after their last record.');
  await page.reload();
  await rules.getByRole('button', { name: 'Off' }).click();
  await expect(rules).toContainText('Off: traces are kept for ever.');
});

test('the sample is deleted from where it was added', async ({ page, host }) => {
  const library = await openLibrary(page, host);
  await library.getByRole('button', { name: 'Add the sample' }).click();
  await expect(library.locator('[data-trace-id]')).toHaveCount(6);
  await page.keyboard.press('c');
  await page.getByTestId('connect').getByRole('button', { name: 'Delete it …' }).click();
  await page.getByRole('button', { name: 'Delete 6 traces' }).click();
  await page.getByTestId('delete').getByRole('button', { name: 'Close' }).click();
  await expect(page.getByTestId('connect').getByRole('button', { name: 'Add the sample' })).toBeVisible();
});
