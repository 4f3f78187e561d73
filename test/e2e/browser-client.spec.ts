/** The tracing library in a page of somebody else's server: it reports where the user let it in, and nowhere else. */
import { createServer, type Server } from 'node:http';
import { readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, makeDataDirectory, runCliJson, startHost, test } from './harness.ts';
import { tracesOf } from './truth.ts';

const LIBRARY = new URL('../../out/clients/tracing-browser.mjs', import.meta.url);

/** Makes a trace with one model call, and says on the page what became of it. */
const PROGRAM = `
  import { agentSpan, flushTraces, generationSpan, setTraceProcessors, trace, WorkbenchProcessor } from './tracing.mjs';
  setTraceProcessors([new WorkbenchProcessor({ url: new URLSearchParams(location.search).get('door') })]);
  trace({ workflowName: 'In a page' }, () =>
    agentSpan({ name: 'Guide' }, () =>
      generationSpan({ model: 'm', usage: { input_tokens: 9, output_tokens: 4 } }, () => 'hi')));
  await flushTraces();
  document.body.textContent = 'flushed';`;

let server: Server;
let origin = '';

test.beforeAll(async () => {
  server = createServer((request, response) => {
    const isLibrary = request.url === '/tracing.mjs';
    response.setHeader('content-type', isLibrary ? 'text/javascript' : 'text/html');
    if (isLibrary) void readFile(LIBRARY).then((text) => response.end(text));
    else response.end(`<!doctype html><body>running<script type="module">${PROGRAM}</script>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
test.afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Runs the page to its end; answers what it told its console. */
async function runPage(page: Page, door: string): Promise<readonly string[]> {
  const words: string[] = [];
  page.on('console', (message) => words.push(message.text()));
  await page.goto(`${origin}/?door=${encodeURIComponent(door)}`);
  await expect(page.locator('body')).toHaveText('flushed', { timeout: 20_000 });
  return words;
}

test('a page whose origin is listed brings its traces here', async ({ page }) => {
  const data = await makeDataDirectory();
  await writeFile(join(data, 'settings.json'), JSON.stringify({ allowedOrigins: [origin] }));
  const host = await startHost({ data });
  try {
    expect(await runPage(page, host.ingest)).toEqual([]);
    expect(tracesOf(await runCliJson(['list', '--data', data]))).toMatchObject([
      { workflowName: 'In a page', status: 'completed', spans: 2, models: ['m'], agents: ['Guide'] },
    ]);
  } finally {
    await host.stop();
    await rm(data, { recursive: true, force: true });
  }
});

test('a page that is not listed is refused, and goes on', async ({ page, host }) => {
  const words = await runPage(page, host.ingest);
  expect(words.join('\n')).toContain('CORS');
  expect(tracesOf(await runCliJson(['list', '--data', host.data]))).toEqual([]);
});
