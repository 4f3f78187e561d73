/**
 * Files and spans of larger Python packages and of older versions. Runs with TRACEBENCH_HEAVY_FORMATS=1 alone:
 * the packages are gigabytes, and installing them takes minutes.
 */
import { join } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import type { PythonSearch } from '../clients/python/find-python.ts';
import { makeTemporaryDirectory } from '../electron/host/temporary-directory.ts';
import { HEAVY, WITH_HEAVY } from './environments.ts';
import { foldSturdily } from './expect-sturdy.ts';
import { MLFLOW_TRACE } from './mlflow-trace.ts';
import { findEnvironment, INSTALL_MS } from './python-environment.ts';
import { runProgram } from './run-program.ts';
import { sendSpans } from './send-spans.ts';

const LIMIT_MS = INSTALL_MS.heavy + 300_000;
const known = new Map<string, Promise<PythonSearch>>();

function find(name: keyof typeof HEAVY): Promise<PythonSearch> {
  const search = known.get(name) ?? findEnvironment(name, HEAVY[name], INSTALL_MS.heavy);
  known.set(name, search);
  return search;
}

async function make(context: TestContext, name: keyof typeof HEAVY, program: string): Promise<string> {
  const directory = await makeTemporaryDirectory();
  await runProgram(context, await find(name), program, { args: [directory] });
  return directory;
}

const OLDER = ['mlflow-2', 'mlflow-3.1', 'mlflow-3.5'] as const;
/** What Phoenix was given: an agent, a call of 11 + 4 tokens, and a tool that raised. */
const PHOENIX_TRACE = {
  workflowName: 'Desk',
  groupId: 'chat-7',
  metadata: { user_id: 'u-1' },
  spansByKind: { agent: 1, generation: 1, function: 1 },
  roots: 1,
  orphans: 0,
  depth: 2,
  errors: 1,
  tokens: { input: 11, output: 4, total: 15, basis: 'model-spans' },
  tools: { look_up: { calls: 1, errors: 1 } },
  agents: ['Desk'],
  models: ['stub-model'],
  sources: ['openinference'],
};

describe.skipIf(!WITH_HEAVY)('with TRACEBENCH_HEAVY_FORMATS=1', { timeout: LIMIT_MS }, () => {
  it.for(OLDER)('traces of %s are read as those of today', async (name, context) => {
    const directory = await make(context, name, 'mlflow_traces.py');
    const { files, summaries } = await foldSturdily(join(directory, 'trace.json'));
    expect(files).toMatchObject([{ format: 'mlflow', traces: 1, spans: 4 }]);
    expect(summaries).toMatchObject([{ ...MLFLOW_TRACE, metadata: { room: 'a' } }]);
  });

  it('Phoenix gives its spans in five ways, which are one trace', async (context) => {
    const directory = await make(context, 'phoenix', 'phoenix_spans.py');
    const ids = new Set<string>();
    for (const name of ['page.json', 'spans.jsonl', 'nested.jsonl', 'otlp-page.json', 'otlp.json']) {
      const { files, summaries } = await foldSturdily(join(directory, name));
      const format = name === 'otlp.json' ? 'otlp' : 'phoenix';
      expect(files, name).toMatchObject([{ format, traces: 1, spans: 3 }]);
      expect(summaries, name).toMatchObject([PHOENIX_TRACE]);
      for (const { id } of summaries) ids.add(id);
    }
    expect(ids.size).toBe(1);
  });

  it('Logfire tells a run of openai-agents by names that are not its templates', async (context) => {
    const sent = await sendSpans(context, await find('frameworks'), 'agents_sdk.py', { args: ['logfire'] });
    expect(sent.traces).toMatchObject([
      {
        workflowName: 'Desk',
        groupId: 'chat-7',
        spansByKind: { agent: 2, generation: 3, function: 1, handoff: 1, task: 1, turn: 3, custom: 1 },
        tokens: { input: 190, output: 15, cached: 0, total: 205, basis: 'model-spans' },
        handoffs: [['Triage', 'Billing']],
        tools: { look_up: { calls: 1, errors: 0 } },
        agents: ['Triage', 'Billing'],
        sources: ['logfire'],
      },
    ]);
    const calls = sent.data('generation');
    expect(calls[0]?.['input']).toEqual([{ role: 'user', content: 'I was charged twice' }]);
    expect(calls.at(-1)?.['output']).toEqual([{ role: 'assistant', content: 'Paid back.' }]);
  });

  it('Logfire marks the start of a span by a span that is none', async (context) => {
    const { traces } = await sendSpans(context, await find('frameworks'), 'logfire_pending.py');
    expect(traces).toMatchObject([{ spans: 2, roots: 1, orphans: 0, depth: 2 }]);
  });

  it('Pydantic AI tells its agent, its tool and two calls', async (context) => {
    const { traces, data } = await sendSpans(context, await find('frameworks'), 'pydantic_agents.py');
    expect(traces).toMatchObject([
      {
        spansByKind: { agent: 1, generation: 2, function: 1 },
        // What the agent adds up is not counted again: 40 + 60 in, 4 + 6 out.
        tokens: { input: 100, output: 10, total: 110, basis: 'model-spans' },
        tools: { look_up: { calls: 1, errors: 0 } },
        agents: ['Desk'],
        sources: ['pydantic-ai'],
      },
    ]);
    expect(data('generation').map(({ output }) => output)).toMatchObject([
      [{ role: 'assistant', tool_calls: [{ function: { name: 'look_up' } }] }],
      [{ role: 'assistant', content: 'Paid back.' }],
    ]);
  });

  it('LangGraph by OpenLLMetry goes from node to node by an inferred handoff', async (context) => {
    const sent = await sendSpans(context, await find('frameworks'), 'graph_agents.py', {
      args: ['openllmetry'],
    });
    expect(sent.traces).toMatchObject([
      {
        workflowName: 'Desk',
        groupId: 'chat-7',
        handoffs: [['triage', 'billing']],
        tokens: { input: 130, output: 10, total: 140, basis: 'model-spans' },
        tools: { look_up: { calls: 1, errors: 0 } },
        // The fake model has no name that LangChain knows.
        models: [],
      },
    ]);
  });

  it('LangGraph by OpenInference is a chain of nodes with their calls', async (context) => {
    const sent = await sendSpans(context, await find('frameworks'), 'graph_agents.py', {
      args: ['openinference'],
    });
    expect(sent.traces).toMatchObject([
      {
        workflowName: 'Desk',
        groupId: 'chat-7',
        spansByKind: { custom: 3, generation: 2, function: 1 },
        tokens: { input: 130, output: 10, total: 140, basis: 'model-spans' },
      },
    ]);
  });

  it('Google ADK transfers by a tool, whose argument says to whom', async (context) => {
    const env = {
      OTEL_SEMCONV_STABILITY_OPT_IN: 'gen_ai_latest_experimental',
      OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'SPAN_ONLY',
    };
    const { traces, data } = await sendSpans(context, await find('adk'), 'adk_agents.py', { env });
    expect(traces).toMatchObject([
      {
        spansByKind: { agent: 2, generation: 3, function: 2, custom: 1 },
        tokens: { input: 190, output: 15, total: 205, basis: 'model-spans' },
        tools: { transfer_to_agent: { calls: 1, errors: 0 }, look_up: { calls: 1, errors: 0 } },
        agents: ['Triage', 'Billing'],
        sources: ['google-adk'],
      },
    ]);
    expect(data('function')[0]).toMatchObject({ name: 'transfer_to_agent', passes_to: 'Billing' });
    expect(data('generation').at(-1)?.['output']).toMatchObject([
      { role: 'assistant', content: 'Paid back.' },
    ]);
  });
});
