/** Every view in both themes as a screen reader and a tired eye meet it: axe finds nothing serious. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, postBody, runCliJson, test } from './harness.ts';
import { openLibrary } from './page-handles.ts';
import { tracesOf } from './truth.ts';

const SAMPLE = join(fileURLToPath(new URL('.', import.meta.url)), '../../resources/sample/sample.jsonl');

/** One line a fault: rule, element, and what is wrong with it. */
async function findFaults(page: Page): Promise<readonly string[]> {
  const { violations, passes } = await new AxeBuilder({ page }).analyze();
  // A page that was not judged has no faults either.
  expect(passes.map(({ id }) => id)).toContain('color-contrast');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary = '' }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
    );
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing serious in any view, ${colorScheme}`, async ({ browser, host }) => {
    // Some thirty pages, each looked at whole.
    test.setTimeout(300_000);
    const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    const origin = new URL(host.ui).origin;
    const library = await openLibrary(page, host);
    const faults: Record<string, readonly string[]> = { empty: await findFaults(page) };
    expect(await postBody(host, '/v1/traces/ingest', '{"data": [7]}')).toBe(200);
    await runCliJson(['import', SAMPLE, '--data', host.data]);
    await expect(library.locator('[data-trace-id]')).toHaveCount(6);
    await library.locator('[data-trace-id]').first().getByTitle('Choose').click();
    faults['library'] = await findFaults(page);
    await library.getByRole('button', { name: 'Delete …' }).click();
    await expect(page.getByRole('button', { name: 'Delete 1 trace' })).toBeVisible();
    faults['delete'] = await findFaults(page);
    await page.keyboard.press('Escape');

    const traces = tracesOf(await runCliJson(['list', '--data', host.data]));
    const failed = traces.find(({ status }) => status === 'failed')?.id ?? '';
    await page.goto(`${origin}/#/trace/${failed}`);
    await expect(page.getByTestId('trace')).toBeVisible();
    faults['trace'] = await findFaults(page);
    await page.keyboard.press('p');
    await expect(page.getByTestId('critical-path')).toBeVisible();
    await page.keyboard.press('/');
    faults['path and find'] = await findFaults(page);
    await page.getByRole('button', { name: 'Export …' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    faults['export'] = await findFaults(page);
    await page.keyboard.press('Escape');
    const other = traces.find(({ id }) => id !== failed)?.id ?? '';
    await page.goto(`${origin}/#/compare?a=${failed}`);
    await expect(page.getByTestId('compare-pick').getByRole('listitem').first()).toBeVisible();
    faults['compare with'] = await findFaults(page);
    await page.goto(`${origin}/#/compare?a=${failed}&b=${other}`);
    await expect(page.getByTestId('compare')).toBeVisible();
    faults['compare'] = await findFaults(page);
    await page.goto(`${origin}/#/map`);
    await page.getByTestId('map').locator('[data-agent]').first().click();
    await expect(page.getByTestId('map-side').getByRole('heading', { level: 4 }).first()).toBeVisible();
    faults['map'] = await findFaults(page);
    await page.getByTestId('map').getByRole('button', { name: 'Table' }).click();
    faults['map as tables'] = await findFaults(page);
    await page.goto(`${origin}/#/insights`);
    const insights = page.getByTestId('insights');
    await expect(insights.getByRole('figure').first()).toBeVisible();
    faults['insights'] = await findFaults(page);
    for (const part of ['Agents', 'Days', 'Errors', 'Slow spans', 'Flame graph']) {
      await insights.getByRole('button', { name: part, exact: true }).click();
      await expect(insights.locator('figure, table').first()).toBeVisible();
      if (part === 'Agents') await insights.locator('tbody button').first().click();
      faults[`insights ${part}`] = await findFaults(page);
    }
    await page.goto(`${origin}/#/search?words=refund`);
    await expect(page.getByTestId('search').locator('[data-hit]').first()).toBeVisible();
    faults['search'] = await findFaults(page);
    const grouped = traces.find(({ groupId }) => groupId !== null)?.groupId ?? 'nobody';
    await page.goto(`${origin}/#/group/${encodeURIComponent(grouped)}`);
    await expect(page.getByTestId('group').getByRole('figure')).toBeVisible();
    faults['group'] = await findFaults(page);
    await page.getByTestId('group').getByRole('button', { name: 'Conversation' }).click();
    await expect(page.getByTestId('group-conversation').locator('article').first()).toBeVisible();
    faults['group conversation'] = await findFaults(page);
    for (const view of ['waterfall', 'text', 'statistics', 'findings', 'handoffs', 'conversation']) {
      await page.goto(`${origin}/#/trace/${failed}?view=${view}`);
      await expect(page.getByTestId(view)).toBeVisible();
      if (view === 'conversation')
        await expect(page.getByTestId(view).locator('[data-span-id]').first()).toBeVisible();
      faults[view] = await findFaults(page);
    }
    for (const reading of ['Lanes', 'Table']) {
      await page.goto(`${origin}/#/trace/${failed}?view=handoffs`);
      await page.getByTestId('handoffs').getByRole('button', { name: reading }).click();
      faults[reading] = await findFaults(page);
    }
    await page.goto(`${origin}/#/trace/${failed}?view=waterfall`);
    await page.getByTestId('waterfall').locator('[data-span-id]').last().click();
    const inspector = page.getByTestId('inspector');
    for (const reading of ['Tree', 'Text', 'Raw', 'Read']) {
      await inspector.getByRole('button', { name: reading, exact: true }).click();
      faults[`inspector ${reading}`] = await findFaults(page);
    }
    await inspector.getByRole('button', { name: 'Add a note' }).click();
    faults['note'] = await findFaults(page);
    await page.goto(`${origin}/#/imports`);
    await expect(page.getByTestId('imports').locator('[data-report]').first()).toBeVisible();
    await page.getByTestId('imports').locator('summary').first().click();
    faults['imports'] = await findFaults(page);
    for (const view of ['connect', 'settings', 'health', 'cleanup', 'audit']) {
      await page.goto(`${origin}/#/${view}`);
      await expect(page.getByTestId(view).getByRole('heading', { level: 1 })).toBeVisible();
      faults[view] = await findFaults(page);
    }
    await page.keyboard.press('?');
    faults['keys'] = await findFaults(page);
    expect(faults).toEqual(Object.fromEntries(Object.keys(faults).map((view) => [view, []])));
    await context.close();
  });
}
