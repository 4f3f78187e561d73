/** `npm run screenshots`: the pictures of the README, taken of the real app with generated traces in it. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, postBody, test } from '../e2e/harness.ts';
import { openLibrary, openTrace } from '../e2e/page-handles.ts';
import { generateBodies } from '../generate/generate.ts';
import type { TraceTruth } from '../generate/truth.ts';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '../../docs/pictures');
const VIEWPORT = { width: 1280, height: 800 };
/** Traces of a size that fills the picture and can still be read. */
const READABLE = { least: 40, most: 90 };

for (const colorScheme of ['light', 'dark'] as const) {
  test(`library and trace, ${colorScheme}`, async ({ browser, host }) => {
    const traces: TraceTruth[] = [];
    const startUs = (Date.now() - 3 * 3_600_000) * 1000;
    const options = { seed: 11, spans: 1500, startUs, onTrace: (truth: TraceTruth) => traces.push(truth) };
    for (const body of generateBodies(options, 100)) {
      expect(await postBody(host, '/v1/traces/ingest', body)).toBe(204);
    }
    const context = await browser.newContext({ viewport: VIEWPORT, deviceScaleFactor: 2, colorScheme });
    const page = await context.newPage();
    const library = await openLibrary(page, host);
    await expect(library.locator('[data-trace-id]').first()).toBeVisible();
    await page.screenshot({ path: join(FOLDER, `library-${colorScheme}.png`), animations: 'disabled' });

    const trace = chooseTrace(traces);
    await openTrace(page, host, trace.id);
    await expect(page.getByTestId('flame')).toBeVisible();
    await page.screenshot({ path: join(FOLDER, `trace-${colorScheme}.png`), animations: 'disabled' });
    await context.close();
  });
}

/** The readable trace with the most handoffs and tools: it shows the most. */
function chooseTrace(traces: readonly TraceTruth[]): TraceTruth {
  const shows = (trace: TraceTruth): number => trace.handoffs.length * 5 + Object.keys(trace.tools).length;
  const readable = traces.filter((trace) => trace.spans >= READABLE.least && trace.spans <= READABLE.most);
  const [best] = readable.sort((a, b) => shows(b) - shows(a));
  if (best === undefined) throw new Error('no generated trace has a size that can be read in a picture');
  return best;
}
