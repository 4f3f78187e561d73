/** The story that every shell must tell: spans come in, a trace is looked at, a file is imported, all of it stays. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { postBody, runCliJson } from './harness.ts';
import { tracesOf } from './truth.ts';

/** A page of a running workbench, whatever shell is around it. */
export interface Stage {
  readonly page: Page;
  /** Base URL of the door. */
  readonly ingest: string;
  readonly data: string;
}

const TRACE_ID = 'trace_000000000000000000000000000057a6';
const SPAN_ID = 'span_0000000000000000000057a6';
const IMPORTED_ID = 'trace_000000000000000000000000000057a7';

const span = (id: string, traceId: string, name: string, parent: string | null, input?: string): object => ({
  object: 'trace.span',
  id,
  trace_id: traceId,
  parent_id: parent,
  started_at: '2026-11-22T11:00:00.000Z',
  ended_at: '2026-11-22T11:00:02.000Z',
  span_data:
    input === undefined
      ? { type: 'agent', name, handoffs: [], tools: [] }
      : { type: 'function', name, input, output: 'sunny' },
  error: null,
});

/** The library stands, and shows a trace as soon as it was posted. */
export async function seeTraceComeIn({ page, ingest }: Stage): Promise<void> {
  await expect(page.getByTestId('library')).toBeVisible();
  const data = [
    { object: 'trace', id: TRACE_ID, workflow_name: 'Story', group_id: null, metadata: {} },
    span('span_0000000000000000000057a5', TRACE_ID, 'Weather agent', null),
    span(SPAN_ID, TRACE_ID, 'look_up', 'span_0000000000000000000057a5', '{"city":"Lindau"}'),
  ];
  expect(await postBody({ ingest }, '/v1/traces/ingest', JSON.stringify({ data }))).toBe(204);
  await expect(page.getByTestId('library').locator(`[data-trace-id="${TRACE_ID}"]`)).toContainText('Story');
}

/** The trace opens with its graph, and the inspector shows what a span holds. */
export async function lookAtTrace({ page }: Stage): Promise<void> {
  await goTo(page, `#/trace/${TRACE_ID}?span=${SPAN_ID}`);
  await expect(page.getByTestId('flame')).toBeVisible();
  await expect(page.getByTestId('trace')).toContainText('Story');
  await expect(page.getByTestId('inspector')).toContainText('Lindau');
}

/** A file is chosen, imported, and reported. */
export async function importFile({ page, data }: Stage): Promise<void> {
  await goTo(page, '#/');
  const file = join(data, 'story.jsonl');
  const lines = [
    { object: 'trace', id: IMPORTED_ID, workflow_name: 'From a file', group_id: null, metadata: {} },
    span('span_0000000000000000000057a7', IMPORTED_ID, 'Reader', null),
  ];
  await writeFile(file, lines.map((line) => JSON.stringify(line)).join('\n'));
  await page.getByLabel('Files to import').setInputFiles(file);
  await expect(page.getByTestId('import-report')).toContainText('story.jsonl');
  await expect(page.getByTestId('library').locator(`[data-trace-id="${IMPORTED_ID}"]`)).toBeVisible();
}

/** The command line sees the same, and the page does again when it is loaded anew. */
export async function seeThatItStays({ page, data }: Stage): Promise<void> {
  const traces = tracesOf(await runCliJson(['list', '--data', data]));
  const names = traces.map(({ workflowName }) => workflowName);
  expect(names).toEqual(expect.arrayContaining(['Story', 'From a file']));
  await page.reload();
  await expect(page.getByTestId('library').locator(`[data-trace-id="${TRACE_ID}"]`)).toBeVisible();
}

async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
}
