/** What LangSmith's SDK and LangChain's tracer post, read as files: batches, single runs, and runs inside runs. */
import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager';
import { awaitAllCallbacks } from '@langchain/core/callbacks/promises';
import { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { AIMessage, type BaseMessage } from '@langchain/core/messages';
import { StringOutputParser } from '@langchain/core/output_parsers';
import type { ChatResult } from '@langchain/core/outputs';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { tool } from '@langchain/core/tools';
import { LangChainTracer } from '@langchain/core/tracers/tracer_langchain';
import { Client } from 'langsmith';
import { traceable } from 'langsmith/traceable';
import { beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { langsmithRuns } from '../../core/formats/langsmith/langsmith-runs.ts';
import { foldWritten, itemsByName } from './read-written.ts';
import { startRecordingServer, type RecordingServer } from './recording-server.ts';

const USAGE = {
  input_tokens: 10,
  output_tokens: 3,
  total_tokens: 13,
  input_token_details: { cache_read: 4 },
};

beforeEach(() => {
  vi.stubEnv('LANGSMITH_TRACING', 'true');
  return () => vi.unstubAllEnvs();
});

/** The server says how it wants its runs; without multipart it gets JSON. */
function startLangsmith(): Promise<RecordingServer> {
  return startRecordingServer(({ path }) =>
    path.startsWith('/info')
      ? { body: { batch_ingest_config: { use_multipart_endpoint: false, size_limit: 100 } } }
      : { status: 202, body: {} },
  );
}

async function runAgent(client: Client): Promise<void> {
  const chat = traceable(
    (input: { messages: { role: string; content: string }[] }) => {
      const [{ content } = { content: '' }] = input.messages;
      return Promise.resolve({ role: 'assistant', content: `${content}!`, usage_metadata: USAGE });
    },
    { name: 'Chat', run_type: 'llm', client, metadata: { ls_provider: 'openai', ls_model_name: 'gpt-5' } },
  );
  const lookup = traceable(() => Promise.reject(new Error('not found')), {
    name: 'lookup',
    run_type: 'tool',
    client,
  });
  const agent = traceable(
    async (question: string) => {
      await chat({ messages: [{ role: 'user', content: question }] });
      await lookup().catch(() => undefined);
      return 'done';
    },
    {
      name: 'Helper',
      run_type: 'chain',
      client,
      tags: ['a'],
      metadata: { thread_id: 'th-1', lc_agent_name: 'Helper' },
    },
  );
  await agent('Grüße');
}

it('A batch of the SDK is one trace with its agent, model call and failed tool', async () => {
  const server = await startLangsmith();
  const client = new Client({ apiUrl: server.url, apiKey: 'x' });
  await runAgent(client);
  await client.awaitPendingTraceBatches();
  const bodies = server.bodies('/runs/batch');
  const { files, summaries } = await foldWritten(bodies.join('\n'));
  expect(files).toMatchObject([{ format: 'langsmith', traces: 1, spans: 3, skipped: 0, diagnostics: [] }]);
  expect(summaries).toMatchObject([
    {
      workflowName: 'Helper',
      groupId: 'th-1',
      metadata: { project: 'default', tags: ['a'] },
      status: 'completed',
      spansByKind: { agent: 1, generation: 1, function: 1 },
      roots: 1,
      orphans: 0,
      depth: 2,
      errors: 1,
      tokens: { input: 10, output: 3, cached: 4, total: 13, basis: 'model-spans' },
      tools: { lookup: { calls: 1, errors: 1 } },
      models: ['gpt-5'],
      sources: ['langsmith'],
    },
  ]);
  const items = itemsByName(langsmithRuns, bodies.join('\n'));
  expect(items.get('Chat')?.['span_data']).toMatchObject({
    provider: 'openai',
    input: [{ role: 'user', content: 'Grüße' }],
    output: [{ role: 'assistant', content: 'Grüße!' }],
  });
  expect(items.get('lookup')?.['error']).toMatchObject({ message: 'Error: not found' });
});

it('Runs that are posted and patched one by one come to the same as a batch, in any order', async () => {
  const server = await startLangsmith();
  const client = new Client({ apiUrl: server.url, apiKey: 'x', autoBatchTracing: false });
  await runAgent(client);
  await server.received('PATCH', 3);
  const lines = server.requests.filter(({ body }) => body !== '').map(({ body }) => body);
  const { files, summaries } = await foldWritten(lines.join('\n'));
  expect(files).toMatchObject([{ format: 'langsmith', traces: 1, spans: 3, diagnostics: [] }]);
  expect(summaries).toMatchObject([
    { status: 'completed', roots: 1, depth: 2, errors: 1, tokens: { total: 13 } },
  ]);
  const backwards = await foldWritten([...lines].reverse().join('\n'));
  expect(backwards.summaries.map(({ origins, ...rest }) => ({ ...rest, origins: origins.length }))).toEqual(
    summaries.map(({ origins, ...rest }) => ({ ...rest, origins: origins.length })),
  );
});

it('A run that the SDK loads with those below it inside is read as deep as it is', async () => {
  const server = await startLangsmith();
  const client = new Client({ apiUrl: server.url, apiKey: 'x' });
  await runAgent(client);
  await client.awaitPendingTraceBatches();
  const { post } = JSON.parse(server.bodies('/runs/batch')[0] ?? '') as { post: { id: string }[] };
  const [root, ...below] = post;
  const api = await startRecordingServer(({ path }) =>
    path.startsWith('/runs/query') ? { body: { runs: below, cursors: {} } } : { body: root },
  );
  const reader = new Client({ apiUrl: api.url, apiKey: 'x' });
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- files of it exist, and nothing else nests runs
  const nested = await reader.readRun(root?.id ?? '', { loadChildRuns: true });
  expect(nested.child_runs).toHaveLength(2);
  const pretty = JSON.stringify(nested, null, 2);
  const { files, summaries } = await foldWritten(pretty);
  expect(files).toMatchObject([{ format: 'langsmith', spans: 3, diagnostics: [] }]);
  expect(summaries).toMatchObject([{ roots: 1, depth: 2, tokens: { total: 13 } }]);
  const lists = await foldWritten(JSON.stringify({ runs: post }), JSON.stringify(post));
  expect(lists.files.map(({ format, spans }) => [format, spans])).toEqual([
    ['langsmith', 3],
    ['langsmith', 3],
  ]);
  expect(lists.summaries).toMatchObject([{ spans: 3, tokens: { total: 13 } }]);
});

class StubChat extends BaseChatModel {
  override _llmType(): string {
    return 'stub';
  }

  override async _generate(
    _messages: BaseMessage[],
    _options: this['ParsedCallOptions'],
    manager?: CallbackManagerForLLMRun,
  ): Promise<ChatResult> {
    await manager?.handleLLMNewToken('It');
    const message = new AIMessage({
      content: 'It is sunny.',
      tool_calls: [{ name: 'weather', args: { town: 'Ulm' }, id: 'c1' }],
    });
    Object.assign(message, {
      usage_metadata: {
        ...{ input_tokens: 12, output_tokens: 5, total_tokens: 17 },
        output_token_details: { reasoning: 2 },
      },
    });
    return { generations: [{ text: 'It is sunny.', message }] };
  }

  override invocationParams(): { model: string; temperature: number } {
    return { model: 'gpt-5', temperature: 0.2 };
  }
}

it("LangChain's own tracer gives messages, tools and tokens in LangChain's shapes", async () => {
  const server = await startLangsmith();
  const client = new Client({ apiUrl: server.url, apiKey: 'x', blockOnRootRunFinalization: true });
  const callbacks = [new LangChainTracer({ client, projectName: 'shop' })];
  const chain = ChatPromptTemplate.fromMessages([
    ['system', 'Be kind.'],
    ['human', '{question}'],
  ])
    .pipe(new StubChat({}))
    .pipe(new StringOutputParser());
  const config = { callbacks, metadata: { thread_id: 'th-2' } };
  await chain.invoke({ question: 'Grüße?' }, { ...config, runName: 'Answer' });
  const weather = tool(() => Promise.reject(new Error('no town')), {
    name: 'weather',
    schema: z.object({ town: z.string() }),
  });
  await weather.invoke({ town: 'Ulm' }, config).catch(() => undefined);
  await awaitAllCallbacks();
  await client.awaitPendingTraceBatches();
  const text = server.bodies('/runs/batch').join('\n');
  const { files, summaries } = await foldWritten(text);
  expect(files).toMatchObject([{ format: 'langsmith', traces: 2, spans: 5, diagnostics: [] }]);
  expect(summaries.find(({ workflowName }) => workflowName === 'Answer')).toMatchObject({
    groupId: 'th-2',
    metadata: { project: 'shop' },
    spansByKind: { custom: 3, generation: 1 },
    depth: 2,
    tokens: { input: 12, output: 5, reasoning: 2, total: 17 },
    models: ['gpt-5'],
  });
  const items = itemsByName(langsmithRuns, text);
  expect(items.get('StubChat')?.['span_data']).toMatchObject({
    input: [
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: 'Grüße?' },
    ],
    output: [
      {
        role: 'assistant',
        content: 'It is sunny.',
        tool_calls: [{ id: 'c1', function: { name: 'weather', arguments: { town: 'Ulm' } } }],
      },
    ],
    model_config: { temperature: 0.2 },
  });
  expect(items.get('StubChat')?.['span_data']).toHaveProperty('time_to_first_token_ms');
  expect(JSON.stringify(items.get('weather')?.['error'])).toContain('Error: no town');
  expect(items.get('weather')).toMatchObject({
    span_data: { type: 'function', name: 'weather', input: { town: 'Ulm' } },
    error: { message: 'no town' },
  });
});
