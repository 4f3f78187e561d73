import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openPriceBook } from '../../../../core/analysis/cost/open-price-book.ts';
import { readPrices } from '../../../../electron/host/prices/read-prices.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'prices-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const write = (text: string): Promise<void> => writeFile(join(directory, 'prices.json'), text);
const own = (usd: number): string =>
  JSON.stringify({ providers: [{ id: 'house', models: [{ id: 'm', prices: { input_mtok: usd } }] }] });

it('has the snapshot with its day where the user has no prices', async () => {
  const state = await readPrices(directory);
  expect(state).toMatchObject({ own: null, problems: [], path: join(directory, 'prices.json') });
  expect(openPriceBook(state).date).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect(openPriceBook(state).id).toMatch(/^genai-prices [\d.]+$/);
});

it('lays the user’s own prices before it, under an id that changes with them', async () => {
  await write(own(1));
  const book = openPriceBook(await readPrices(directory));
  await write(own(2));
  const other = openPriceBook(await readPrices(directory));
  expect(book.choose('m', undefined, 0)?.dated.rates.input?.usd).toBe(1);
  expect(other.choose('m', undefined, 0)?.dated.rates.input?.usd).toBe(2);
  expect(book.id).not.toBe(other.id);
  expect(book.choose('gpt-5', undefined, 0)?.isOwn).toBe(false);
});

it('says what is wrong with the user’s file, and the snapshot holds', async () => {
  for (const [text, problem] of [
    ['{', 'prices.json was passed over: it is not valid JSON.'],
    ['[]', 'prices.json was passed over: it holds no JSON object.'],
    [
      own(-1),
      'prices.json: Model m of provider house has prices of which "input_mtok" is no price in dollars.',
    ],
  ] as const) {
    await write(text);
    const state = await readPrices(directory);
    expect(state.problems).toEqual([problem]);
    expect(openPriceBook(state).choose('gpt-5', undefined, 0)?.provider.id).toBe('openai');
  }
});
