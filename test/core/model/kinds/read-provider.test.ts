import { expect, test } from 'vitest';
import { readProvider } from '../../../../core/model/kinds/read-provider.ts';

test('what the span says counts before the address of the client', () => {
  const model_config = { base_url: 'https://openrouter.ai/api/v1' };
  expect(readProvider({ provider: 'azure.ai.openai', model_config })).toBe('azure.ai.openai');
  expect(readProvider({ model_config })).toBe('openrouter');
});

test.each([
  ['https://api.openai.com/v1/', 'openai'],
  ['https://ann.openai.azure.com/openai', 'azure'],
  ['http://localhost:8080/v1', undefined],
  ['https://notgroq.com/v1', undefined],
  ['not an address', undefined],
])('the address %s', (base_url, expected) => {
  expect(readProvider({ model_config: { base_url } })).toBe(expected);
});
