/** Two traces side by side: chosen in the library or from a trace, aligned, and what was said laid beside each other. */
import type { JsonObject } from '../../core/model/json.ts';
import { recordsOfText } from '../build/read-trace-text.ts';
import { expect, postBody, test, type RunningHost } from './harness.ts';
import { openLibrary, openTrace } from './page-handles.ts';

const BEFORE = `
  trace before workflow="Refund desk"
  Triage      agent       0--------------------400
    gpt-5     generation  0------100               in=100 out=20
    lookup    function           100---200         !timeout
    refund    function                 200-----400
`;
const AFTER = `
  trace after workflow="Refund desk"
  Triage      agent       0----------300
    gpt-5     generation  0------120               in=90 out=20
    lookup    function           120---200
    search    function                 200-300
`;

const SYSTEM = 'You are the billing agent.\nRefunds above 50 € need a second check.\nNever promise a date.';

/** The records of a drawing, its one call of a model with words. */
function withWords(drawing: string, prefix: string, system: string, answer: string): readonly JsonObject[] {
  const input = [
    { role: 'system', content: system },
    { role: 'user', content: 'I was charged twice.' },
  ];
  const output = [{ role: 'assistant', content: answer }];
  const text = JSON.stringify(recordsOfText(drawing)).replaceAll(/"s(\d)"/g, `"${prefix}$1"`);
  return (JSON.parse(text) as JsonObject[]).map((record) => {
    const data = record['span_data'] as JsonObject | undefined;
    return data?.['type'] === 'generation' ? { ...record, span_data: { ...data, input, output } } : record;
  });
}

async function bring(host: RunningHost): Promise<void> {
  const data = [
    ...withWords(BEFORE, 'a', SYSTEM, 'I return the second charge to the bank account.'),
    ...withWords(AFTER, 'b', SYSTEM.replace('50', '100'), 'I return the second charge to the card.'),
  ];
  expect(await postBody(host, '/v1/traces/ingest', JSON.stringify({ data }))).toBe(204);
}

test('two traces that were chosen in the library stand as one tree, and a call says what was told otherwise', async ({
  page,
  host,
}) => {
  await bring(host);
  const library = await openLibrary(page, host);
  await expect(library.locator('[data-trace-id]')).toHaveCount(2);
  await page.keyboard.press('Control+a');
  await library.getByRole('button', { name: 'Compare', exact: true }).click();
  const compare = page.getByTestId('compare');
  await expect(compare.locator('[role="row"]')).toHaveCount(6);
  const row = (name: string) => compare.getByRole('row').filter({ hasText: name });
  await expect(row('lookup')).toContainText(/error gone|new error/);
  await expect(row('search')).toContainText(/only in [AB]/);
  await expect(row('refund')).toContainText(/only in [AB]/);
  await expect(row('gpt-5')).toContainText('prompt and answer changed');
  await row('gpt-5').click();
  const side = compare.getByRole('complementary');
  await expect(side.locator('del')).not.toHaveCount(0);
  await expect(side).toContainText('Refunds above 100 € need a second check.');
  await expect(side).toContainText('Never promise a date.');
  await expect(side).toContainText(/similar \d\d %/);
});

test('from a trace one chooses the other by keys, walks the lines and opens a span where it is', async ({
  page,
  host,
}) => {
  await bring(host);
  await openLibrary(page, host);
  const trace = await openTrace(page, host, 'before');
  await trace.getByRole('button', { name: 'Compare …' }).click();
  const pick = page.getByTestId('compare-pick');
  await expect(pick.getByRole('textbox')).toBeFocused();
  await page.keyboard.type('refund');
  await expect(pick.getByRole('listitem')).toHaveCount(1);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const compare = page.getByTestId('compare');
  await expect(compare).toContainText('400 ms → 300 ms');
  await compare.getByRole('treegrid').focus();
  await page.keyboard.press('End');
  await expect(compare.locator('[aria-selected="true"]')).toContainText('search');
  await compare.getByRole('button', { name: 'Swap' }).click();
  await expect(compare).toContainText('300 ms → 400 ms');
  await compare.getByRole('row').filter({ hasText: 'refund' }).click();
  await compare.getByRole('button', { name: 'Open in B' }).click();
  await expect(page.getByTestId('inspector')).toContainText('refund');
  await page.goBack();
  await expect(compare).toBeVisible();
});

test('a trace that is not in the library is named in place of the comparison', async ({ page, host }) => {
  await bring(host);
  await openLibrary(page, host);
  await page.evaluate(() => (location.hash = '#/compare?a=before&b=nowhere'));
  await expect(page.getByText('No record of nowhere has arrived')).toBeVisible();
});
