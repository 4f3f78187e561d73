/** Vercel's AI SDK with its own mock model, traced by both of its integrations, the older `ai.*` and the newer. */
import { LegacyOpenTelemetry, OpenTelemetry } from '@ai-sdk/otel';
import { generateText, isStepCount, tool, type Telemetry } from 'ai';
import { MockLanguageModelV4, mockValues } from 'ai/test';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { dataOf, ENCODINGS, openTelemetry, type Encoding, type Taken } from './telemetry-to-door.ts';

type Answer = Awaited<ReturnType<MockLanguageModelV4['doGenerate']>>;

function answer(content: Answer['content'], input: number, cacheRead: number, output: number): Answer {
  return {
    content,
    finishReason: { unified: content[0]?.type === 'tool-call' ? 'tool-calls' : 'stop', raw: undefined },
    usage: {
      inputTokens: { total: input, noCache: input - cacheRead, cacheRead, cacheWrite: undefined },
      outputTokens: { total: output, text: output, reasoning: undefined },
    },
    response: { id: 'r-1', modelId: 'gpt-5-2026' },
    warnings: [],
  };
}

async function generate(encoding: Encoding, telemetry: Telemetry): Promise<Taken> {
  const { finish } = await openTelemetry(encoding);
  const next = mockValues(
    answer([{ type: 'tool-call', toolCallId: 'c1', toolName: 'weather', input: '{"town":"Ulm"}' }], 12, 4, 5),
    answer([{ type: 'text', text: 'It is sunny.' }], 20, 0, 4),
  );
  const model = new MockLanguageModelV4({
    provider: 'openai.chat',
    modelId: 'gpt-5',
    doGenerate: () => Promise.resolve(next()),
  });
  const weather = tool({ inputSchema: z.object({ town: z.string() }), execute: () => ({ sky: 'clear' }) });
  await generateText({
    model,
    instructions: 'Be kind.',
    prompt: 'Grüße?',
    tools: { weather },
    stopWhen: isStepCount(3),
    telemetry: { functionId: 'helper', integrations: telemetry },
  });
  return finish();
}

/** What both integrations must come to. */
const COUNTED_ONCE = {
  agents: ['helper'],
  models: ['gpt-5-2026'],
  tools: { weather: { calls: 1, errors: 0 } },
  tokens: { input: 32, output: 9, cached: 4, total: 41, basis: 'model-spans' },
};
const FIRST_CALL = {
  input: [
    { role: 'system', content: 'Be kind.' },
    { role: 'user', content: 'Grüße?' },
  ],
  output: [{ tool_calls: [{ id: 'c1', function: { name: 'weather', arguments: { town: 'Ulm' } } }] }],
};
const LAST_CALL = { output: [{ role: 'assistant', content: 'It is sunny.' }], usage: { total_tokens: 24 } };

it.each(ENCODINGS)('The older integration: calls and tools count once, as %s', async (encoding) => {
  const taken = await generate(encoding, new LegacyOpenTelemetry());
  expect(taken.rejects).toEqual([]);
  expect(taken.summaries).toMatchObject([
    {
      ...COUNTED_ONCE,
      spansByKind: { agent: 1, generation: 2, function: 1 },
      roots: 1,
      depth: 3,
      sources: ['vercel-ai'],
    },
  ]);
  // The outer span says the sum of its calls again.
  expect(dataOf(taken, 'ai.generateText')).toMatchObject([{ aggregate_usage: { total_tokens: 41 } }]);
  const calls = dataOf(taken, 'ai.generateText.doGenerate');
  expect(calls).toMatchObject([
    { ...FIRST_CALL, provider: 'openai', tools: [{ name: 'weather' }] },
    LAST_CALL,
  ]);
});

it.each(ENCODINGS)('The newer integration: calls and tools count once, as %s', async (encoding) => {
  const taken = await generate(encoding, new OpenTelemetry());
  expect(taken.rejects).toEqual([]);
  expect(taken.summaries).toMatchObject([
    {
      ...COUNTED_ONCE,
      spansByKind: { agent: 1, turn: 2, generation: 2, function: 1 },
      roots: 1,
      depth: 3,
      sources: ['otel-genai'],
    },
  ]);
  expect(dataOf(taken, 'chat gpt-5')).toMatchObject([
    { ...FIRST_CALL, provider: 'openai', tools: [{ name: 'weather' }] },
    LAST_CALL,
  ]);
});
