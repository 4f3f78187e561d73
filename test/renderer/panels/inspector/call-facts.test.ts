import { expect, test } from 'vitest';
import { readCallFacts } from '../../../../renderer/panels/inspector/call-facts.ts';
import { describeKindRule } from '../../../../renderer/panels/inspector/kind-rule.ts';

test('a call says its provider, settings, usage and recorded cost', () => {
  const facts = readCallFacts({
    span_data: {
      ...{ type: 'generation', provider: 'openai', finish_reason: 'stop', time_to_first_token_ms: 420 },
      model_config: { temperature: 0.2, top_p: null, stop: [], reasoning: { effort: null } },
      usage: { input_tokens: 10, output_tokens: 4, input_tokens_details: { cached_tokens: 6 } },
      recorded_cost: { total: 0.0123, from: 'gen_ai.usage.cost' },
      tools: [{}, {}],
    },
    origin: { accounting: { mode: 'exclusive', reason: 'more was cached than the input holds' } },
  });
  expect(facts).toMatchObject({
    ...{ provider: 'openai', finish: 'stop', firstTokenMs: 420, tools: 2 },
    settings: [['temperature', 0.2]],
    usage: { input: 10, output: 4, cached: 6 },
    cost: { usd: 0.0123, from: 'gen_ai.usage.cost' },
  });
  expect(facts.counted).toBe(
    'The cache was reported beside the input and was added to it: more was cached than the input holds.',
  );
});

test('a response says of itself what the API sent back', () => {
  const response = { id: 'r1', status: 'completed', temperature: 1, tools: [], usage: { input_tokens: 3 } };
  expect(readCallFacts({ span_data: { type: 'response', response } })).toMatchObject({
    ...{ responseId: 'r1', finish: 'completed', tools: 0, settings: [['temperature', 1]] },
    usage: { input: 3, output: undefined },
  });
});

test('hostile shapes are passed over', () => {
  for (const span_data of [null, 'x', { usage: 'many', recorded_cost: [1], model_config: 4, tools: {} }]) {
    expect(readCallFacts({ span_data })).toMatchObject({
      ...{ provider: undefined, usage: undefined, cost: undefined, counted: undefined, tools: 0 },
      settings: [],
    });
  }
});

test('the rule that told a kind is said in words, with the value where one attribute decided', () => {
  const attributes = { 'openinference.span.kind': 'LLM' };
  expect(describeKindRule({ rule: 8, attributes })).toBe('Rule 8: openinference.span.kind is “LLM”');
  expect(describeKindRule({ rule: 8 })).toBe('Rule 8: openinference.span.kind says so');
  expect(describeKindRule({ rule: 23 })).toBe('Rule 23: it names a model');
  expect(describeKindRule({ rule: 99 })).toBe('Rule 99');
  expect(describeKindRule({})).toBeUndefined();
});
