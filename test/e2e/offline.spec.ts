/** Nothing leaves the machine: every request of the page, counted. */
import { expect, postBody, test } from './harness.ts';
import { openLibrary, openTrace } from './page-handles.ts';

const TRACE_ID = 'trace_0123456789abcdef0123456789abcdef';
const BODY = JSON.stringify({
  data: [
    // Text of a trace is hostile: none of these may make the page ask anybody for anything.
    {
      object: 'trace',
      id: TRACE_ID,
      workflow_name: '<img src="http://outside.example/a.png">',
      group_id: null,
      metadata: {},
    },
    {
      object: 'trace.span',
      id: 'span_0123456789abcdef01234567',
      trace_id: TRACE_ID,
      parent_id: null,
      started_at: '2026-11-22T11:00:00.000Z',
      ended_at: '2026-11-22T11:00:01.500Z',
      span_data: {
        type: 'function',
        name: 'fetch',
        input: '{"url":"https://outside.example/"}',
        output: '![x](http://outside.example/b.png)',
      },
      error: null,
    },
  ],
});

test('the page asks loopback only, with hostile text on it', async ({ page, host }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('websocket', (socket) => asked.push(socket.url()));
  const violations: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) violations.push(message.text());
  });
  expect(await postBody(host, '/v1/traces/ingest', BODY)).toBe(204);

  const library = await openLibrary(page, host);
  await expect(library.locator(`[data-trace-id="${TRACE_ID}"]`)).toBeVisible();
  await openTrace(page, host, TRACE_ID);
  await page.goto(`${new URL(host.ui).origin}/#/trace/${TRACE_ID}?span=span_0123456789abcdef01234567`);
  await expect(page.getByTestId('inspector')).toContainText('outside.example');

  expect(asked.some((url) => url.startsWith('ws:'))).toBe(true);
  const outside = asked.filter((url) => !isLoopback(url));
  expect(outside).toEqual([]);
  // What the page does itself keeps to the policy that it is served with.
  expect(violations).toEqual([]);
});

function isLoopback(address: string): boolean {
  const url = new URL(address);
  return ['data:', 'blob:', 'about:'].includes(url.protocol) || url.hostname === '127.0.0.1';
}
