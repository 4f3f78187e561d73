/** The real openai-agents of PyPI with our processor, against a real host. */
import { join } from 'node:path';
import { beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { objectAt } from '../../../core/model/json.ts';
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import { makeTemporaryDirectory } from '../../electron/host/temporary-directory.ts';
import { startTestHost, type StartedHost } from '../started-host.ts';
import { startProgram, type TracedProgram } from '../traced-program.ts';
import { findAgentsPython, programEnv, ROOT, type PythonSearch } from './find-python.ts';

const WORKFLOWS = join(ROOT, 'test', 'clients', 'python', 'workflows.py');
const LIMIT_MS = 60_000;

let found: PythonSearch = { kind: 'missing', why: 'not looked for yet' };
beforeAll(async () => {
  found = await findAgentsPython();
}, 180_000);

/** Starts the workflows, or skips the test and says why. */
function start(
  context: TestContext,
  data: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): TracedProgram {
  if (found.kind === 'missing') context.skip(found.why);
  return startProgram(found.python, args, programEnv(data, env));
}

const installed = (...names: string[]): string[] => [WORKFLOWS, '--install', ...names];

/** The traces by name. */
async function named(host: StartedHost): Promise<Readonly<Record<string, TraceSummary>>> {
  return Object.fromEntries((await host.list()).map((trace) => [trace.workflowName, trace]));
}

describe('WorkbenchProcessor in Python', () => {
  it(
    'shows model, messages and tokens of every call of a set of workflows',
    { timeout: LIMIT_MS },
    async (context) => {
      const data = await makeTemporaryDirectory();
      const host = await startTestHost(data);
      const names = ['desk', 'tools', 'nested', 'guarded', 'tripped', 'streamed', 'private'];
      const { code, words } = await start(context, data, installed(...names)).ended;
      expect({ code, words }).toEqual({ code: 0, words: '' });
      const traces = await named(host);
      expect(traces['Desk']).toMatchObject({
        ...{
          handoffs: [
            ['Triage', 'Billing'],
            ['Billing', 'Triage'],
          ],
          models: ['stub-model'],
          errors: 0,
        },
        ...{
          tokens: { input: 190, output: 15, basis: 'model-spans' },
          spansByKind: { response: 3, agent: 3, turn: 3 },
        },
      });
      expect(traces['Tools']).toMatchObject({
        tools: { good: { calls: 1, errors: 0 }, bad: { calls: 1, errors: 1 } },
      });
      expect(traces['Nested']).toMatchObject({
        ...{ tools: { ask: { calls: 1 } }, agents: ['Outer', 'Inner'], tokens: { input: 52, output: 6 } },
        spansByKind: { task: 2, response: 3 },
      });
      expect(traces['Guarded']).toMatchObject({ guardrails: { pii: { runs: 1, triggered: 0 } }, errors: 0 });
      expect(traces['Tripped']).toMatchObject({ guardrails: { jailbreak: { runs: 1, triggered: 1 } } });
      expect(traces['Streamed']).toMatchObject({ models: ['stub-model'], tokens: { input: 11, output: 7 } });
      await expectMessages(host, Object.values(traces));
    },
  );

  it(
    'sends neither input nor answer of a run whose sensitive data is off',
    { timeout: LIMIT_MS },
    async (context) => {
      const data = await makeTemporaryDirectory();
      const host = await startTestHost(data);
      const quiet = start(context, data, installed('private'));
      await Promise.all([
        quiet.ended,
        start(context, data, installed('guarded'), {
          OPENAI_AGENTS_TRACE_INCLUDE_SENSITIVE_DATA: 'false',
        }).ended,
      ]);
      const traces = await host.list();
      expect(traces.map(({ tokens }) => tokens.input).sort()).toEqual([10, 12]);
      const spans = await Promise.all(traces.map(({ id }) => host.spansOf(id)));
      const text = JSON.stringify(spans);
      expect(text).toContain('input_tokens');
      expect(text).not.toMatch(/secret|Fine\.|hello/);
    },
  );

  it(
    'shows spans before they end, and what a killed program left open',
    { timeout: LIMIT_MS },
    async (context) => {
      const data = await makeTemporaryDirectory();
      const host = await startTestHost(data);
      const program = start(context, data, installed('held', 'crash'));
      await program.began('Held');
      // Task, agent, turn, the first answer and the waiting tool.
      await expect
        .poll(async () => (await named(host))['Held'], { timeout: 20_000 })
        .toMatchObject({
          ...{ status: 'in_progress', spans: 5, tools: { slow_tool: { calls: 1 } }, tokens: { input: 10 } },
        });
      program.release();
      await program.began('Crash');
      await expect.poll(async () => (await named(host))['Crash']?.spans, { timeout: 20_000 }).toBe(5);
      program.release();
      expect((await program.ended).code).toBeNull();
      const traces = await named(host);
      expect(traces['Held']).toMatchObject({
        status: 'completed',
        spans: 7,
        tokens: { input: 30, output: 9 },
      });
      expect(traces['Crash']).toMatchObject({ status: 'in_progress', spans: 5, models: ['stub-model'] });
    },
  );

  it(
    'needs no line in the program where tracebench.run starts it',
    { timeout: LIMIT_MS },
    async (context) => {
      const data = await makeTemporaryDirectory();
      const host = await startTestHost(data);
      const run = (name: string): TracedProgram =>
        start(context, data, ['-m', 'tracebench.run', WORKFLOWS, name], { GROUP: 'chat-7' });
      const ends = await Promise.all([run('desk').ended, run('streamed').ended]);
      expect(ends).toEqual([
        { code: 0, words: '' },
        { code: 0, words: '' },
      ]);
      const traces = await named(host);
      expect(traces['Desk']).toMatchObject({
        groupId: 'chat-7',
        models: ['stub-model'],
        status: 'completed',
      });
      expect(traces['Streamed']).toMatchObject({ groupId: 'chat-7', models: ['stub-model'] });
    },
  );

  it('keeps everything for a workbench that is started later', { timeout: LIMIT_MS }, async (context) => {
    const data = await makeTemporaryDirectory();
    const { code, words } = await start(context, data, installed('desk')).ended;
    expect(code).toBe(0);
    expect(words.trim().split('\n')).toEqual([expect.stringContaining('no workbench answers')]);
    const host = await startTestHost(data);
    await expect
      .poll(async () => (await named(host))['Desk'], { timeout: 10_000 })
      .toMatchObject({
        ...{ status: 'completed', spans: 12, tokens: { input: 190, output: 15 }, models: ['stub-model'] },
      });
  });
});

/** Every model call that may show its data shows what was asked and answered. */
async function expectMessages(host: StartedHost, traces: readonly TraceSummary[]): Promise<void> {
  let calls = 0;
  for (const { id } of traces.filter(({ workflowName }) => !/Private|Tripped/.test(workflowName))) {
    for (const { record } of await host.spansOf(id)) {
      const data = objectAt(record, 'span_data');
      if (data?.['type'] !== 'response') continue;
      calls++;
      expect(data['input']).toEqual(expect.arrayContaining([expect.objectContaining({ role: 'user' })]));
      expect(data['response']).toMatchObject({ model: 'stub-model', status: 'completed' });
    }
  }
  expect(calls).toBe(10);
}
