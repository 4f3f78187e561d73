/** A large trace is seen at once, from what the host keeps of it; what comes behind it changes no pixel. */
import type { Page } from '@playwright/test';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeSingleTrace } from '../bench/trace/single-trace.ts';
import { runCliJson } from '../running-host/running-host.ts';
import { askHost } from './ask-host.ts';
import { expect, test } from './harness.ts';
import { openLibrary } from './page-handles.ts';

const SPANS = 6000;

/** Holds back what the page asks for by this name, until it is let go. */
async function holdRequest(page: Page, name: string): Promise<() => void> {
  const held: (() => void)[] = [];
  let open = false;
  await page.routeWebSocket(/rpc/, (socket) => {
    const host = socket.connectToServer();
    socket.onMessage((message) => {
      const send = (): void => {
        host.send(message);
      };
      if (!open && typeof message === 'string' && message.includes(`"${name}"`)) held.push(send);
      else send();
    });
  });
  return () => {
    open = true;
    for (const send of held) send();
  };
}

test('a large trace is painted before its spans are there, and looks the same when they are', async ({
  page,
  host,
}, info) => {
  const trace = await writeSingleTrace(info.outputPath('trace.jsonl'), SPANS);
  await runCliJson(['import', trace.path, '--data', host.data]);
  // Whoever has it folded has it drawn.
  await askHost(host.ui, (line) => line.request('trace.open', { traceId: trace.id }));
  const letGo = await holdRequest(page, 'trace.open');
  await openLibrary(page, host);
  const drawings = join(host.data, 'drawings');
  await expect.poll(() => (existsSync(drawings) ? readdirSync(drawings) : [])).toHaveLength(1);

  await page.evaluate((id) => (location.hash = `#/trace/${id}`), trace.id);
  await expect(page.getByTestId('reading')).toContainText('Reading 6,000 spans');
  const flame = page.getByTestId('flame');
  await expect(flame).toHaveAttribute('aria-busy', 'true');
  // Nothing of it can be chosen yet.
  await page.keyboard.press('e');
  await flame.click({ position: { x: 200, y: 100 }, force: true });
  await expect(page).not.toHaveURL(/span=/);
  await page.mouse.move(2, 2);
  await flame.focus();
  const first = await flame.screenshot();

  letGo();
  await expect(page.getByTestId('reading')).toHaveCount(0);
  await expect(flame).toHaveAttribute('aria-busy', 'false');
  await expect(page.getByTestId('waterfall')).toBeVisible();
  await expect.poll(async () => (await flame.screenshot()).equals(first)).toBe(true);
  await flame.focus();
  await page.keyboard.press('e');
  await expect(page).toHaveURL(/span=/);
});
