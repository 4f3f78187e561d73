/** What many traces come to: figures that lead to their traces, charts that can be taken away, groups. */
import { readFile } from 'node:fs/promises';
import type { Download, Locator, Page } from '@playwright/test';
import type { JsonObject } from '../../core/model/json.ts';
import { plantCorpus } from '../generate/plant-corpus.ts';
import { expect, postBody, test, type RunningHost } from './harness.ts';
import { openLibrary, openTrace } from './page-handles.ts';

const START_MS = Date.UTC(2026, 2, 1, 9);

/** Three traces of one conversation, minutes apart, in two services. */
function conversation(): readonly JsonObject[] {
  return [0, 1, 2].flatMap((n) => {
    const traceId = `trace_talk_${String(n)}`;
    const at = (seconds: number): string => new Date(START_MS + n * 600_000 + seconds * 1000).toISOString();
    const span = (name: string, parent: string | null, from: number, to: number, data: JsonObject) => ({
      ...{ object: 'trace.span', id: `${traceId}_${name}`, trace_id: traceId, error: null },
      ...{ parent_id: parent === null ? null : `${traceId}_${parent}` },
      ...{ started_at: at(from), ended_at: at(to), span_data: data },
    });
    return [
      {
        ...{ object: 'trace', id: traceId, workflow_name: 'Refund desk', group_id: 'conversation 4711' },
        metadata: { user_id: 'user_42', service: n === 1 ? 'shop' : 'desk' },
      },
      span('run', null, 0, 4, { type: 'agent', name: 'Triage' }),
      span('call', 'run', 1, 3, {
        ...{ type: 'generation', model: 'gpt-5-mini', usage: { input_tokens: 100, output_tokens: 20 } },
        input: [{ role: 'user', content: `Question number ${String(n + 1)}` }],
        output: [{ role: 'assistant', content: `Answer number ${String(n + 1)}` }],
      }),
    ];
  });
}

async function bring(host: RunningHost): Promise<void> {
  const { records } = plantCorpus({ seed: 3, traces: 60, planted: true });
  const data = [...records, ...conversation()];
  expect(await postBody(host, '/v1/traces/ingest', JSON.stringify({ data }))).toBe(204);
}

async function openInsights(page: Page, host: RunningHost): Promise<Locator> {
  const library = await openLibrary(page, host);
  await expect(library.locator('[data-trace-id]').first()).toBeVisible();
  await page.keyboard.press('b');
  const insights = page.getByTestId('insights');
  await expect(insights.getByRole('heading', { level: 1 })).toHaveText('63 traces');
  return insights;
}

async function save(page: Page, button: Locator): Promise<{ download: Download; bytes: Buffer }> {
  const waited = page.waitForEvent('download');
  await button.click();
  const download = await waited;
  return { download, bytes: await readFile(await download.path()) };
}

test('a figure of the insights leads to its traces, and the query goes along', async ({ page, host }) => {
  await bring(host);
  const insights = await openInsights(page, host);
  await insights.getByRole('button', { name: 'Agents', exact: true }).click();
  const row = insights.getByRole('row').filter({ hasText: 'Billing' });
  await row.getByRole('button', { name: 'Billing', exact: true }).click();
  const side = page.getByTestId('insight-side');
  await expect(side.getByRole('heading', { name: 'Billing' })).toBeVisible();
  const words = (await side.getByRole('button', { name: /in the library/ }).textContent()) ?? '';
  const traces = /Show (\d+) traces/.exec(words)?.[1] ?? '';
  await side.getByRole('button', { name: /in the library/ }).click();
  await expect(page.getByTestId('library').locator('[data-trace-id]').first()).toBeVisible();
  await expect(page.getByTestId('library')).toContainText(traces);
  expect(decodeURIComponent(new URL(page.url()).hash)).toContain('agent:Billing');
  await page.keyboard.press('b');
  await expect(insights.getByRole('heading', { level: 1 })).toHaveText(`${traces} traces`);
});

test('a chart is saved as SVG and PNG, and its table is copied as CSV', async ({ page, host, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await bring(host);
  const insights = await openInsights(page, host);
  await insights.getByRole('button', { name: 'Tools', exact: true }).click();
  const chart = insights.getByRole('figure').first();
  const svg = await save(page, chart.getByRole('button', { name: 'SVG' }));
  expect(svg.download.suggestedFilename()).toBe('insights-tool-count.svg');
  const text = svg.bytes.toString();
  expect(text).toContain('look_up');
  expect(text).toContain('Calls by tool');
  // It stands by itself: no colour is left to a style sheet that it has not.
  expect(text).not.toMatch(/var\(|oklch|oklab|class=/);
  const png = await save(page, chart.getByRole('button', { name: 'PNG' }));
  expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
  expect(png.bytes.length).toBeGreaterThan(2000);
  await chart.getByRole('button', { name: 'Copy CSV' }).click();
  await expect(chart.getByRole('button', { name: 'Copied' })).toBeVisible();
  const csv = await page.evaluate(() => navigator.clipboard.readText());
  expect(csv.split('\r\n')[0]).toMatch(/^tool,calls,failed,p50 ms/);
  expect(csv).toMatch(/^look_up,\d+,/m);
});

test('the flame graph of all is walked by keys, leads to traces, and is saved', async ({ page, host }) => {
  await bring(host);
  const insights = await openInsights(page, host);
  await insights.getByRole('button', { name: 'Flame graph' }).click();
  const flame = page.getByTestId('corpus-flame');
  await expect(flame).toBeVisible();
  await flame.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(insights.getByRole('button', { name: 'Traces with such a span' })).toBeVisible();
  await insights.getByLabel('Width').selectOption('tokens');
  const svg = await save(page, insights.getByRole('button', { name: 'SVG' }));
  expect(svg.download.suggestedFilename()).toBe('flame-tokens.svg');
  expect(svg.bytes.toString()).toContain('Triage');
  await insights.getByRole('button', { name: 'Table', exact: true }).click();
  await insights.getByRole('region', { name: 'Paths as a table' }).getByRole('button').first().click();
  await insights.getByRole('button', { name: 'Traces with such a span' }).click();
  await expect(page.getByTestId('library')).toBeVisible();
  expect(decodeURIComponent(new URL(page.url()).hash)).toContain('span(');
});

test('a group is opened from a trace: its traces by service, and as one conversation', async ({
  page,
  host,
}) => {
  await bring(host);
  await openLibrary(page, host);
  const trace = await openTrace(page, host, 'trace_talk_1');
  await trace.getByRole('link', { name: 'group conversation 4711' }).click();
  const group = page.getByTestId('group');
  await expect(group.getByRole('heading', { level: 1 })).toHaveText('conversation 4711');
  await expect(group.locator('tbody [data-trace-id]')).toHaveCount(3);
  const lanes = group.getByRole('figure').locator('svg');
  await expect(lanes).toContainText('desk');
  await expect(lanes).toContainText('shop');
  await group.getByRole('button', { name: 'Conversation' }).click();
  const talk = page.getByTestId('group-conversation');
  await expect(talk.locator('article').nth(2)).toContainText('Answer number 3');
  await expect(talk.locator('article').first()).toContainText('Question number 1');
  await group.getByRole('button', { name: 'Show 3 traces in the library' }).click();
  await expect(page.getByTestId('library').locator('[data-trace-id]')).toHaveCount(3);
  await page.goto(`${new URL(host.ui).origin}/#/user/user_42`);
  await expect(group.locator('tbody [data-trace-id]')).toHaveCount(3);
  await page.goto(`${new URL(host.ui).origin}/#/group/nobody`);
  await expect(group).toContainText('No such group');
});
