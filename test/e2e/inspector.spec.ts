/** What the inspector tells of a span, and the notes that a person adds to it. */
import AxeBuilder from '@axe-core/playwright';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, runCli, runCliJson, test, type RunningHost } from './harness.ts';

const TRACE_ID = 'trace_inspected';

function span(id: string, parent: string | null, second: number, data: object): object {
  return {
    ...{ object: 'trace.span', id, trace_id: TRACE_ID, parent_id: parent, span_data: data, error: null },
    started_at: `2026-01-01T12:00:0${String(second)}.000Z`,
    ended_at: `2026-01-01T12:00:0${String(second + 1)}.000Z`,
  };
}

const ASKED = { role: 'user', content: 'Why was I charged twice?' };
const CALLED = {
  ...{ role: 'assistant', content: null },
  tool_calls: [{ id: 'c1', type: 'function', function: { name: 'lookup', arguments: '{"order": 7}' } }],
};
const FOUND = { role: 'tool', tool_call_id: 'c1', content: '{"charges":[42,42]}' };
const MANY = Array.from({ length: 3000 }, (_, i) => ({ id: i, name: `item ${String(i)}`, tags: ['a', 'b'] }));
const RECORDS = [
  { object: 'trace', id: TRACE_ID, workflow_name: 'Customer support' },
  span('billing', null, 0, { type: 'agent', name: 'Billing' }),
  span('first', 'billing', 0, { type: 'generation', model: 'gpt-5', input: [ASKED], output: [CALLED] }),
  span('lookup', 'billing', 1, { type: 'function', name: 'lookup', input: '{"order": 7}', output: MANY }),
  span('second', 'billing', 2, {
    ...{ type: 'generation', model: 'gpt-5', model_config: { temperature: 0.2 } },
    input: [ASKED, CALLED, FOUND],
    output: [{ role: 'assistant', content: 'You were.' }],
    usage: { input_tokens: 100, output_tokens: 7, input_tokens_details: { cached_tokens: 60 } },
  }),
];

async function openSpan(page: Page, host: RunningHost, spanId: string): Promise<Locator> {
  const file = join(host.data, 'traces.jsonl');
  await writeFile(file, RECORDS.map((record) => `${JSON.stringify(record)}\n`).join(''));
  await runCliJson(['import', file, '--data', host.data]);
  await page.goto(host.ui);
  await expect(page.locator(`[data-trace-id=${TRACE_ID}]`)).toBeVisible();
  await page.goto(`${new URL(host.ui).origin}/#/trace/${TRACE_ID}?span=${spanId}`);
  const inspector = page.getByTestId('inspector');
  await expect(inspector.getByRole('button', { name: 'Show', exact: true })).toBeVisible();
  return inspector;
}

test('a call tells its usage and settings, is compared with the call before, and leads to its neighbours', async ({
  page,
  host,
}) => {
  const inspector = await openSpan(page, host, 'second');
  await expect(inspector.getByRole('region', { name: 'Usage' })).toContainText('60.0 % of the input');
  await expect(inspector.getByRole('region', { name: 'Call', exact: true })).toContainText('temperature');
  await inspector.getByRole('button', { name: 'Compare' }).click();
  await expect(inspector.getByRole('region', { name: 'Messages' })).toContainText('1 message the same');
  await expect(inspector.getByRole('region', { name: 'Messages' })).toContainText('2 added');
  await inspector.getByRole('button', { name: /^Call before/ }).click();
  await expect(page).toHaveURL(/span=first/);
  await inspector.getByRole('navigation', { name: 'Path from the root' }).getByText('Billing').click();
  await expect(page).toHaveURL(/span=billing/);
  await inspector.getByRole('region', { name: 'Children' }).getByText('lookup').click();
  await expect(page).toHaveURL(/span=lookup/);
});

test('JSON of any size is unfolded, searched and copied from by keyboard', async ({ page, host }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const inspector = await openSpan(page, host, 'lookup');
  const tree = inspector.getByRole('tree', { name: 'Output' });
  await tree.focus();
  await page.keyboard.press('*');
  await page.keyboard.press('/');
  await page.keyboard.type('item 2987');
  await expect(tree.getByRole('treeitem', { selected: true })).toContainText('"item 2987"');
  await expect(tree.getByRole('treeitem', { selected: true })).toBeInViewport();
  await page.keyboard.press('Escape');
  await expect(tree).toBeFocused();
  await page.keyboard.press('p');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('$[2987].name');
  const drawn = await tree.getByRole('treeitem').count();
  expect(drawn).toBeLessThan(100);
});

test('the form in which content is read is remembered', async ({ page, host }) => {
  const inspector = await openSpan(page, host, 'second');
  await inspector.getByRole('button', { name: 'Text', exact: true }).click();
  await expect(inspector.getByRole('region', { name: 'Messages' })).toContainText('lookup({"order": 7})');
  await page.reload();
  const text = inspector.getByRole('button', { name: 'Text', exact: true });
  await expect(text).toHaveAttribute('aria-pressed', 'true');
});

test('a note is written, changed and deleted by keyboard, seen in other tabs and printed by show', async ({
  page,
  host,
}) => {
  const inspector = await openSpan(page, host, 'lookup');
  const other = await page.context().newPage();
  await other.goto(host.ui);
  await other.goto(`${new URL(host.ui).origin}/#/trace/${TRACE_ID}?span=lookup`);
  await inspector.getByRole('button', { name: 'Add a note' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Charged <b>twice</b>');
  await page.keyboard.press('Tab');
  await page.keyboard.type('odd,');
  await page.keyboard.press('Control+Enter');
  const notes = inspector.getByRole('region', { name: 'Notes' });
  await expect(notes).toContainText('Charged <b>twice</b>');
  await expect(inspector.getByRole('button', { name: 'Add a note' })).toBeFocused();
  const seen = other.getByTestId('inspector').getByRole('region', { name: 'Notes' });
  await expect(seen).toContainText('Charged <b>twice</b>');
  await notes.getByRole('button', { name: 'Change the note' }).press('Enter');
  await page.keyboard.press('End');
  await page.keyboard.type(', says the bank');
  await page.keyboard.press('Control+Enter');
  await expect(seen).toContainText('twice</b>, says the bank');
  const { stdout } = await runCli(['show', TRACE_ID, '--text', '--data', host.data]);
  expect(stdout).toContain('lookup (lookup)  #odd');
  await notes.getByRole('button', { name: 'Delete the note' }).press('Enter');
  await expect(seen).not.toContainText('twice');
  await other.close();
});

test('the inspector with an open form and an unfolded tree has no fault that axe finds', async ({
  page,
  host,
}) => {
  const inspector = await openSpan(page, host, 'second');
  await inspector.getByRole('button', { name: 'Add a note' }).click();
  await inspector.getByRole('button', { name: 'Show', exact: true }).click();
  await inspector.getByRole('button', { name: 'Compare' }).click();
  const { violations } = await new AxeBuilder({ page }).include('[data-testid=inspector]').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
});
