/** The waterfall, the statistics and the text of a trace, by keys and by the screen reader's roles. */
import type { Locator, Page } from '@playwright/test';
import { expect, test, type RunningHost } from './harness.ts';
import { openLibrary } from './page-handles.ts';
import { importSample } from './sample.ts';

async function openView(page: Page, host: RunningHost, view: string): Promise<void> {
  const ids = await importSample(host);
  await openLibrary(page, host);
  const address = `#/trace/${ids.get('Customer support') ?? ''}?view=${view}`;
  await page.evaluate((hash) => (location.hash = hash), address);
}

const namesIn = (grid: Locator): Promise<string[]> => grid.locator('[data-span-id] .name b').allInnerTexts();

test('turns and tasks are away at first, and that is said; shown, they hold what stood in their place', async ({
  page,
  host,
}) => {
  await openView(page, host, 'waterfall');
  const grid = page.getByTestId('waterfall');
  await expect(grid).toHaveAttribute('aria-rowcount', '19');
  await expect(grid.locator('[data-kind="turn"]')).toHaveCount(0);
  await expect(page.getByTestId('minor')).toContainText('8 turns and tasks hidden');
  await page.getByTestId('minor').getByRole('button').click();
  await expect(grid).toHaveAttribute('aria-rowcount', '27');
  await expect(grid.locator('[data-kind="turn"]').first()).toHaveAttribute('aria-level', '3');
});

test('left folds and goes out, right unfolds and goes in, and a span chosen elsewhere is uncovered', async ({
  page,
  host,
}) => {
  await openView(page, host, 'waterfall');
  const grid = page.getByTestId('waterfall');
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  const first = grid.locator('[data-span-id]').first();
  await expect(first).toHaveAttribute('aria-selected', 'true');
  await expect(first).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowLeft');
  await expect(first).toHaveAttribute('aria-expanded', 'false');
  await expect(grid).toHaveAttribute('aria-rowcount', '17');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(grid.locator('[aria-selected="true"] .name b')).toHaveText('gpt-5-mini');
  await page.keyboard.press('ArrowLeft');
  await expect(first).toHaveAttribute('aria-selected', 'true');

  await page.getByRole('button', { name: '1', exact: true }).click();
  expect(await namesIn(grid)).toEqual(['Triage agent', 'Billing agent', 'Refunds agent', 'Billing agent']);
  await page.keyboard.press('1');
  await page.getByTestId('flame').focus();
  await page.keyboard.press('e');
  await expect(page).toHaveURL(/span=/);
  await page.keyboard.press('2');
  await expect(grid.locator('[aria-selected="true"] .name b')).toHaveText('refund_payment');
});

test('a row of the statistics is all that the waterfall shows, with the way to it', async ({
  page,
  host,
}) => {
  await openView(page, host, 'statistics');
  const statistics = page.getByTestId('statistics');
  await statistics.getByRole('button', { name: 'Tool' }).click();
  await expect(statistics.getByRole('row')).toHaveCount(5);
  await statistics.getByRole('button', { name: 'Spans', exact: true }).click();
  await expect(statistics.getByRole('columnheader', { name: 'Spans' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  await statistics.getByRole('button', { name: 'bank_transfer' }).click();
  await page.keyboard.press('2');
  const grid = page.getByTestId('waterfall');
  await expect.poll(async () => (await namesIn(grid)).at(-1)).toBe('bank_transfer');
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(grid).toHaveAttribute('aria-rowcount', '19');
});

test('the text says what the command line says, and a line leads to its span', async ({ page, host }) => {
  await openView(page, host, 'text');
  const text = page.getByTestId('text');
  await expect(text).toContainText('29 lines');
  await text.getByText('refund_payment').click();
  await expect(page.getByTestId('inspector')).toContainText('refund_payment');
});
