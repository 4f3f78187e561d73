/**
 * `npm run screenshots`, second part: every view in both themes and two sizes, of a library that is empty, that
 * holds the sample, and that is crowded. They go into `.cache/screenshots`, for people to look at.
 */
import { copyFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, postBody, runCli, runCliJson, test, type RunningHost } from '../e2e/harness.ts';
import { openLibrary } from '../e2e/page-handles.ts';
import { tracesOf } from '../e2e/truth.ts';
import { CROWD, writeCrowd } from './crowd.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const FOLDER = join(ROOT, '.cache/screenshots');
const SAMPLE = join(ROOT, 'resources/sample/sample.jsonl');
const SIZES = [
  { width: 1280, height: 800 },
  { width: 2560, height: 1440 },
];

interface View {
  readonly name: string;
  /** Behind the #. */
  readonly at: string;
  readonly shows: (page: Page) => Promise<void>;
  /** What a person does there before the picture is taken. */
  readonly first?: (page: Page) => Promise<void>;
}

const seen =
  (testId: string) =>
  async (page: Page): Promise<void> => {
    await expect(page.getByTestId(testId)).toBeVisible();
  };
const rows = async (page: Page): Promise<void> => {
  await expect(page.locator('[data-trace-id]').first()).toBeVisible();
};

const OWN: readonly View[] = [
  { name: 'connect', at: '/connect', shows: seen('connect') },
  {
    name: 'search',
    at: '/search?words=refund',
    shows: (page) => expect(page.getByTestId('search').locator('[data-hit]').first()).toBeVisible(),
  },
  { name: 'settings', at: '/settings', shows: (page) => expect(page.getByLabel('Time zone')).toBeVisible() },
  {
    name: 'health',
    at: '/health',
    shows: (page) => expect(page.getByRole('region', { name: 'Door' })).toBeVisible(),
  },
  {
    name: 'cleanup',
    at: '/cleanup',
    shows: (page) => expect(page.getByRole('region', { name: 'Space used' })).toBeVisible(),
  },
];

/** What many traces come to: the parts that look unlike each other. */
const INSIGHTS: readonly View[] = (['Overview', 'Agents', 'Days', 'Errors', 'Flame graph'] as const).map(
  (part) => ({
    name: `insights-${part.toLowerCase().replace(' ', '-')}`,
    at: '/insights',
    shows: seen('insights'),
    first: async (page) => {
      await page.getByTestId('insights').getByRole('button', { name: part, exact: true }).click();
      await expect(page.getByTestId('insights').locator('figure, table').first()).toBeVisible();
    },
  }),
);

const OTHER_READINGS = ['waterfall', 'handoffs', 'conversation', 'text', 'statistics', 'findings'] as const;

function viewsOf(shown: string): readonly View[] {
  return [
    { name: 'library', at: '/', shows: rows },
    { name: 'trace', at: `/trace/${shown}`, shows: seen('flame') },
    {
      name: 'path',
      at: `/trace/${shown}`,
      shows: seen('flame'),
      first: async (page) => {
        await page.getByRole('button', { name: 'Critical path' }).click();
        await expect(page.getByTestId('critical-path')).toBeVisible();
      },
    },
    {
      name: 'left-heavy',
      at: `/trace/${shown}`,
      shows: seen('flame'),
      first: async (page) => {
        await page.getByLabel('Order').selectOption('tokens');
        await page.getByLabel('Colour by').selectOption('heat');
      },
    },
    ...OTHER_READINGS.map((view) => ({
      name: view,
      at: `/trace/${shown}?view=${view}`,
      shows: seen(view),
    })),
    {
      name: 'lanes',
      at: `/trace/${shown}?view=handoffs`,
      shows: seen('handoffs'),
      first: (page) => page.getByTestId('handoffs').getByRole('button', { name: 'Lanes' }).click(),
    },
    {
      name: 'passages',
      at: `/trace/${shown}?view=handoffs`,
      shows: seen('handoffs'),
      first: (page) => page.getByTestId('handoffs').getByRole('button', { name: 'Table' }).click(),
    },
    {
      name: 'inspector',
      at: `/trace/${shown}?view=waterfall`,
      shows: seen('waterfall'),
      first: async (page) => {
        await page.getByTestId('waterfall').locator('[data-span-id]').last().click();
        await expect(page.getByTestId('inspector')).toContainText('Raw JSON');
      },
    },
    {
      name: 'export',
      at: `/trace/${shown}`,
      shows: seen('flame'),
      first: async (page) => {
        await page.getByRole('button', { name: 'Export …' }).click();
        await expect(page.getByRole('dialog')).toBeVisible();
      },
    },
    ...INSIGHTS,
    ...OWN,
    { name: 'imports', at: '/imports', shows: seen('imports') },
    {
      name: 'delete',
      at: '/',
      shows: rows,
      first: async (page) => {
        await page.locator('[data-trace-id]').first().getByTitle('Choose').click();
        await page.getByRole('button', { name: 'Delete …' }).click();
        await expect(page.getByRole('button', { name: /^Delete \d/ })).toBeVisible();
      },
    },
    { name: 'keys', at: '/', shows: rows, first: (page) => page.keyboard.press('?') },
    // The last: its report stays open.
    {
      name: 'import',
      at: '/',
      shows: rows,
      first: async (page) => {
        await page.getByLabel('Files to import').setInputFiles({
          name: 'yesterday.jsonl',
          mimeType: 'application/x-ndjson',
          buffer: Buffer.from('{"object": "trace.span"}\nnot json\n'),
        });
        await expect(page.getByTestId('import-report')).toContainText('not valid JSON');
      },
    },
  ];
}

async function take(page: Page, origin: string, prefix: string, views: readonly View[]): Promise<void> {
  for (const view of views) {
    await page.goto(`${origin}/#${view.at}`);
    await view.shows(page);
    await view.first?.(page);
    await page.screenshot({ path: join(FOLDER, `${prefix}-${view.name}.png`), animations: 'disabled' });
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
  }
}

for (const fill of ['empty', 'sample', 'crowded'] as const) {
  test(`every view, ${fill}`, async ({ browser, host }) => {
    test.setTimeout(180_000);
    const shown = await prepare(host, fill);
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const viewport of SIZES) {
        const context = await browser.newContext({ viewport, colorScheme, timezoneId: 'UTC' });
        const page = await context.newPage();
        await openLibrary(page, host);
        if (fill !== 'empty') await rows(page);
        // The whole of it, not the first part that came.
        if (fill === 'crowded') {
          await expect(page.getByTestId('library')).toContainText('10,400', { timeout: 60_000 });
        }
        const prefix = `${fill}-${colorScheme}-${String(viewport.width)}`;
        const views = fill === 'empty' ? OWN : viewsOf(shown);
        await take(page, new URL(host.ui).origin, prefix, views);
        await context.close();
      }
    }
  });
}

/** Fills the library; answers the id of the trace to show. */
async function prepare(host: RunningHost, fill: 'empty' | 'sample' | 'crowded'): Promise<string> {
  if (fill === 'empty') return '';
  if (fill === 'sample') {
    // Under the name that the page gives it.
    const file = join(host.data, 'sample');
    await copyFile(SAMPLE, file);
    await runCli(['import', file, '--data', host.data]);
    expect(await postBody(host, '/v1/traces/ingest', '{"data": [7, {"object": "trace.span"}]}')).toBe(200);
    // One with handoffs to draw, and an error.
    const traces = tracesOf(await runCliJson(['list', '--data', host.data]));
    return traces.find(({ handoffs, errors }) => handoffs.length > 0 && errors > 0)?.id ?? '';
  }
  const file = join(host.data, 'a-week-of-support-conversations-with-a-rather-long-file-name.jsonl');
  await writeFile(file, writeCrowd(Date.now() * 1000));
  await runCli(['import', file, '--data', host.data]);
  return CROWD.largest;
}
