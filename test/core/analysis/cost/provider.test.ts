/** The same model costs what the one who sold it asks. */
import { expect, test } from 'vitest';
import { computeSpanCosts } from '../../../../core/analysis/cost/span-costs.ts';
import { linkSpans } from '../../../../core/analysis/span-tree.ts';
import type { JsonObject } from '../../../../core/model/json.ts';
import { foldRecords } from '../../../build/arbitrary-trace.ts';
import { snapshotBook } from './snapshot.ts';

const book = snapshotBook();

function costOf(data: JsonObject): number | undefined {
  const span = {
    object: 'trace.span',
    id: 's1',
    trace_id: 't1',
    parent_id: null,
    started_at: '2026-09-01T00:00:00Z',
    ended_at: '2026-09-01T00:00:01Z',
    error: null,
    span_data: { type: 'generation', usage: { input_tokens: 1_000_000, output_tokens: 0 }, ...data },
  };
  const table = foldRecords([span]);
  return computeSpanCosts(table, linkSpans(table), book).sum.usd;
}

function priceOf(model: string, provider: string): number | undefined {
  const found = book.choose(model, provider, Number.NaN);
  return found?.dated.rates.input?.usd;
}

test('a provider that the span names sets the price', () => {
  const model = 'llama-3.3-70b-versatile';
  expect(costOf({ model, provider: 'groq' })).toBe(priceOf(model, 'groq'));
  expect(costOf({ model, provider: 'groq' })).toBeGreaterThan(0);
});

test('the words of OpenTelemetry for a provider are those of the price table', () => {
  expect(book.choose('gpt-4o', 'azure.ai.openai', Number.NaN)?.provider.id).toMatch(/^(azure|openai)$/);
  expect(book.choose('grok-3', 'x_ai', Number.NaN)?.provider.id).toBe('x-ai');
  expect(book.choose('gemini-2.5-flash', 'gcp.vertex_ai', Number.NaN)?.provider.id).toBe('google');
});

test('the address of the client is as good as a name', () => {
  const said = costOf({ model: 'gpt-5', provider: 'openai' });
  expect(costOf({ model: 'gpt-5', model_config: { base_url: 'https://api.openai.com/v1/' } })).toBe(said);
});

test('what one does not sell is not sold at the price of another, unless the name says whose it is', () => {
  expect(costOf({ model: 'gpt-5', provider: 'anthropic' })).toBeUndefined();
  expect(costOf({ model: 'anthropic/claude-sonnet-4-5', provider: 'openai' })).toBe(
    costOf({ model: 'claude-sonnet-4-5', provider: 'anthropic' }),
  );
});

test('a provider that nobody knows leaves the model to its maker', () => {
  expect(costOf({ model: 'gpt-5', provider: 'our-own-gateway' })).toBe(costOf({ model: 'gpt-5' }));
});
