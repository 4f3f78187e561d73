/** Agents as OpenInference traces them, the SDK's and LangChain's, exported by the real exporters into the door. */
import { OpenAIAgentsInstrumentation } from '@arizeai/openinference-instrumentation-openai-agents';
import { LangChainInstrumentation } from '@arizeai/openinference-instrumentation-langchain';
import * as callbackModule from '@langchain/core/callbacks/manager';
import { FakeListChatModel } from '@langchain/core/utils/testing';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { awaitAllCallbacks } from '@langchain/core/callbacks/promises';
import * as agents from '@openai/agents';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { startStubOpenai } from './stub-openai.ts';
import { dataOf, ENCODINGS, openTelemetry } from './telemetry-to-door.ts';

it.each(ENCODINGS)(
  'The Agents SDK through OpenInference keeps agents, tools and handoffs, as %s',
  async (encoding) => {
    const { provider, finish } = await openTelemetry(encoding);
    const instrumentation = new OpenAIAgentsInstrumentation({ tracerProvider: provider });
    instrumentation.manuallyInstrument(agents);
    // The SDK traces nothing while NODE_ENV is `test`.
    agents.setTracingDisabled(false);
    const client = await startStubOpenai([
      { calls: [{ name: 'lookup', input: { order: 7 } }], inputTokens: 12, outputTokens: 5 },
      { calls: [{ name: 'transfer_to_Billing', input: {} }], inputTokens: 20, outputTokens: 4 },
      { text: 'Paid.', inputTokens: 7, outputTokens: 1 },
    ]);
    const lookup = agents.tool({
      name: 'lookup',
      description: 'looks an order up',
      parameters: z.object({ order: z.number() }),
      execute: () => 'found',
    });
    const billing = new agents.Agent({ name: 'Billing', instructions: 'Bill.', model: 'gpt-5' });
    const triage = new agents.Agent({
      name: 'Triage',
      instructions: 'Ask.',
      model: 'gpt-5',
      tools: [lookup],
      handoffs: [billing],
    });
    const runner = new agents.Runner({
      modelProvider: new agents.OpenAIProvider({ openAIClient: client, useResponses: true }),
      workflowName: 'Orders',
      groupId: 'g-1',
      tracingDisabled: false,
    });
    await runner.run(triage, 'Grüße');
    await agents.getGlobalTraceProvider().forceFlush();
    const taken = await finish();
    instrumentation.uninstrument();
    expect(taken.rejects).toEqual([]);
    // The outermost agent and the first below it may begin in the same millisecond: then their ids decide.
    const summaries = taken.summaries.map((each) => ({ ...each, agents: each.agents.toSorted() }));
    expect(summaries).toMatchObject([
      {
        workflowName: 'Orders',
        // What the SDK calls a trace is an agent there, a task and its turns are chains.
        spansByKind: { agent: 3, generation: 3, function: 1, handoff: 1, custom: 4 },
        roots: 1,
        orphans: 0,
        depth: 5,
        tokens: { input: 39, output: 10, total: 49, basis: 'model-spans' },
        handoffs: [['Triage', 'Billing']],
        tools: { lookup: { calls: 1, errors: 0 } },
        agents: ['Billing', 'Orders', 'Triage'],
        models: ['gpt-5'],
        sources: ['openinference'],
      },
    ]);
    const [first, , last] = dataOf(taken, 'response');
    expect(first).toMatchObject({
      input: [{ role: 'user', content: 'Grüße' }],
      output: [{ tool_calls: [{ function: { name: 'lookup', arguments: '{"order":7}' } }] }],
    });
    expect(last?.['output']).toEqual([{ role: 'assistant', content: 'Paid.' }]);
    expect(dataOf(taken, 'lookup')).toMatchObject([
      { type: 'function', input: '{"order":7}', output: 'found' },
    ]);
  },
);

it.each(ENCODINGS)(
  'LangChain through OpenInference keeps its chain, prompt and model, as %s',
  async (encoding) => {
    const { provider, finish } = await openTelemetry(encoding);
    const instrumentation = new LangChainInstrumentation({ tracerProvider: provider });
    instrumentation.manuallyInstrument(callbackModule);
    const chain = ChatPromptTemplate.fromMessages([['human', '{question}']]).pipe(
      new FakeListChatModel({ responses: ['It is sunny.'] }),
    );
    await chain.invoke({ question: 'Grüße?' }, { runName: 'Answer', metadata: { thread_id: 'th-1' } });
    await awaitAllCallbacks();
    const taken = await finish();
    expect(taken.rejects).toEqual([]);
    expect(taken.summaries).toMatchObject([
      {
        workflowName: 'Answer',
        groupId: 'th-1',
        spansByKind: { custom: 2, generation: 1 },
        depth: 2,
        // A stub of LangChain's that counts nothing.
        tokens: { total: null, basis: 'unknown' },
        sources: ['openinference'],
      },
    ]);
    expect(dataOf(taken, 'FakeListChatModel')).toMatchObject([
      {
        input: [{ role: 'user', content: 'Grüße?' }],
        output: [{ role: 'assistant', content: 'It is sunny.' }],
      },
    ]);
  },
);
