/** Plugins in the page: taken in with consent, run over traces, loaded again on save, switched off when they break. */
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, postBody, test, type RunningHost } from './harness.ts';
import { openLibrary, openTrace } from './page-handles.ts';

const EXAMPLE = 'plugins/examples/slow-tools';
const TRACES = 6;

function traceId(i: number): string {
  return `trace_${String(i).padStart(32, '0')}`;
}

/** Traces of one agent with one slow tool, the last of them with an error. */
async function sendTraces(host: RunningHost): Promise<void> {
  for (let i = 1; i <= TRACES; i++) {
    const at = (seconds: number): string => new Date(Date.UTC(2026, 10, 22, 11, i, seconds)).toISOString();
    const span = (id: string, parent: string | null, data: object, error: object | null = null): object => ({
      ...{ object: 'trace.span', id: `span_${id}${String(i)}`, trace_id: traceId(i) },
      ...{ parent_id: parent, started_at: at(0), ended_at: at(6), span_data: data, error },
    });
    const error = i === TRACES ? { message: 'Error running tool', data: null } : null;
    const items = [
      { object: 'trace', id: traceId(i), workflow_name: 'Support', group_id: null, metadata: {} },
      span('a', null, { type: 'agent', name: 'Triage' }),
      span('t', `span_a${String(i)}`, { type: 'function', name: 'refund', input: '{}', output: '{}' }, error),
    ];
    await postBody(host, '/v1/traces/ingest', JSON.stringify({ data: items }));
  }
}

async function openPlugins(page: Page, host: RunningHost): Promise<Locator> {
  await openLibrary(page, host);
  await page.keyboard.press('n');
  await expect(page).toHaveURL(/#\/plugins/);
  const plugins = page.getByTestId('plugins');
  await expect(plugins.locator('[data-plugin="watch"]')).toBeVisible();
  return plugins;
}

async function load(page: Page, path: string, button: 'Install' | 'Load folder'): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Path').fill(path);
  await page.keyboard.press('Enter');
  await expect(dialog.getByTestId('plugin-offer')).toBeVisible();
  await dialog.getByRole('button', { name: /^Agree/ }).click();
  await expect(dialog).toHaveCount(0);
}

async function switchOn(plugins: Locator, id: string): Promise<void> {
  const control = plugins.locator(`[data-plugin="${id}"]`).getByRole('switch');
  await expect(control).toBeVisible();
  if ((await control.getAttribute('aria-checked')) === 'false') await control.click();
  await expect(control).toHaveAttribute('aria-checked', 'true');
}

async function writePlugin(
  host: RunningHost,
  name: string,
  source: string,
  more: object = {},
): Promise<string> {
  const folder = join(host.data, 'made', name);
  await mkdir(folder, { recursive: true });
  const manifest = {
    ...{ id: `local.${name}`, version: '0.1.0', name, apiVersion: 1, main: `${name}.ts` },
    ...{ reads: ['structure'], ...more },
  };
  await writeFile(join(folder, 'plugin.json'), JSON.stringify(manifest));
  await writeFile(join(folder, `${name}.ts`), source);
  return folder;
}

test('says what a plugin may read before it runs, runs it over traces, and leads to them', async ({
  page,
  host,
}) => {
  await sendTraces(host);
  const plugins = await openPlugins(page, host);
  const folder = join(host.data, 'example');
  await cp(EXAMPLE, folder, { recursive: true });
  await page.getByRole('button', { name: 'Install', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Path').fill(join(host.data, 'nowhere'));
  await dialog.getByRole('button', { name: 'Look at it' }).click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  await dialog.getByLabel('Path').fill(folder);
  await expect(dialog.getByRole('button', { name: 'Agree and install' })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Look at it' }).click();
  const offer = dialog.getByTestId('plugin-offer');
  await expect(offer).toContainText('span timing');
  await expect(offer).toContainText(/May not.*message content.*network.*files/);
  await dialog.getByRole('button', { name: 'Agree and install' }).click();
  await switchOn(plugins, 'example.slow-tools');
  const plugin = page.getByTestId('plugin');
  await plugin.getByRole('button', { name: `Run on ${String(TRACES)} traces` }).click();
  const run = plugin.getByTestId('plugin-run');
  const table = run.getByRole('table', { name: 'times' });
  await expect(table).toContainText('refund');
  await expect(table).toContainText('36,000');
  const limit = plugin.getByLabel('Slow from here on, in milliseconds');
  await limit.fill('soon');
  await limit.press('Enter');
  await expect(plugin).toContainText('The setting "limitMs" is to be a number.');
  await limit.fill('7000');
  await limit.press('Enter');
  await expect(run).toContainText('old');
  await run.getByRole('button', { name: /^Run again over/ }).click();
  await expect(run.getByRole('table', { name: 'Alerts' })).toHaveCount(0);
  await expectNoViolations(page, 'plugins');
  await limit.fill('1000');
  await limit.press('Enter');
  await run.getByRole('button', { name: /^Run again over/ }).click();
  const alerts = run.getByRole('table', { name: 'Alerts' });
  await alerts.getByRole('link', { name: traceId(1) }).click();
  await expect(page.getByTestId('trace')).toBeVisible();
  await expect(page).toHaveURL(new RegExp(traceId(1)));
});

test('a folder is loaded again when it is saved, and what it said before is marked as old', async ({
  page,
  host,
}) => {
  await sendTraces(host);
  const source = (word: string): string => `import { definePlugin, table, col } from 'tracebench/plugin';
export default definePlugin<{ words: string }>({
  analyses: { words: { map: (trace) => trace.id, reduce: (ids) => [table([col('${word}')], [[ids.length]])] } },
});`;
  const folder = await writePlugin(host, 'words', source('first'));
  const plugins = await openPlugins(page, host);
  await load(page, folder, 'Load folder');
  await switchOn(plugins, 'local.words');
  const plugin = page.getByTestId('plugin');
  await expect(plugin).toContainText('reloads on save');
  await plugin.getByRole('button', { name: /^Run on/ }).click();
  const run = plugin.getByTestId('plugin-run');
  await expect(run.getByRole('columnheader', { name: 'first' })).toBeVisible();
  await writeFile(join(folder, 'words.ts'), source('second'));
  await run.getByRole('button', { name: /^Run again over/ }).click();
  await expect(run.getByRole('columnheader', { name: 'second' })).toBeVisible();
  await writeFile(join(folder, 'words.ts'), source('third').replace('trace.id', 'trace.startedAt'));
  await run.getByRole('button', { name: /^Run again over/ }).click();
  await expect(run.getByRole('alert')).toContainText(`${String(TRACES)} traces left out. The first: `);
  await expect(run.getByRole('alert')).toContainText('Add "timing" there');
  await writeFile(join(folder, 'words.ts'), source('fourth').replace('map:', 'map'));
  await expect(page.getByTestId('plugin-fault')).toContainText('It could not be loaded');
  await expect(plugin.getByText('May not')).toHaveCount(0);
  await writeFile(join(folder, 'words.ts'), source('fifth'));
  await expect(page.getByTestId('plugin-fault')).toHaveCount(0);
  await expect(plugin.getByText('May not')).toBeVisible();
});

test('what a plugin marks and measures is seen on the spans of the open trace', async ({ page, host }) => {
  const source = `import { annotate, definePlugin, flame } from 'tracebench/plugin';
export default definePlugin({
  processTrace: (trace) => {
    const span = trace.spans.find(({ kind }) => kind === 'function');
    return [
      annotate(trace.id, span.id, { badge: 'costly', text: 'It paid twice.', severity: 'warning' }),
      { kind: 'flame', traceId: trace.id, unit: 'EUR', values: [{ spanId: span.id, value: 0.25 }] },
    ];
  },
});`;
  const folder = await writePlugin(host, 'money', source, { writes: ['annotations'] });
  const plugins = await openPlugins(page, host);
  await load(page, folder, 'Load folder');
  await switchOn(plugins, 'local.money');
  await sendTraces(host);
  const trace = await openTrace(page, host, traceId(1));
  const row = trace.locator('[role="row"][data-span-id="span_t1"]');
  await expect(row.locator('.pill', { hasText: 'costly' })).toBeVisible({ timeout: 20_000 });
  await expect(trace.getByRole('tab', { name: /^Findings/ })).toContainText('1');
  await row.click();
  await expect(page.getByTestId('span-marks')).toContainText('Warning of local.money It paid twice.');
  await trace.getByLabel('Colour by').selectOption({ label: 'Colour by EUR (local.money)' });
  await expect(trace).toContainText('over 10 % of the measure');
  await trace.getByLabel('Order').selectOption({ label: 'Left-heavy by EUR (local.money)' });
  await expectNoViolations(page, 'trace');
});

test('fault 68: a plugin that breaks down is switched off with a banner, and the others go on', async ({
  page,
  host,
}) => {
  const source = `import { definePlugin } from 'tracebench/plugin';
export default definePlugin({ processTrace() { for (;;); } });`;
  const folder = await writePlugin(host, 'endless', source, { writes: ['annotations'] });
  const plugins = await openPlugins(page, host);
  await switchOn(plugins, 'watch');
  await load(page, folder, 'Load folder');
  await switchOn(plugins, 'local.endless');
  await sendTraces(host);
  const banner = page.getByTestId('plugin-fault');
  await expect(banner).toContainText('It is switched off', { timeout: 60_000 });
  await expect(banner.getByRole('button', { name: 'Try again' })).toBeVisible();
  await page.keyboard.press('w');
  const findings = page.getByTestId('all-findings');
  await expect(findings.locator('[data-finding="errors"]')).toContainText('Error running tool');
  await expectNoViolations(page, 'all-findings');
  await findings.getByRole('button', { name: '1 trace' }).click();
  const rows = page.getByTestId('library').locator('[data-trace-id]');
  await expect(rows).toHaveCount(1);
  await expect(rows.getByRole('img', { name: '1 error found' })).toBeVisible();
});

test('is led by keys alone, and tries policies before they are switched on', async ({ page, host }) => {
  await sendTraces(host);
  const plugins = await openPlugins(page, host);
  await plugins.locator('[data-plugin="access"] a').focus();
  while ((await page.locator('[data-plugin="sample"] a[aria-current]').count()) === 0) {
    await page.keyboard.press('ArrowDown');
  }
  await expect(page).toHaveURL(/#\/plugins\/sample$/);
  await page.getByRole('button', { name: 'Rehearse' }).focus();
  await page.keyboard.press('Enter');
  const rehearsal = page.getByTestId('rehearsal');
  await expect(rehearsal).toContainText('no error is lost');
  await expect(rehearsal).toContainText('0 of 1');
  await expectNoViolations(page, 'plugins');
  await plugins.getByRole('searchbox').fill('pseudonym');
  await expect(plugins.locator('[data-plugin]')).toHaveCount(1);
  await plugins.locator('[data-plugin="redact"] a').click();
  await page.getByLabel('E-mail addresses').selectOption('drop');
  await page.getByRole('button', { name: 'Try it on stored traces' }).click();
  await expect(page.getByTestId('redaction-preview')).toContainText('0 records');
  await expectNoViolations(page, 'plugins');
});

async function expectNoViolations(page: Page, testId: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include(`[data-testid="${testId}"]`).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}
