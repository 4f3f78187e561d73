/** The page of the audit log: switched on there, verified, filtered, saved; and a hold that keeps a trace from deletion. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, postBody, test } from './harness.ts';
import { openLibrary } from './page-handles.ts';

const trace = (id: string): string => JSON.stringify({ data: [{ object: 'trace', id, workflow_name: 'w' }] });

test('keeps records from when it is switched on, verifies and saves them, and holds what must stay', async ({
  page,
  host,
}) => {
  expect(await postBody(host, '/v1/traces/ingest', trace('trace_before'))).toBe(204);
  const library = await openLibrary(page, host);
  await page.keyboard.press('a');
  const audit = page.getByTestId('audit');
  const rows = audit.getByRole('listbox', { name: 'Records of the audit log' }).getByRole('option');
  await audit.getByRole('button', { name: 'Switch on' }).click();
  await expect(audit.getByText('On. What is stored')).toBeVisible();
  expect(await postBody(host, '/v1/traces/ingest', trace('trace_held'))).toBe(204);
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText('trace_held');

  await audit.getByRole('tab', { name: /Legal holds/ }).click();
  await audit.getByLabel('Which trace').fill('trace_held');
  await audit.getByLabel('Reason').fill('case 7');
  await audit.getByRole('button', { name: 'Set the hold' }).click();
  await expect(audit.getByText('case 7')).toBeVisible();
  await audit.getByRole('button', { name: 'trace_held', exact: true }).click();
  await expect(page.getByTestId('trace').getByText('legal hold')).toBeVisible();

  await page.keyboard.press('l');
  await library.locator('[data-trace-id="trace_held"]').getByTitle('Choose').click();
  await library.getByRole('button', { name: 'Delete …' }).click();
  await expect(page.getByTestId('delete').getByText('1 trace under a legal hold')).toBeVisible();
  await page.keyboard.press('Escape');

  await page.keyboard.press('a');
  await audit.getByRole('button', { name: 'Verify' }).click();
  await expect(audit.getByRole('status')).toContainText(/^Whole: \d+ records/);
  await audit.getByLabel('Action').selectOption('Stored');
  await expect(rows).toHaveCount(1);
  const saving = page.waitForEvent('download');
  await audit.getByRole('button', { name: 'Save the log' }).click();
  const saved = await readFile(await (await saving).path(), 'utf8');
  expect(saved).toBe(await readFile(join(host.data, 'audit', '000001.jsonl'), 'utf8'));
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
});
