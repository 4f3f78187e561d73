/** The page over MessagePorts, as on the desktop: the same story, and what only a desktop shell asks of it. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDesktopStage } from './desktop-stage.ts';
import { expect, makeDataDirectory, test } from './harness.ts';
import { importFile, lookAtTrace, seeThatItStays, seeTraceComeIn } from './story.ts';

test('with a desktop shell around it, the page needs neither socket nor token', async ({ page }) => {
  const data = await makeDataDirectory();
  const sockets: string[] = [];
  const posts: string[] = [];
  page.on('websocket', (socket) => sockets.push(socket.url()));
  page.on('request', (request) => {
    if (request.method() === 'POST') posts.push(request.url());
  });
  const desktop = await openDesktopStage(page, data, { 'story.jsonl': join(data, 'story.jsonl') });
  const stage = { page, ingest: desktop.ingest, data };
  await seeTraceComeIn(stage);
  await lookAtTrace(stage);
  // The host reads a file that is on disk by its path; none of it passes through the page.
  await importFile(stage);
  await seeThatItStays(stage);
  expect({ sockets, posts }).toEqual({ sockets: [], posts: [] });
  await desktop.end();
  await rm(data, { recursive: true, force: true });
});

test('does what the menus say, and comes back to a host that was started again', async ({ page }) => {
  const data = await makeDataDirectory();
  const desktop = await openDesktopStage(page, data, {});
  await expect(page.getByTestId('status')).toContainText('0 traces');
  await desktop.say({ kind: 'command', command: 'help' });
  await expect(page.getByRole('dialog')).toContainText('Show these keys');
  await page.keyboard.press('Escape');

  const good = join(data, 'opened.jsonl');
  const traceId = 'trace_000000000000000000000000000057a8';
  await writeFile(good, JSON.stringify({ object: 'trace', id: traceId, workflow_name: 'Opened with it' }));
  await desktop.say({ kind: 'files', paths: [good, join(data, 'gone.jsonl')] });
  const report = page.getByTestId('import-report');
  await expect(report).toContainText('opened.jsonl');
  await expect(report).toContainText('gone.jsonl');
  await desktop.say({ kind: 'command', command: 'library' });
  const row = page.getByTestId('library').locator(`[data-trace-id="${traceId}"]`);
  await expect(row).toContainText('Opened with it');

  await desktop.restartHost();
  await expect(page.getByTestId('status')).toContainText('1 trace', { timeout: 15_000 });
  await expect(row).toBeVisible();
  await desktop.end();
  await rm(data, { recursive: true, force: true });
});
