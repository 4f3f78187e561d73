import { describe, expect, it } from 'vitest';
import { PriceBook } from '../../../../core/analysis/cost/price-book.ts';
import { readPriceTable } from '../../../../core/analysis/cost/read-price-table.ts';
import type { Json } from '../../../../core/model/json.ts';
import { readSnapshot, snapshotBook } from './snapshot.ts';

const us = (time: string): number => Date.parse(time) * 1000;
const NOW = us('2026-10-01T12:00:00Z');

function found(book: PriceBook, model: string, provider?: string, at = NOW): string | undefined {
  const price = book.choose(model, provider, at);
  return price && `${price.provider.id} ${price.model.id}`;
}

function read(value: Json): ReturnType<typeof readPriceTable> {
  return readPriceTable(value, 'own');
}

describe('finding the price of a model', () => {
  const book = snapshotBook();

  it.each([
    ['gpt-5', undefined, 'openai gpt-5'],
    ['GPT-5-2025-08-07', undefined, 'openai gpt-5'],
    ['gpt-5-20250807', undefined, 'openai gpt-5'],
    ['openai/gpt-5', undefined, 'openai gpt-5'],
    ['openai:gpt-5', undefined, 'openai gpt-5'],
    ['claude-sonnet-4-5-20250929', undefined, 'anthropic claude-sonnet-4-5'],
    ['gpt-4o', 'azure', 'openai gpt-4o'],
    ['gpt-4o', 'openai.responses', 'openai gpt-4o'],
  ])('takes %s of %s for %s', (model, provider, expected) => {
    expect(found(book, model, provider)).toBe(expected);
  });

  it('knows no price for a model that merely sounds like one', () => {
    expect(found(book, 'my-own-model')).toBeUndefined();
    expect(found(book, 'gpt-5-of-my-own')).toBeUndefined();
    expect(found(book, '')).toBeUndefined();
    expect(found(book, 'constructor', '__proto__')).toBeUndefined();
  });

  it('does not sell the model of one provider at the price of another', () => {
    expect(found(book, 'claude-sonnet-4-5', 'openai')).toBeUndefined();
  });

  it('asks by the name of the model alone where the provider is in no list', () => {
    expect(found(book, 'gpt-5', 'my-gateway')).toBe('openai gpt-5');
  });
});

describe('prices that change', () => {
  const dated = new PriceBook(
    read({
      providers: [
        {
          id: 'p',
          model_match: { contains: 'm' },
          models: [
            {
              id: 'm',
              prices: [
                { prices: { input_mtok: 1 } },
                { constraint: { start_date: '2026-03-01' }, prices: { input_mtok: 2 } },
                { constraint: { start_date: '2026-06-01' }, prices: { input_mtok: 3 } },
              ],
            },
            {
              id: 'nightly-m',
              prices: [
                { prices: { input_mtok: 1 } },
                { constraint: { start_time: '22:00:00Z', end_time: '04:00:00Z' }, prices: { input_mtok: 9 } },
              ],
            },
          ],
        },
      ],
    }).table,
  );
  const rate = (model: string, at: number): number | undefined =>
    dated.choose(model, undefined, at)?.dated.rates.input?.usd;

  it('hold from their day on, in UTC', () => {
    expect(rate('m', us('2026-02-28T23:59:59.999Z'))).toBe(1);
    expect(rate('m', us('2026-03-01T00:00:00Z'))).toBe(2);
    expect(rate('m', us('2027-01-01T00:00:00Z'))).toBe(3);
  });

  it('are the newest where nobody knows when the call was made', () => {
    expect(rate('m', Number.NaN)).toBe(3);
    expect(rate('nightly-m', Number.NaN)).toBe(1);
  });

  it('hold in hours that may run over midnight', () => {
    expect(rate('nightly-m', us('2026-01-01T21:59:59Z'))).toBe(1);
    expect(rate('nightly-m', us('2026-01-01T22:00:00Z'))).toBe(9);
    expect(rate('nightly-m', us('2026-01-02T03:59:59Z'))).toBe(9);
    expect(rate('nightly-m', us('2026-01-02T04:00:00Z'))).toBe(1);
  });
});

describe('a person’s own prices', () => {
  const own = read({
    providers: [
      {
        id: 'house',
        models: [
          { id: 'my-own-model', prices: { input_mtok: 0.1, output_mtok: 0.2 } },
          { id: 'gpt-5', match: { starts_with: 'gpt-5' }, prices: { input_mtok: 1, output_mtok: 8 } },
        ],
      },
    ],
  });
  const book = new PriceBook(readSnapshot().table, own.table);

  it('come first, and add models that the snapshot does not know', () => {
    expect(own.problems).toEqual([]);
    expect(found(book, 'gpt-5')).toBe('house gpt-5');
    expect(found(book, 'my-own-model')).toBe('house my-own-model');
    expect(book.choose('gpt-5', undefined, NOW)?.isOwn).toBe(true);
    expect(found(book, 'gpt-4o')).toBe('openai gpt-4o');
  });

  it('stand in the id of the book, so that figures made without them are stale', () => {
    expect(book.id).not.toBe(snapshotBook().id);
  });

  it('are checked, and what is wrong leaves out one model and is said in a sentence', () => {
    const { table, problems } = read({
      providers: [
        {
          id: 'house',
          models: [
            { id: 'good', prices: { input_mtok: 1 } },
            { id: 'a', prices: { input_mtok: -1 } },
            { id: 'b', match: { begins: 'x' }, prices: {} },
            { id: 'c', match: { regex: '(' }, prices: {} },
            { id: 'd', prices: [{ constraint: { start_date: '2026-02-31x' }, prices: {} }] },
            { prices: {} },
            7,
          ],
        },
        { models: [] },
      ],
    });
    expect(table.providers.map(({ models }) => models.map(({ id }) => id))).toEqual([['good']]);
    expect(problems).toEqual([
      'Model a of provider house has prices of which "input_mtok" is no price in dollars.',
      'Model b of provider house has a "match" with "begins", which is none of equals, starts_with, ends_with, contains, regex, or, and.',
      expect.stringMatching(
        /^Model c of provider house has a "match" with an expression that cannot be read: .*\(/,
      ),
      'Model d of provider house has prices with "2026-02-31x" for a day such as 2026-01-31.',
      'Model 6 of provider house has no "id".',
      'Model 7 of provider house is no object.',
      'Provider 2 of the list has no "id".',
    ]);
    expect(read([]).problems).toEqual(['It must be an object with a list "providers".']);
  });
});
