/** Saved views: a filter and order under a name, by keys alone, in every tab and after a reload. */
import type { Page } from '@playwright/test';
import { recordsOfText } from '../build/read-trace-text.ts';
import { expect, postBody, test } from './harness.ts';
import { openLibrary } from './page-handles.ts';

const TRACES = ['Customer support', 'Code review', 'Nightly report'].map(
  (name, i) => `
  trace t${String(i)} workflow="${name}"
  Triage   agent     0--------20
`,
);

async function saveAs(page: Page, name: string): Promise<void> {
  await page.keyboard.press('v');
  const input = page.getByPlaceholder('Name for what is shown now');
  // The focus is on a view where there is one; the field stands below them.
  for (let i = 0; i < 5 && !(await input.evaluate((e) => e === document.activeElement)); i++) {
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name, exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
}

test('what is shown is saved under a name, opened again, replaced and removed, by keys alone', async ({
  page,
  context,
  host,
}) => {
  const records = TRACES.flatMap((text) => recordsOfText(text));
  expect(await postBody(host, '/v1/traces/ingest', JSON.stringify({ data: records }))).toBe(204);
  const library = await openLibrary(page, host);
  const rows = library.locator('[data-trace-id]');
  await expect(rows).toHaveCount(3);
  const showWords = async (words: string): Promise<void> => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type(words);
    await expect(rows).toHaveCount(1);
    await page.keyboard.press('Enter');
  };
  await showWords('nightly');
  await saveAs(page, 'Nights');
  await page.goBack();
  await expect(rows).toHaveCount(3);
  await showWords('review');
  await saveAs(page, 'Reviews');
  await page.goBack();

  // Another tab, which was told of nothing, has them too.
  const other = await context.newPage();
  const otherRows = (await openLibrary(other, host)).locator('[data-trace-id]');
  await expect(otherRows).toHaveCount(3);
  await other.keyboard.press('v');
  await expect(other.getByRole('button', { name: 'Reviews', exact: true })).toBeVisible();
  await other.keyboard.press('Escape');
  await other.keyboard.press('v');
  await expect(other.getByRole('button', { name: 'Nights', exact: true })).toBeFocused();
  await other.keyboard.press('ArrowDown');
  await other.keyboard.press('Enter');
  await expect(other).toHaveURL(/query=review/);
  await expect(otherRows).toHaveCount(1);

  // A name that is taken means what is shown now.
  await showWords('support');
  await saveAs(page, 'nights');
  await page.goBack();
  await page.reload();
  await expect(rows).toHaveCount(3);
  await page.keyboard.press('v');
  await page.getByRole('button', { name: 'nights', exact: true }).press('Enter');
  await expect(page).toHaveURL(/query=support/);
  await page.keyboard.press('v');
  await expect(page.getByRole('button', { name: 'nights', exact: true })).toHaveAttribute(
    'aria-current',
    'true',
  );
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'nights', exact: true })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Reviews', exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByPlaceholder('Name for what is shown now')).toBeHidden();
  // Removed here, and so in the other tab.
  await other.keyboard.press('v');
  await expect(other.getByRole('button', { name: 'nights', exact: true })).toHaveCount(0);
});
