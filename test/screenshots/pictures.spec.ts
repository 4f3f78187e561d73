/** `npm run screenshots`: the pictures of the README, taken of the real app with generated traces in it. */
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, runCliJson, test, type RunningHost } from '../e2e/harness.ts';
import { openLibrary, openTrace } from '../e2e/page-handles.ts';
import type { TraceTruth } from '../generate/truth.ts';
import { findDrawableCall, generateShelf, type Shelf } from './shelf.ts';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '../../docs/pictures');
const LOOK = { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1.5, timezoneId: 'UTC' };
/** Traces of a size that fills the picture and can still be read. */
const READABLE = { least: 40, most: 90 };

for (const colorScheme of ['light', 'dark'] as const) {
  test(`library and trace, ${colorScheme}`, async ({ browser, host }) => {
    const shelf = generateShelf(Date.now() * 1000);
    const chosen = chooseSpan(shelf);
    await fill(host, shelf);
    const context = await browser.newContext({ ...LOOK, colorScheme });
    const page = await context.newPage();
    const library = await openLibrary(page, host);
    await expect(library.locator('[data-trace-id]').first()).toBeVisible();
    await page.screenshot({ path: join(FOLDER, `library-${colorScheme}.png`), animations: 'disabled' });

    const trace = await openTrace(page, host, chosen.traceId);
    await trace.locator(`[data-span-id="${chosen.spanId}"]`).click();
    // The inspector has the payload once it names a role of the conversation.
    await expect(page.getByTestId('inspector')).toContainText(/system|user/i);
    await page.screenshot({ path: join(FOLDER, `trace-${colorScheme}.png`), animations: 'disabled' });
    await context.close();
  });
}

async function fill(host: RunningHost, { lines }: Shelf): Promise<void> {
  const file = join(host.data, 'today.jsonl');
  await writeFile(file, `${lines.join('\n')}\n`);
  await runCliJson(['import', file, '--data', host.data]);
}

/** In the readable trace that shows the most (handoffs, tools), a call of a model whose text can be drawn. */
function chooseSpan(shelf: Shelf): { readonly traceId: string; readonly spanId: string } {
  const shows = ({ handoffs, tools }: TraceTruth): number =>
    Math.min(handoffs.length, 3) * 5 + Object.keys(tools).length;
  const readable = shelf.traces.filter(({ spans }) => spans >= READABLE.least && spans <= READABLE.most);
  for (const { id } of readable.sort((a, b) => shows(b) - shows(a))) {
    const spanId = findDrawableCall(shelf, id);
    if (spanId !== undefined) return { traceId: id, spanId };
  }
  throw new Error('no generated trace can be read in a picture');
}
