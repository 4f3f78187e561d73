/** The conversation as a person reads it: what is new in each call, tools with results, handoffs with reasons. */
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, postBody, runCliJson, test, type RunningHost } from './harness.ts';
import { openLibrary } from './page-handles.ts';
import { tracesOf } from './truth.ts';

const SAMPLE = fileURLToPath(new URL('../../resources/sample/sample.jsonl', import.meta.url));
const TRACE = 'trace_conversation';
const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAFklEQVR42mP4z8DwnxLMMGrAqAHDxQAAeTT+EOKYVLkAAAAASUVORK5CYII=';

function spanOf(
  id: string,
  parentId: string | null,
  seconds: readonly [number, number],
  data: object,
): object {
  const iso = (second: number): string => new Date(1_768_212_000_000 + second * 1000).toISOString();
  return {
    ...{ object: 'trace.span', id, trace_id: TRACE, parent_id: parentId, error: null },
    ...{ started_at: iso(seconds[0]), ended_at: iso(seconds[1]), span_data: data },
  };
}

function callOf(input: readonly object[], output: readonly object[], tokens: number): object {
  const usage = { input_tokens: tokens, output_tokens: 9 };
  return { type: 'generation', model: 'gpt-5', input, output, usage };
}

/** Words that would act if they were ever anything but words. */
const HOSTILE =
  'See <img src="http://127.0.0.2:9/x.png" onerror="document.title=\'owned\'"> ![pixel](http://127.0.0.2:9/p.png) [go](javascript:void(0))';

function recordsOfTalk(): readonly object[] {
  const system = { role: 'system', content: 'You are the desk.' };
  const image = (url: string): object => ({ type: 'image_url', image_url: { url } });
  const ask = {
    role: 'user',
    content: [{ type: 'text', text: HOSTILE }, image(PIXEL), image('http://127.0.0.2:9/far.png')],
  };
  const transfer = {
    role: 'assistant',
    content: null,
    tool_calls: [
      { id: 'c1', function: { name: 'transfer_to_billing', arguments: '{"reason":"card declined"}' } },
    ],
  };
  const given = { role: 'tool', tool_call_id: 'c1', content: 'Billing' };
  const answer = { role: 'assistant', content: '**Refunded.**' };
  return [
    { object: 'trace', id: TRACE, workflow_name: 'Talk', group_id: null, metadata: {} },
    spanOf('span_desk', null, [0, 3], { type: 'agent', name: 'Desk', handoffs: ['Billing'], tools: [] }),
    spanOf('span_one', 'span_desk', [0, 2], callOf([system, ask], [transfer], 100)),
    spanOf('span_over', 'span_desk', [2, 3], { type: 'handoff', from_agent: 'Desk', to_agent: 'Billing' }),
    spanOf('span_billing', null, [3, 6], { type: 'agent', name: 'Billing', handoffs: [], tools: [] }),
    spanOf('span_two', 'span_billing', [3, 5], callOf([ask, transfer, given], [answer], 160)),
  ];
}

async function openConversation(page: Page, host: RunningHost, traceId: string): Promise<void> {
  await openLibrary(page, host);
  await page.goto(`${new URL(host.ui).origin}/#/trace/${traceId}?view=conversation`);
  await expect(page.getByTestId('conversation').locator('[data-entry]').first()).toBeVisible();
}

test('hostile words stay words, images of the trace are shown, and nothing is fetched', async ({
  page,
  host,
}) => {
  const outside: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith('blob:') && new URL(url).origin !== new URL(host.ui).origin) outside.push(url);
  });
  expect(await postBody(host, '/v1/traces/ingest', JSON.stringify({ data: recordsOfTalk() }))).toBe(204);
  await openConversation(page, host, TRACE);
  const conversation = page.getByTestId('conversation');
  await expect(conversation).toContainText('<img src="http://127.0.0.2:9/x.png"');
  await expect(conversation).toContainText('javascript:void(0)');
  await expect(conversation).toContainText('Not in the trace, and not fetched: http://127.0.0.2:9/far.png');
  await expect(conversation.locator('a')).toHaveCount(0);
  await expect(conversation.locator('img')).toHaveCount(1);
  const drawn = (image: HTMLElement): number => (image as HTMLImageElement).naturalWidth;
  await expect.poll(() => conversation.locator('img').evaluate(drawn)).toBe(16);
  expect(await page.title()).not.toBe('owned');
  expect(outside).toEqual([]);
});

test('a handoff says why and how long it took, repeated context is one line, and the switches act', async ({
  page,
  host,
}) => {
  expect(await postBody(host, '/v1/traces/ingest', JSON.stringify({ data: recordsOfTalk() }))).toBe(204);
  await openConversation(page, host, TRACE);
  const conversation = page.getByTestId('conversation');
  await expect(conversation.locator('[data-passage="handoff"]')).toContainText(
    'Desk → Billingreason: card declined · first answer after 3.00 s',
  );
  const fold = conversation.getByRole('button', { name: /^The same 2 messages as before/ });
  await expect(fold).toBeVisible();
  await expect(conversation.locator('strong')).toHaveText('Refunded.');
  await conversation.getByRole('button', { name: 'Markdown' }).click();
  await expect(conversation).toContainText('**Refunded.**');
  await conversation.getByRole('button', { name: 'Fold repeated context' }).click();
  await expect(conversation.locator('img')).toHaveCount(2);
  const context = page.getByRole('region', { name: 'Context' });
  await expect(context).toContainText('260 tokens');
  await expect(context).toContainText('100 (38.5 %)');
  await context.getByRole('button', { name: /^Call 2: 160 tokens/ }).click();
  await expect(page).toHaveURL(/span=span_two/);
});

test('tools stand with their results, the search finds where a word was first said', async ({
  page,
  host,
}) => {
  await runCliJson(['import', SAMPLE, '--data', host.data]);
  const traces = tracesOf(await runCliJson(['list', '--data', host.data]));
  const support = traces.find(({ workflowName }) => workflowName === 'Customer support')?.id ?? '';
  await openConversation(page, host, support);
  const conversation = page.getByTestId('conversation');
  await conversation.getByRole('button', { name: 'lookup_invoice: arguments and result' }).click();
  await expect(conversation).toContainText('INV-1042');
  await page.getByRole('group', { name: /^Messages/ }).focus();
  await page.keyboard.press('/');
  await page.keyboard.type('charged twice');
  await expect(conversation.getByRole('status').first()).toHaveText('1 match');
  await page.keyboard.press('Enter');
  await expect(conversation.getByRole('status').first()).toHaveText('1 of 1 match');
  await expect(page).toHaveURL(/span=/);
  await expect(page.getByTestId('inspector').getByRole('heading').first()).toBeVisible();
});
