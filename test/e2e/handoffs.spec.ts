/** The handoffs of a trace as a person finds them: by key, as graph, lanes and table, each leading to its spans. */
import { expect, postBody, test } from './harness.ts';
import { openLibrary } from './page-handles.ts';
import { importSample } from './sample.ts';

test('cards and arrows tell the story and lead to their spans', async ({ page, host }) => {
  const ids = await importSample(host);
  const library = await openLibrary(page, host);
  await library.locator(`[data-trace-id="${ids.get('Customer support') ?? ''}"]`).click();
  await expect(page.getByTestId('flame')).toBeVisible();
  await page.keyboard.press('3');
  const handoffs = page.getByTestId('handoffs');
  await expect(handoffs).toContainText(
    '3 agents, 3 handoffs, loop Billing agent → Refunds agent → Billing agent',
  );
  await expect(page).toHaveURL(/view=handoffs/);

  const inspector = page.getByTestId('inspector');
  await handoffs.getByRole('button', { name: /^Handoff from Refunds agent to Billing agent/ }).click();
  await expect(inspector.getByRole('heading').first()).toHaveText('→ Billing agent');
  await handoffs.getByRole('button', { name: '1 error in runs of Billing agent' }).click();
  await expect(inspector.getByRole('heading').first()).toHaveText('refund_payment');

  // Each click on a card is the next run of its agent, and the address says which.
  const card = handoffs.getByRole('button', { name: /^Billing agent, 2 runs/ });
  await card.click();
  const first = new URL(page.url()).hash;
  await card.click();
  expect(new URL(page.url()).hash).not.toBe(first);
  await card.click();
  expect(new URL(page.url()).hash).toBe(first);
});

test('lanes are walked by key, and the table says the same', async ({ page, host }) => {
  const ids = await importSample(host);
  await openLibrary(page, host);
  await page.goto(`${new URL(host.ui).origin}/#/trace/${ids.get('Customer support') ?? ''}?view=handoffs`);
  const handoffs = page.getByTestId('handoffs');
  await handoffs.getByRole('button', { name: 'Lanes' }).click();
  await expect(handoffs.locator('[data-visit]')).toHaveCount(4);
  await handoffs.getByRole('group', { name: /^Runs of the agents/ }).focus();
  const inspector = page.getByTestId('inspector').getByRole('heading').first();
  for (const name of ['Triage agent', 'Billing agent', 'Refunds agent', 'Billing agent']) {
    await page.keyboard.press('ArrowRight');
    await expect(inspector).toHaveText(name);
  }
  await handoffs.getByRole('button', { name: 'Table' }).click();
  const passages = handoffs.getByRole('table', { name: 'Passages from agent to agent' });
  await expect(passages.getByRole('row')).toHaveCount(4);
  await expect(handoffs.getByRole('table', { name: 'Agents' })).toContainText('refund_payment ×1 failed');
});

test('agents as tools are calls, two runs follow each other, one agent says that it was alone', async ({
  page,
  host,
}) => {
  const ids = await importSample(host);
  await openLibrary(page, host);
  const open = (name: string): Promise<unknown> =>
    page.goto(`${new URL(host.ui).origin}/#/trace/${ids.get(name) ?? ''}?view=handoffs`);
  const handoffs = page.getByTestId('handoffs');
  await open('Research report');
  await expect(handoffs.locator('[data-edge="call"]')).toHaveCount(3);
  await open('Two questions');
  await expect(handoffs.locator('[data-edge="next"]')).toHaveCount(1);
  await open('Nightly import');
  await expect(handoffs).toContainText('One agent did it all');
});

test('a trace without spans says so, and shows them as they come; what was chosen stays chosen', async ({
  page,
  host,
}) => {
  const event = (kind: string, item: object): string => JSON.stringify({ event: kind, item });
  const trace = { object: 'trace', id: 'trace_live', workflow_name: 'Live', group_id: null, metadata: {} };
  const agent = (id: string, name: string, endedAt: string | null): object => ({
    ...{ object: 'trace.span', id, trace_id: 'trace_live', parent_id: null, error: null },
    ...{ started_at: new Date().toISOString(), ended_at: endedAt, span_data: { type: 'agent', name } },
  });
  expect(await postBody(host, '/v1/events', event('on_trace_start', trace))).toBe(204);
  await openLibrary(page, host);
  await page.goto(`${new URL(host.ui).origin}/#/trace/trace_live`);
  await expect(page.getByTestId('no-spans')).toContainText('No span of this trace has arrived yet');

  expect(await postBody(host, '/v1/events', event('on_span_start', agent('span_a', 'First', null)))).toBe(
    204,
  );
  const row = page.locator('[data-span-id="span_a"]');
  await row.click();
  await page.getByRole('button', { name: 'Handoffs', exact: true }).click();
  await expect(page.getByTestId('handoffs').getByRole('button', { name: /^First, running/ })).toBeVisible();
  const ended = agent('span_b', 'Second', new Date().toISOString());
  expect(await postBody(host, '/v1/events', event('on_span_end', ended))).toBe(204);
  await expect(page.getByTestId('handoffs')).toContainText('Second');
  await expect(page).toHaveURL(/span=span_a/);
});
