/** What is missing from a trace is said in its view, leads to its spans; what became of a file outlasts a reload. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, runCli, test } from './harness.ts';
import { openLibrary, openTrace } from './page-handles.ts';

const TRACE_ID = 'trace_00000000000000000000000000000f1d';
const span = (id: string, parent: string | null, data: object): object => ({
  object: 'trace.span',
  id,
  trace_id: TRACE_ID,
  parent_id: parent,
  started_at: '2026-11-22T11:00:00.000Z',
  ended_at: '2026-11-22T11:00:02.000Z',
  span_data: data,
  error: null,
});
const ITEMS = [
  { object: 'trace', id: TRACE_ID, workflow_name: 'Support', group_id: 'g', metadata: {} },
  span('span_a', null, { type: 'agent', name: 'Triage' }),
  span('span_m', 'span_a', { type: 'generation', model: 'gpt-5' }),
  span('span_o', 'span_gone', { type: 'function', name: 'refund <b>all</b>' }),
];

test('names what a trace lacks, counts it on the tab, and leads to the spans', async ({ page, host }) => {
  const file = join(host.data, 'incomplete.jsonl');
  await writeFile(file, `${ITEMS.map((item) => JSON.stringify(item)).join('\n')}\n{"cut": \n`);
  expect((await runCli(['import', file, '--data', host.data])).code).toBe(1);
  await openLibrary(page, host);
  const trace = await openTrace(page, host, TRACE_ID);
  const tab = trace.getByRole('tab', { name: 'Findings' });
  await expect(tab).toContainText('2');
  await tab.click();
  await expect(page).toHaveURL(/view=findings/);
  const findings = page.getByTestId('findings');
  await expect(findings.getByRole('article')).toHaveCount(2);
  await expect(findings).toContainText('1 of 1 call of a model says no tokens, so sums are too low.');
  const orphan = findings.locator('[data-finding="orphans"]');
  await orphan.getByRole('button', { name: 'refund <b>all</b>' }).click();
  await expect(page).toHaveURL(/span=span_o/);
  await expect(page.getByTestId('inspector')).toContainText('refund <b>all</b>');
  await expectNoViolations(page, 'findings');
});

test('what became of a file is listed in the app, by line, and still there after a reload', async ({
  page,
  host,
}) => {
  const file = join(host.data, 'incomplete.jsonl');
  await writeFile(file, `${ITEMS.map((item) => JSON.stringify(item)).join('\n')}\n{"cut": \n`);
  await openLibrary(page, host);
  await page.keyboard.press('r');
  await expect(page).toHaveURL(/#\/imports$/);
  const imports = page.getByTestId('imports');
  await expect(imports).toContainText('Nothing was imported yet');
  await runCli(['import', file, '--data', host.data]);
  const report = imports.locator(`[data-report="${file}"]`);
  await expect(report).toContainText('1 trace, 3 spans');
  await expect(report).toContainText('1 left out');
  await page.reload();
  await report.locator('summary').click();
  await expect(report).toContainText('line 5');
  await expect(report).toContainText('This record is cut short and was left out.');
  await expectNoViolations(page, 'imports');
});

async function expectNoViolations(page: Page, testId: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include(`[data-testid="${testId}"]`).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}
