/** The handoff map of many traces: what is on it, what a click tells, and how it leads to the traces behind. */
import { recordsOfText } from '../build/read-trace-text.ts';
import { expect, postBody, test, type RunningHost } from './harness.ts';
import { openLibrary } from './page-handles.ts';

/** Triage hands to Billing in every trace; in the first two Billing and Refunds hand round. */
function draw(trace: number): string {
  const round = `
  Billing     agent                    100--------200
    Billing>Refunds  handoff               180-200
  Refunds     agent                            200--------300
    Refunds>Billing  handoff                        290-300
  Billing     agent                                       300---400
`;
  return `
  trace t${String(trace)} workflow="Support" ended
  Triage      agent       0--------100
    Triage>Billing  handoff     90-100
${trace < 2 ? round : '  Billing     agent                    100--------200'}
`;
}

async function bring(host: RunningHost): Promise<void> {
  const data = Array.from({ length: 5 }, (_, trace) => {
    const text = JSON.stringify(recordsOfText(draw(trace)));
    return JSON.parse(text.replaceAll(/"s(\d+)"/g, `"t${String(trace)}s$1"`)) as object[];
  });
  expect(await postBody(host, '/v1/traces/ingest', JSON.stringify({ data: data.flat() }))).toBe(204);
}

test('a click on a line tells what passed there, and leads to its traces in the library', async ({
  page,
  host,
}) => {
  await bring(host);
  await openLibrary(page, host);
  await page.keyboard.press('m');
  const map = page.getByTestId('map');
  await expect(map.getByRole('heading', { level: 1 })).toHaveText('5 traces, 3 agents');
  await expect(map.locator('[data-agent]')).toHaveCount(3);
  await map.getByRole('button', { name: 'Billing to Refunds: 2 handoffs in 2 traces' }).click();
  const side = page.getByTestId('map-side');
  await expect(side.getByRole('heading', { level: 3 })).toHaveText('Billing → Refunds');
  await expect(side).toContainText('2 handoffs in 2 traces');
  await side.getByRole('button', { name: 'Show 2 traces in the library' }).click();
  await expect(page.getByTestId('library').locator('[data-trace-id]')).toHaveCount(2);
  await page.goBack();
  await expect(map.getByRole('heading', { level: 1 })).toHaveText('5 traces, 3 agents');
});

test('agents that hand round stand in the table of loops, and the example opens', async ({ page, host }) => {
  await bring(host);
  await openLibrary(page, host);
  await page.keyboard.press('m');
  const loops = page.getByTestId('loops');
  const row = loops.getByRole('row').filter({ hasText: 'Billing → Refunds → Billing' });
  await expect(row).toContainText('1 round');
  await row.getByRole('button').last().click();
  await expect(page.getByTestId('trace')).toBeVisible();
});

test('the map is of what the query selects, and says so where nothing fits', async ({ page, host }) => {
  await bring(host);
  await openLibrary(page, host);
  await page.evaluate(() => (location.hash = '#/map?query=agent%3ARefunds'));
  const map = page.getByTestId('map');
  await expect(map.getByRole('heading', { level: 1 })).toHaveText('2 traces, 3 agents');
  await map.getByRole('button', { name: 'Table' }).click();
  await expect(map.getByRole('region', { name: 'The handoff map as tables' })).toContainText('Refunds');
  await page.evaluate(() => (location.hash = '#/map?query=agent%3ANobody'));
  await expect(map).toContainText('No trace fits the query.');
});
