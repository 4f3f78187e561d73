/** A failed trace found, read and copied from with no pointer at all. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, runCliJson, test } from './harness.ts';
import { openLibrary } from './page-handles.ts';

const TRACE_ID = 'trace_that_failed';

function span(id: string, parent: string | null, second: number, data: object, error: object | null): object {
  return {
    ...{ object: 'trace.span', id, trace_id: TRACE_ID, parent_id: parent, span_data: data, error },
    started_at: `2026-01-01T12:00:0${String(second)}.000Z`,
    ended_at: `2026-01-01T12:00:0${String(second + 1)}.000Z`,
  };
}

const FAULT = { message: 'The payment service did not answer.' };
const RECORDS = [
  { object: 'trace', id: TRACE_ID, workflow_name: 'Customer support' },
  span('triage', null, 0, { type: 'agent', name: 'Triage' }, null),
  span('over', 'triage', 0, { type: 'handoff', from_agent: 'Triage', to_agent: 'Billing' }, null),
  span('billing', null, 1, { type: 'agent', name: 'Billing' }, FAULT),
  span(
    'refund',
    'billing',
    1,
    { type: 'function', name: 'refund', input: '{"order": 7}', output: null },
    FAULT,
  ),
  ...['a', 'b', 'c'].map((id) => ({
    ...span(`fine_${id}`, null, 0, { type: 'agent', name: 'Triage' }, null),
    trace_id: `trace_fine_${id}`,
  })),
];

/** Presses a key until what has the focus is called so; a keyboard user does no other. */
async function pressUntil(page: Page, key: string, name: RegExp): Promise<void> {
  const nameOfFocus = (): Promise<string> =>
    page.evaluate(() => {
      const { activeElement: element } = document;
      if (element === document.body) return '';
      const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined;
      return (element?.getAttribute('aria-label') ?? label ?? element?.textContent ?? '')
        .replace(/\s+/g, ' ')
        .trim();
    });
  const passed: string[] = [];
  for (let presses = 0; presses < 60; presses++) {
    const here = await nameOfFocus();
    if (name.test(here)) return;
    passed.push(here.slice(0, 40));
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never led to ${String(name)}, but to: ${passed.join(' | ')}`);
}

test('finds a failed trace by facet, goes through its handoff to the failing span, and copies its JSON', async ({
  page,
  host,
}) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const file = join(host.data, 'traces.jsonl');
  await writeFile(file, RECORDS.map((record) => `${JSON.stringify(record)}\n`).join(''));
  await runCliJson(['import', file, '--data', host.data]);
  const library = await openLibrary(page, host);
  await expect(library.locator('[data-trace-id]')).toHaveCount(4);

  await page.keyboard.press('f');
  await pressUntil(page, 'ArrowDown', /^Failed/);
  await page.keyboard.press('Space');
  await expect(library.locator('[data-trace-id]')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`#/trace/${TRACE_ID}`));

  await page.keyboard.press('3');
  await expect(page.getByTestId('handoffs')).toBeVisible();
  await pressUntil(page, 'Tab', /^Handoff from Triage to Billing/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/span=over/);
  await pressUntil(page, 'Tab', /^2 errors in runs of Billing/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/span=(billing|refund)/);
  await page.keyboard.press('f');
  await pressUntil(page, 'Tab', /^Flame graph/);
  await page.keyboard.press('e');
  await expect(page).toHaveURL(/span=refund/);
  await expect(page.getByTestId('inspector')).toContainText('The payment service did not answer.');

  await pressUntil(page, 'Tab', /^Show$/);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('inspector')).toContainText('Copied');
  const copied: unknown = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
  expect(copied).toMatchObject({ id: 'refund', parent_id: 'billing', error: FAULT });
});

test('finds the first error of a trace, reads its tool call, goes to the handoff that led there, and copies it', async ({
  page,
  host,
}) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const file = join(host.data, 'traces.jsonl');
  await writeFile(file, RECORDS.map((record) => `${JSON.stringify(record)}\n`).join(''));
  await runCliJson(['import', file, '--data', host.data]);
  const library = await openLibrary(page, host);
  await expect(library.locator('[data-trace-id]')).toHaveCount(4);
  await pressUntil(page, 'Tab', /^Traces/);
  await page.keyboard.press('/');
  await page.keyboard.type('Customer');
  await expect(library.locator('[data-trace-id]')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await pressUntil(page, 'Tab', /^Traces/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('flame')).toBeFocused();

  const inspector = page.getByTestId('inspector');
  await page.keyboard.press('e');
  await expect(page).toHaveURL(/span=billing/);
  await page.keyboard.press('e');
  await expect(page).toHaveURL(/span=refund/);
  await expect(inspector).toContainText('The payment service did not answer.');
  await expect(inspector).toContainText('order: 7');

  await pressUntil(page, 'Tab', /^Handoff → Billing/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/span=over/);
  await expect(inspector).toContainText('Triage');
  await pressUntil(page, 'Tab', /^Flame graph/);
  await page.keyboard.press('e');
  await page.keyboard.press('e');
  await expect(page).toHaveURL(/span=refund/);
  await expect(inspector).toContainText('order: 7');
  await pressUntil(page, 'Tab', /^Show$/);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(inspector).toContainText('Copied');
  const copied: unknown = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
  expect(copied).toMatchObject({ id: 'refund', span_data: { input: '{"order": 7}' }, error: FAULT });
});

test('the arrow keys walk the flame graph as soon as a trace was opened by key', async ({ page, host }) => {
  const file = join(host.data, 'traces.jsonl');
  await writeFile(file, RECORDS.map((record) => `${JSON.stringify(record)}\n`).join(''));
  await runCliJson(['import', file, '--data', host.data]);
  const library = await openLibrary(page, host);
  await expect(library.locator('[data-trace-id]')).toHaveCount(4);
  await expect(page.getByRole('grid')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('flame')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page).toHaveURL(/span=/);
});
