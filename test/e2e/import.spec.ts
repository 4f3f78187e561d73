/** A file dropped on the page is imported, durable, and said so; one that is cancelled leaves nothing. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, runCliJson, test } from './harness.ts';
import { openLibrary } from './page-handles.ts';
import { tracesOf } from './truth.ts';

const TRACE_ID = 'trace_00000000000000000000000000000abc';
const LINES = [
  { object: 'trace', id: TRACE_ID, workflow_name: 'Dropped', group_id: null, metadata: {} },
  {
    object: 'trace.span',
    id: 'span_000000000000000000000abc',
    trace_id: TRACE_ID,
    parent_id: null,
    started_at: '2026-11-22T11:00:00.000Z',
    ended_at: '2026-11-22T11:00:02.000Z',
    span_data: { type: 'agent', name: 'Dropped agent', handoffs: [], tools: [] },
    error: null,
  },
];

test('dropping a file on the page imports it', async ({ page, host }) => {
  const library = await openLibrary(page, host);
  const text = `${LINES.map((line) => JSON.stringify(line)).join('\n')}\nnot json\n`;
  const transfer = await page.evaluateHandle((content) => {
    const made = new DataTransfer();
    made.items.add(new File([content], 'dropped.jsonl'));
    return made;
  }, text);
  for (const type of ['dragenter', 'dragover', 'drop']) {
    await page.dispatchEvent('body', type, { dataTransfer: transfer });
  }

  const report = page.getByTestId('import-report');
  await expect(report).toContainText('dropped.jsonl');
  await expect(library.locator(`[data-trace-id="${TRACE_ID}"]`)).toBeVisible();

  const traces = tracesOf(await runCliJson(['list', '--data', host.data]));
  expect(traces.map((trace) => [trace.id, trace.workflowName, trace.spans])).toEqual([
    [TRACE_ID, 'Dropped', 1],
  ]);
});

test('a cancelled import ends with its report, and the browser does not send the file once more', async ({
  page,
  host,
}) => {
  const span = JSON.stringify(LINES[1]);
  const file = join(host.data, 'large.jsonl');
  await writeFile(file, `${JSON.stringify(LINES[0])}\n${`${span}\n`.repeat(150_000)}`);
  await openLibrary(page, host);
  const posted: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') posted.push(request.url());
  });
  await page.getByLabel('Files to import').setInputFiles(file);
  const report = page.getByTestId('import-report');
  await expect(report).toContainText('spans/s');
  await report.getByRole('button', { name: 'Cancel' }).click();
  await expect(report.getByRole('button', { name: 'Cancel' })).toBeDisabled();
  // The browser sends the file to its end all the same, which a busy machine takes its time for.
  await expect(report).toContainText('Cancelled. The library is as it was before.', { timeout: 45_000 });
  expect(posted).toHaveLength(1);

  expect(tracesOf(await runCliJson(['list', '--data', host.data]))).toEqual([]);
  await expect(report).toContainText('Imported 1 file');
});
