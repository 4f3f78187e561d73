/**
 * Files and spans of real Python packages, small enough for every run: made here and now, read by the readers
 * and the door. Skips where PyPI cannot be reached.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PythonSearch } from '../clients/python/find-python.ts';
import { makeTemporaryDirectory } from '../electron/host/temporary-directory.ts';
import { LIGHT } from './environments.ts';
import { foldMade, foldSturdily } from './expect-sturdy.ts';
import { MLFLOW_TRACE } from './mlflow-trace.ts';
import { findEnvironment, INSTALL_MS } from './python-environment.ts';
import { runProgram } from './run-program.ts';
import { sendSpans } from './send-spans.ts';

let found: PythonSearch = { kind: 'missing', why: 'not looked for yet' };
beforeAll(async () => {
  found = await findEnvironment('light', LIGHT, INSTALL_MS.light);
}, INSTALL_MS.light + 30_000);

describe("OpenTelemetry's console exporter", () => {
  it('prints spans that are read, with and without other words between them', async (context) => {
    const directory = await makeTemporaryDirectory();
    await runProgram(context, found, 'console_spans.py', { args: [directory] });
    const lines = await foldSturdily(join(directory, 'lines.txt'));
    // The sentence that the program printed is the one thing that is left out.
    const printed = await foldSturdily(join(directory, 'printed.txt'), 1);
    for (const { files, summaries } of [lines, printed]) {
      expect(files).toMatchObject([{ format: 'otel-console', traces: 1, spans: 3 }]);
      // An agent with a call of 10 + 3 tokens and a tool that raised: one error, that of the tool.
      expect(summaries).toMatchObject([
        {
          workflowName: 'invoke_agent Größe',
          groupId: 'chat-7',
          metadata: { service: 'made' },
          spansByKind: { agent: 1, generation: 1, function: 1 },
          roots: 1,
          orphans: 0,
          depth: 2,
          errors: 1,
          tokens: { input: 10, output: 3, total: 13, basis: 'model-spans' },
          tools: { look_up: { calls: 1, errors: 1 } },
          agents: ['Größe'],
          models: ['stub-model'],
        },
      ]);
    }
    expect(lines.summaries[0]?.id).toBe(printed.summaries[0]?.id);
  });
});

describe('MLflow', () => {
  it('writes traces that are read, one, a line each, and as its store keeps them', async (context) => {
    const directory = await makeTemporaryDirectory();
    await runProgram(context, found, 'mlflow_traces.py', { args: [directory] });
    const one = await foldSturdily(join(directory, 'trace.json'));
    expect(one.files).toMatchObject([{ format: 'mlflow', traces: 1, spans: 4 }]);
    expect(one.summaries).toMatchObject([
      { ...MLFLOW_TRACE, groupId: 'chat-7', metadata: { user_id: 'u-1' } },
    ]);
    const two = await foldSturdily(join(directory, 'traces.jsonl'));
    expect(two.files).toMatchObject([{ format: 'mlflow', traces: 2, spans: 8 }]);
    expect(two.summaries.map(({ id }) => id)).toContain(one.summaries[0]?.id);
    // The id that MLflow shows is that of OpenTelemetry behind `tr-`.
    expect(one.summaries[0]?.metadata['mlflow_trace_id']).toBe(`tr-${String(one.summaries[0]?.id)}`);
    const store = join(directory, 'store', '0', 'traces');
    const kept = (await readdir(store)).map((name) => join(store, name, 'artifacts', 'traces.json'));
    const artifacts = await foldMade(...kept);
    expect(artifacts.summaries).toMatchObject([MLFLOW_TRACE, MLFLOW_TRACE]);
    // The same trace in several files is one.
    const all = await foldMade(join(directory, 'trace.json'), join(directory, 'traces.jsonl'), ...kept);
    expect(all.summaries.map(({ spans }) => spans)).toEqual([4, 4]);
  });
});

describe('instrumentations of openai-agents', () => {
  // Triage passes to Billing, which calls a tool: 40 + 60 + 90 tokens in, 4 + 5 + 6 out.
  const run = {
    roots: 1,
    orphans: 0,
    errors: 0,
    tokens: { input: 190, output: 15, cached: 0, reasoning: 0, total: 205, basis: 'model-spans' },
    tools: { look_up: { calls: 1, errors: 0 } },
    models: ['stub-model'],
    metadata: { service: 'made' },
  };

  it('OpenInference tells the run, both ends of the handoff and every message', async (context) => {
    const { traces, data } = await sendSpans(context, found, 'agents_sdk.py', { args: ['openinference'] });
    expect(traces).toMatchObject([
      {
        ...run,
        workflowName: 'Desk',
        // The SDK's task and turns are chains, and its trace calls itself an agent.
        spansByKind: { agent: 3, generation: 3, function: 1, handoff: 1, custom: 4 },
        handoffs: [['Triage', 'Billing']],
        sources: ['openinference'],
      },
    ]);
    const [, second, last] = data('generation');
    expect(second?.['output']).toMatchObject([{ tool_calls: [{ function: { name: 'look_up' } }] }]);
    expect(last?.['input']).toMatchObject([
      { role: 'user', content: 'I was charged twice' },
      { role: 'assistant', tool_calls: [{ function: { name: 'transfer_to_billing' } }] },
      { role: 'tool' },
      { role: 'assistant', tool_calls: [{ function: { name: 'look_up' } }] },
      { role: 'tool', content: 'A bill of Köln' },
    ]);
    expect(last?.['output']).toEqual([{ role: 'assistant', content: 'Paid back.' }]);
  });

  it('OpenLLMetry tells the run, and of the handoff only who passed on', async (context) => {
    const { traces, data } = await sendSpans(context, found, 'agents_sdk.py', { args: ['openllmetry'] });
    expect(traces).toMatchObject([
      {
        ...run,
        spansByKind: { agent: 2, generation: 3, function: 1, handoff: 1, custom: 1 },
        // It writes `unknown`, which is nobody's name.
        handoffs: [['Triage', null]],
        agents: ['Triage', 'Billing'],
        sources: ['openllmetry'],
      },
    ]);
    expect(data('generation').map(({ output }) => output)).toMatchObject([
      [{ role: 'assistant', tool_calls: [{ function: { name: 'transfer_to_billing' } }] }],
      [{ role: 'assistant', tool_calls: [{ function: { name: 'look_up', arguments: { city: 'Köln' } } }] }],
      [{ role: 'assistant', content: 'Paid back.' }],
    ]);
  });
});
