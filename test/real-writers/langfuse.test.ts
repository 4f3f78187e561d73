/** What Langfuse's SDKs send: the older one batches of events, the newer one OpenTelemetry to the door. */
import { LangfuseSpanProcessor } from '@langfuse/otel';
import { propagateAttributes, setLangfuseTracerProvider, startActiveObservation } from '@langfuse/tracing';
import { Langfuse } from 'langfuse';
import { expect, it } from 'vitest';
import { langfuseIngestion } from '../../core/formats/langfuse/langfuse-ingestion.ts';
import { foldWritten, itemsByName } from './read-written.ts';
import { startRecordingServer } from './recording-server.ts';
import { ENCODINGS, openTelemetry } from './telemetry-to-door.ts';

async function recordBatches(): Promise<string> {
  const server = await startRecordingServer(() => ({ status: 207, body: { successes: [], errors: [] } }));
  const langfuse = new Langfuse({ baseUrl: server.url, publicKey: 'pk', secretKey: 'sk', flushAt: 100 });
  const chat = langfuse.trace({
    name: 'chat',
    userId: 'u',
    sessionId: 's-1',
    tags: ['a'],
    metadata: { k: 1 },
  });
  const agent = chat.span({ name: 'Agent', input: { q: 'Grüße' } });
  const answer = agent.generation({
    name: 'answer',
    model: 'gpt-5',
    modelParameters: { temperature: 0.2 },
    input: [{ role: 'user', content: 'hi' }],
    usageDetails: { input: 10, output: 3, input_cached_tokens: 4, total: 17 },
  });
  answer.end({ output: { role: 'assistant', content: 'ho' } });
  agent.generation({ name: 'older', model: 'gpt-4', usage: { promptTokens: 5, completionTokens: 6 } }).end();
  agent.generation({ name: 'open', model: 'gpt-5' });
  agent.event({ name: 'moment', level: 'WARNING' });
  agent.span({ name: 'lookup' }).end({ level: 'ERROR', statusMessage: 'not found' });
  agent.end({ output: 'done' });
  chat.score({ name: 'quality', value: 1 });
  chat.update({ output: 'a' });
  await langfuse.shutdownAsync();
  return server.bodies('/api/public/ingestion').join('\n');
}

it('A batch of events is one trace: creations and updates are laid together', async () => {
  const text = await recordBatches();
  const { files, summaries } = await foldWritten(text);
  expect(files).toMatchObject([
    { format: 'langfuse-ingestion', traces: 1, spans: 6, skipped: 0, diagnostics: [] },
  ]);
  expect(summaries).toMatchObject([
    {
      workflowName: 'chat',
      groupId: 's-1',
      metadata: { k: 1, user_id: 'u', tags: ['a'] },
      // One generation was never ended.
      status: 'in_progress',
      spansByKind: { generation: 3, custom: 3 },
      roots: 1,
      orphans: 0,
      depth: 2,
      errors: 1,
      tokens: { input: 19, output: 9, total: 28, basis: 'partial' },
      sources: ['langfuse'],
    },
  ]);
  const items = itemsByName(langfuseIngestion, text);
  expect(items.get('answer')?.['span_data']).toMatchObject({
    input: [{ role: 'user', content: 'hi' }],
    output: [{ role: 'assistant', content: 'ho' }],
    usage: { input_tokens: 14, output_tokens: 3, total_tokens: 17 },
  });
  expect(items.get('older')?.['span_data']).toMatchObject({ usage: { input_tokens: 5, output_tokens: 6 } });
  expect(items.get('lookup')?.['error']).toMatchObject({ message: 'not found' });
  expect(items.get('moment')?.['ended_at']).toEqual(items.get('moment')?.['started_at']);
  expect(JSON.stringify(items.get('trace')?.['origin'])).toContain('"quality"');
});

it('Cut in half, a batch gives the events before the cut and says so', async () => {
  const text = await recordBatches();
  const { files } = await foldWritten(text.slice(0, text.length / 2));
  expect(files[0]?.diagnostics.length).toBeGreaterThan(0);
  expect(files[0]?.spans).toBeGreaterThan(0);
});

it.each(ENCODINGS)(
  'The SDK on OpenTelemetry reaches the door with kinds, session and tokens: %s',
  async (encoding) => {
    const { provider, finish } = await openTelemetry(
      encoding,
      (exporter) => new LangfuseSpanProcessor({ exporter, publicKey: 'pk', secretKey: 'sk' }),
    );
    setLangfuseTracerProvider(provider);
    await startActiveObservation(
      'Helper',
      async (agent) => {
        await propagateAttributes({ sessionId: 's-2', userId: 'u', traceName: 'chat' }, () => {
          agent
            .startObservation(
              'answer',
              {
                model: 'gpt-5',
                input: [{ role: 'user', content: 'hi' }],
                output: { role: 'assistant', content: 'ho' },
                usageDetails: { input: 10, output: 3, total: 13 },
                costDetails: { total: 0.5 },
              },
              { asType: 'generation' },
            )
            .end();
          agent
            .startObservation('lookup', { level: 'ERROR', statusMessage: 'none' }, { asType: 'tool' })
            .end();
          return Promise.resolve();
        });
      },
      { asType: 'agent' },
    );
    const { summaries, rejects } = await finish();
    setLangfuseTracerProvider(null);
    expect(rejects).toEqual([]);
    expect(summaries).toMatchObject([
      {
        workflowName: 'chat',
        groupId: 's-2',
        spansByKind: { agent: 1, generation: 1, function: 1 },
        agents: ['Helper'],
        tools: { lookup: { calls: 1, errors: 1 } },
        tokens: { input: 10, output: 3, total: 13 },
        models: ['gpt-5'],
        sources: ['langfuse'],
      },
    ]);
  },
);
