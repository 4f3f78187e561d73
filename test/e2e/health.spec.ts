/** The health page: what was kept and refused, why, and a text for a report that tells nothing of a trace. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, postBody, runCli, test } from './harness.ts';
import { openLibrary } from './page-handles.ts';

const CANARY = 'canary-7f3a';

const item = (id: string | undefined): object => ({
  object: 'trace.span',
  ...(id !== undefined && { id }),
  trace_id: `trace_${CANARY}`,
  parent_id: null,
  started_at: '2026-01-01T12:00:00Z',
  ended_at: '2026-01-01T12:00:01Z',
  span_data: { type: 'agent', name: CANARY },
  error: { message: CANARY },
});

test('says what was rejected and why, from the foot of every page', async ({ page, host }) => {
  await openLibrary(page, host);
  const body = JSON.stringify({ data: [item('span_1'), item(undefined), 7] });
  expect(await postBody(host, '/v1/traces/ingest', body)).toBe(200);
  await page.getByTestId('status').getByRole('button', { name: '2 rejected' }).click();
  await expect(page).toHaveURL(/#\/health$/);
  const health = page.getByTestId('health');
  await expect(health.getByRole('region', { name: 'Rejected records' })).toContainText(
    'This span has no usable id and was left out.',
  );
  await expect(health.getByRole('region', { name: 'Rejected records' })).toContainText('not-an-object');
  await expect(health.getByRole('region', { name: 'Door' })).toContainText('Rejected 2');
});

test('copies diagnostics without a word of what was sent', async ({ page, host }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const file = join(host.data, `${CANARY}.jsonl`);
  const trace = {
    object: 'trace',
    id: `trace_${CANARY}`,
    workflow_name: CANARY,
    metadata: { [CANARY]: CANARY },
  };
  await writeFile(
    file,
    `${[trace, item(`span_${CANARY}`)].map((each) => JSON.stringify(each)).join('\n')}\n{"cut`,
  );
  expect((await runCli(['import', file, '--data', host.data])).code).toBe(1);
  expect(await postBody(host, '/v1/traces/ingest', JSON.stringify({ data: [item(undefined)] }))).toBe(200);
  expect(await postBody(host, '/v1/traces/ingest', `{"data": ${CANARY}`)).toBe(400);
  await openLibrary(page, host);
  await page.keyboard.press('d');
  await expect(page.getByTestId('health').getByRole('region', { name: 'Door' })).toContainText('Rejected 2');
  await expect(page.getByTestId('health').getByRole('region', { name: 'Journal' })).toContainText('Spans 1');
  await page.getByRole('button', { name: 'Copy diagnostics' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toContain('span-without-id: 1');
  expect(text).toContain('Spans: 1');
  expect(text).not.toContain(CANARY);
  expect(text).not.toContain(host.data);
});
