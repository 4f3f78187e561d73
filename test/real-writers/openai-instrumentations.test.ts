/** The OpenAI package as OpenInference and OpenLLMetry trace it, exported by the real exporters into the door. */
import { OpenAIInstrumentation as OpenInference } from '@arizeai/openinference-instrumentation-openai';
import { OpenAIInstrumentation as OpenLlmetry } from '@traceloop/instrumentation-openai';
import OpenAI from 'openai';
import type { TracerProvider } from '@opentelemetry/api';
import { expect, it } from 'vitest';
import { startStubOpenai } from './stub-openai.ts';
import { dataOf, ENCODINGS, openTelemetry, type Encoding, type Taken } from './telemetry-to-door.ts';

async function callModel(client: OpenAI): Promise<void> {
  await client.chat.completions.create({
    model: 'gpt-5',
    temperature: 0.2,
    messages: [
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: 'Grüße?' },
    ],
    tools: [
      { type: 'function', function: { name: 'weather', parameters: { type: 'object', properties: {} } } },
    ],
  });
}

const ANSWERS = [
  { calls: [{ name: 'weather', input: { town: 'Ulm' } }], inputTokens: 12, outputTokens: 5 },
  { text: 'It is sunny.', inputTokens: 20, outputTokens: 4 },
  { text: 'Yes.', inputTokens: 7, outputTokens: 1 },
  { inputTokens: 3, outputTokens: 0 },
];

interface Instrumentation {
  setTracerProvider(provider: TracerProvider): void;
  manuallyInstrument(module: typeof OpenAI): void;
  disable(): void;
}

/** Two chats, a response and an embedding, inside one span of the program's own. */
async function traceCalls(encoding: Encoding, instrumentation: Instrumentation): Promise<Taken> {
  const { provider, finish } = await openTelemetry(encoding);
  instrumentation.setTracerProvider(provider);
  instrumentation.manuallyInstrument(OpenAI);
  const client = await startStubOpenai(ANSWERS);
  await provider.getTracer('program').startActiveSpan('answer', async (span) => {
    await callModel(client);
    await callModel(client);
    await client.responses.create({ model: 'gpt-5-mini', input: 'Sure?' });
    await client.embeddings.create({ model: 'embed-1', input: 'Ulm' });
    span.end();
  });
  const taken = await finish();
  instrumentation.disable();
  return taken;
}

const SEEN_INPUT = [
  { role: 'system', content: 'Be kind.' },
  { role: 'user', content: 'Grüße?' },
];
const TOOL = {
  type: 'function',
  function: { name: 'weather', parameters: { type: 'object', properties: {} } },
};

it.each(ENCODINGS)('OpenInference: model calls with messages, tools and tokens, as %s', async (encoding) => {
  const taken = await traceCalls(encoding, new OpenInference());
  expect(taken.rejects).toEqual([]);
  expect(taken.summaries).toMatchObject([
    {
      workflowName: 'answer',
      spansByKind: { custom: 1, generation: 4 },
      roots: 1,
      depth: 2,
      errors: 0,
      // It says nothing of the embedding's tokens.
      tokens: { input: 39, output: 10, total: 49, basis: 'partial' },
      models: ['gpt-5', 'gpt-5-mini', 'embed-1'],
      sources: ['openinference', 'otlp'],
    },
  ]);
  const [first, second] = dataOf(taken, 'OpenAI Chat Completions');
  expect(first).toMatchObject({
    provider: 'openai',
    input: SEEN_INPUT,
    tools: [TOOL],
    finish_reason: 'tool_calls',
  });
  expect(second?.['output']).toEqual([{ role: 'assistant', content: 'It is sunny.' }]);
  expect(dataOf(taken, 'OpenAI Responses')[0]?.['output']).toEqual([{ role: 'assistant', content: 'Yes.' }]);
  expect(dataOf(taken, 'OpenAI Embeddings')).toMatchObject([
    { subkind: 'embedding', model: 'embed-1', input: 'Ulm' },
  ]);
});

it.each(ENCODINGS)('OpenLLMetry: model calls with messages, tools and tokens, as %s', async (encoding) => {
  const taken = await traceCalls(encoding, new OpenLlmetry());
  expect(taken.rejects).toEqual([]);
  expect(taken.summaries).toMatchObject([
    {
      workflowName: 'answer',
      // It traces no embeddings.
      spansByKind: { custom: 1, generation: 3 },
      depth: 2,
      tokens: { input: 39, output: 10, total: 49, basis: 'model-spans' },
      models: ['gpt-5', 'gpt-5-mini'],
      sources: ['openllmetry', 'otlp'],
    },
  ]);
  const [first, second] = dataOf(taken, 'chat gpt-5');
  expect(first).toMatchObject({
    provider: 'openai',
    input: SEEN_INPUT,
    tools: [TOOL],
    output: [{ tool_calls: [{ function: { name: 'weather', arguments: { town: 'Ulm' } } }] }],
  });
  expect(second?.['output']).toMatchObject([{ role: 'assistant', content: 'It is sunny.' }]);
});
