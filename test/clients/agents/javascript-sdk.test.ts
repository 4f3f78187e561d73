/** The real `@openai/agents` of npm with our processor, against a real host. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { objectAt } from '../../../core/model/json.ts';
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import { makeTemporaryDirectory } from '../../electron/host/temporary-directory.ts';
import { startSdk, type RunningSdk } from '../../sdk/run-sdk.ts';
import { bundleProgram } from '../bundle-program.ts';
import { startTestHost, type StartedHost } from '../started-host.ts';

const LIMIT_MS = 60_000;

interface Place {
  readonly data: string;
  readonly host: StartedHost;
  start(only: readonly string[], env?: Readonly<Record<string, string>>): RunningSdk;
}

async function makePlace(): Promise<Place> {
  const data = await makeTemporaryDirectory();
  const host = await startTestHost(data);
  return {
    data,
    host,
    start: (only, env) =>
      startSdk({ endpoint: host.ingest, way: 'workbench', only, env: { TRACEBENCH_DATA: data, ...env } }),
  };
}

async function named(host: StartedHost): Promise<Readonly<Record<string, TraceSummary>>> {
  return Object.fromEntries((await host.list()).map((trace) => [trace.workflowName, trace]));
}

describe('WorkbenchProcessor in JavaScript', () => {
  it(
    'shows model, messages and tokens of every call of a set of workflows',
    { timeout: LIMIT_MS },
    async () => {
      const { host, start } = await makePlace();
      const usual = [
        'Support desk',
        'Translators',
        'Guarded',
        'Streamed responses',
        'Streamed chat',
        'Returned',
      ];
      const { traces, outside } = await start(usual).result;
      expect(outside).toEqual([]);
      const shown = await named(host);
      for (const { workflowName, tokens, handoffs, tools, guardrails, errors, spansByKind } of traces) {
        expect(shown[workflowName]).toMatchObject({ handoffs, tools, guardrails, errors, spansByKind });
        expect(shown[workflowName]).toMatchObject({ tokens: { ...tokens, basis: 'model-spans' } });
        expect(shown[workflowName]).toMatchObject({ models: ['stub-model'] });
      }
      expect(shown['Returned']?.handoffs).toEqual([
        ['Front', 'Back'],
        ['Back', 'Front'],
      ]);
      expect(await countCallsWithMessages(host, shown)).toEqual({ calls: 19, withMessages: 19 });
    },
  );

  it(
    'sends neither input nor answer of a run whose sensitive data is off',
    { timeout: LIMIT_MS },
    async () => {
      const { host, start } = await makePlace();
      const env = { OPENAI_AGENTS_TRACE_INCLUDE_SENSITIVE_DATA: 'false' };
      await Promise.all([start(['Quiet']).result, start(['Streamed chat'], env).result]);
      const shown = await host.list();
      expect(shown.map(({ spans }) => spans).sort()).toEqual([4, 7]);
      const text = JSON.stringify(await Promise.all(shown.map(({ id }) => host.spansOf(id))));
      expect(text).toContain('"name":"Adder"');
      expect(text).not.toMatch(/secret|Two and three|What is 2/);
    },
  );

  it('shows spans before they end, and what a killed program left open', { timeout: LIMIT_MS }, async () => {
    const { host, start } = await makePlace();
    const program = start(['Held']);
    const failed = expect(program.result).rejects.toThrow('ended with null');
    await program.firstTrace;
    // Task, agent, turn, the first answer and the waiting tool.
    await expect
      .poll(async () => (await named(host))['Held'], { timeout: 20_000 })
      .toMatchObject({
        ...{
          status: 'in_progress',
          spans: 5,
          tools: { wait_for_release: { calls: 1 } },
          models: ['stub-model'],
        },
      });
    program.kill();
    await failed;
    expect((await named(host))['Held']).toMatchObject({ status: 'in_progress', spans: 5 });
  });

  it('shows two processes of one conversation as one group', { timeout: LIMIT_MS }, async () => {
    const { host, start } = await makePlace();
    const env = { SDK_GROUP: 'chat-7' };
    await Promise.all([start(['Returned'], env).result, start(['Streamed responses'], env).result]);
    expect((await host.list()).map(({ groupId }) => groupId)).toEqual(['chat-7', 'chat-7']);
  });

  it('keeps everything for a workbench that is started later', { timeout: LIMIT_MS }, async () => {
    const data = await makeTemporaryDirectory();
    // The door's port that nobody listens on.
    const { traces } = await startSdk({
      ...{
        endpoint: 'http://127.0.0.1:9',
        way: 'workbench',
        only: ['Returned'],
        env: { TRACEBENCH_DATA: data },
      },
    }).result;
    const host = await startTestHost(data);
    await expect
      .poll(async () => (await named(host))['Returned']?.status, { timeout: 10_000 })
      .toBe('completed');
    expect((await named(host))['Returned']).toMatchObject({
      id: traces[0]?.id,
      tokens: { input: 190, output: 15 },
    });
  });
});

describe('tracebench/register', () => {
  it('installs the processor into a program that knows nothing of it', { timeout: LIMIT_MS }, async () => {
    const data = await makeTemporaryDirectory();
    const host = await startTestHost(data);
    const register = pathToFileURL(await bundleProgram(join('clients', 'agents', 'register.ts'))).href;
    const { traces, outside } = await startSdk({
      ...{ endpoint: host.ingest, way: 'none', only: ['Returned'], env: { TRACEBENCH_DATA: data } },
      nodeArguments: ['--import', register],
    }).result;
    // Nothing was sent to OpenAI: the exporter that the SDK sets by itself is left out.
    expect(outside).toEqual([]);
    expect(await named(host)).toMatchObject({
      Returned: { id: traces[0]?.id, models: ['stub-model'], status: 'completed' },
    });
  });
});

/** Model calls, and those that show what was asked and answered. */
async function countCallsWithMessages(
  host: StartedHost,
  shown: Readonly<Record<string, TraceSummary>>,
): Promise<{ calls: number; withMessages: number }> {
  let calls = 0;
  let withMessages = 0;
  for (const { id } of Object.values(shown)) {
    for (const { record } of await host.spansOf(id)) {
      const data = objectAt(record, 'span_data');
      if (data?.['type'] !== 'response' && data?.['type'] !== 'generation') continue;
      calls++;
      if (data['input'] !== undefined && (data['response'] ?? data['output']) !== undefined) withMessages++;
    }
  }
  return { calls, withMessages };
}
