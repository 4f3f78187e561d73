/** What a trace costs, wherever the page says it, and by whose prices. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test, type RunningHost } from './harness.ts';
import { openLibrary } from './page-handles.ts';
import { importSample } from './sample.ts';

async function openTrace(page: Page, host: RunningHost): Promise<void> {
  const ids = await importSample(host);
  await openLibrary(page, host);
  await page.evaluate((hash) => (location.hash = hash), `#/trace/${ids.get('Streamed answer') ?? ''}`);
}

test('the head, a call and the statistics say the same cost, and the call says how it came about', async ({
  page,
  host,
}) => {
  await openTrace(page, host);
  // 210 and 260 tokens in at $0.25 a million, 22 and 31 out at $2.
  await expect(page.getByTestId('trace-cost')).toContainText('$0.00022');
  await page.locator('[data-span-id][data-kind="generation"]').first().click();
  const cost = page.getByTestId('span-cost');
  await expect(cost).toContainText('$0.000097 estimate');
  await expect(cost).toContainText('210 in × $0.25 a million + 22 out × $2 a million = $0.0000965');
  await expect(cost).toContainText('OpenAI’s price of gpt-5-mini, by prices of 20');
  await page.getByRole('tab', { name: 'Statistics' }).click();
  await page.getByRole('button', { name: 'Model', exact: true }).click();
  await expect(page.getByTestId('statistics').locator('tbody td.cost')).toHaveText('$0.00022');
  await expect(page.getByTestId('statistics')).toContainText('An estimate of 2 calls, $0.0002235.');
});

test('a price of one’s own comes before the list', async ({ page, host }) => {
  const prices = { input_mtok: 1000, output_mtok: 0 };
  const own = { providers: [{ id: 'house', models: [{ id: 'gpt-5-mini', prices }] }] };
  await writeFile(join(host.data, 'prices.json'), JSON.stringify(own));
  await openTrace(page, host);
  await expect(page.getByTestId('trace-cost')).toContainText('$0.47');
  await page.locator('[data-span-id][data-kind="generation"]').first().click();
  await expect(page.getByTestId('span-cost')).toContainText('Your own price of gpt-5-mini');
});
