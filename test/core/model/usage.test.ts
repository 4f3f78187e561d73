import { expect, test } from 'vitest';

import { readUsage } from '../../../core/model/usage.ts';

const WHOLE = { input: 10, output: 4, cached: 3, cacheWrite: 5, reasoning: 2, total: 14 };

test.each([
  [
    'Python generation and response',
    {
      requests: 1,
      input_tokens: 10,
      output_tokens: 4,
      total_tokens: 14,
      input_tokens_details: { cached_tokens: 3, cache_write_tokens: 5 },
      output_tokens_details: { reasoning_tokens: 2 },
    },
  ],
  [
    'the JavaScript exporter',
    {
      input_tokens: 10,
      output_tokens: 4,
      details: {
        total_tokens: 14,
        input_tokens_details: { cached_tokens: 3, cache_write_tokens: 5 },
        output_tokens_details: { reasoning_tokens: 2 },
      },
    },
  ],
  [
    'Chat Completions',
    {
      prompt_tokens: 10,
      completion_tokens: 4,
      total_tokens: 14,
      prompt_tokens_details: { cached_tokens: 3, cache_write_tokens: 5 },
      completion_tokens_details: { reasoning_tokens: 2 },
    },
  ],
  [
    'a serialised run state',
    {
      inputTokens: 10,
      outputTokens: 4,
      totalTokens: 14,
      inputTokensDetails: [{ cached_tokens: 3, cacheWriteTokens: 5 }],
      outputTokensDetails: [{ reasoning_tokens: 2 }],
    },
  ],
])('the usage of %s is read whole', (_, usage) => {
  expect(readUsage(usage)).toEqual(WHOLE);
});

test('tasks and turns say nothing of reasoning, which stays unknown', () => {
  const usage = { input_tokens: 10, output_tokens: 4, cached_input_tokens: 3, cache_write_input_tokens: 2 };
  expect(readUsage(usage)).toEqual({
    input: 10,
    output: 4,
    cached: 3,
    cacheWrite: 2,
    reasoning: undefined,
    total: undefined,
  });
});

test('the spelling of the tracing guide is read', () => {
  expect(readUsage({ request_tokens: 1, response_tokens: 2, total_tokens: 3 })).toMatchObject({
    input: 1,
    output: 2,
    total: 3,
  });
});

test('fault 26: negative, fractional, huge and non-numeric counts are unknown', () => {
  for (const count of [-1, 1.5, 2 ** 53, Number.POSITIVE_INFINITY, '12', null]) {
    expect(readUsage({ input_tokens: count, output_tokens: 7 })).toMatchObject({
      input: undefined,
      output: 7,
    });
  }
});

test('what holds no count is no usage', () => {
  for (const value of [undefined, null, 'none', [], {}, { input_tokens: 'many' }]) {
    expect(readUsage(value)).toBeUndefined();
  }
});
