/** The real OpenAI Agents SDK against the door while the page is open: nothing that it reports is lost. */
import type { TraceSummary } from '../../core/model/trace-summary.ts';
import type { SdkResult } from '../sdk/main.ts';
import { startSdk } from '../sdk/run-sdk.ts';
import { expect, runCliJson, test, type RunningHost } from './harness.ts';
import { openLibrary, openTrace, spanIdsOf } from './page-handles.ts';
import { tracesOf } from './truth.ts';

type SdkTrace = SdkResult['traces'][number];

async function listTraces(host: RunningHost): Promise<TraceSummary[]> {
  return tracesOf(await runCliJson(['list', '--data', host.data]));
}

/** T in the words in which the recorder beside the SDK tells the same. */
function asRecorded(trace: TraceSummary, recorded: SdkTrace): SdkTrace {
  const { id, workflowName, spansByKind, handoffs, tools, guardrails, errors, tokens } = trace;
  const { input, output } = tokens;
  const told = { id, workflowName, spansByKind, handoffs, tools, guardrails, errors };
  return { ...told, spanIds: recorded.spanIds, tokens: { input: input ?? -1, output: output ?? -1 } };
}

for (const way of ['exporter', 'live'] as const) {
  test(`every span that the SDK reports (${way}) is in the list and in the open page`, async ({
    host,
    page,
  }) => {
    const library = await openLibrary(page, host);
    const { traces, outside } = await startSdk({ endpoint: host.ingest, way }).result;
    expect(outside).toEqual([]);
    expect(traces.map(({ workflowName }) => workflowName)).toEqual([
      ...['Support desk', 'Translators', 'Guarded', 'Streamed responses', 'Streamed chat'],
    ]);

    const listed = await listTraces(host);
    expect(listed).toHaveLength(traces.length);
    for (const recorded of traces) {
      const found = listed.find(({ id }) => id === recorded.id);
      expect(found && asRecorded(found, recorded)).toEqual(recorded);
    }
    // The page was open all the time: nothing is loaded anew.
    for (const { id } of traces) await expect(library.locator(`[data-trace-id="${id}"]`)).toBeVisible();
    for (const { id, spanIds } of traces) {
      const trace = await openTrace(page, host, id);
      await expect.poll(async () => (await spanIdsOf(trace)).sort()).toEqual([...spanIds].sort());
    }
  });
}

test('the scenarios are what they say: handoffs, parallel tools, a failing tool, a guardrail', async ({
  host,
}) => {
  const { traces } = await startSdk({ endpoint: host.ingest, way: 'exporter' }).result;
  const named = new Map((await listTraces(host)).map((trace) => [trace.workflowName, trace]));
  expect(traces).toHaveLength(5);
  expect(named.get('Support desk')).toMatchObject({
    spansByKind: { task: 1, agent: 3, turn: 6, response: 6, handoff: 2, function: 4 },
    handoffs: [
      ['Triage', 'Billing'],
      ['Billing', 'Refunds'],
    ],
    tools: {
      lookup_invoice: { calls: 1, errors: 0 },
      lookup_policy: { calls: 1, errors: 0 },
      issue_refund: { calls: 2, errors: 1 },
    },
    tokens: { input: 3812, output: 235, reasoning: null, basis: 'root-task' },
  });
  expect(named.get('Translators')).toMatchObject({
    spansByKind: { task: 3, agent: 3, turn: 5, response: 5, function: 3 },
    tokens: { input: 500, output: 58 },
    depth: 8,
  });
  expect(named.get('Guarded')).toMatchObject({
    guardrails: { pii_check: { runs: 1, triggered: 0 }, jailbreak_check: { runs: 1, triggered: 1 } },
    errors: 3,
    tokens: { input: 33, output: 7, basis: 'model-spans' },
  });
  for (const name of ['Streamed responses', 'Streamed chat']) {
    expect(named.get(name)).toMatchObject({ spans: 7, tools: { add: { calls: 1, errors: 0 } } });
  }
});

test('a run shows its open spans while it goes on, and ends in the open page', async ({ host, page }) => {
  const library = await openLibrary(page, host);
  const sdk = startSdk({ endpoint: host.ingest, way: 'live', only: ['Held'] });
  const id = await sdk.firstTrace;
  await expect(library.locator(`[data-trace-id="${id}"]`)).toBeVisible();
  const trace = await openTrace(page, host, id);
  // Task, agent, turn and the waiting tool are open; the first call of the model has ended.
  await expect.poll(async () => (await spanIdsOf(trace)).length).toBe(5);
  const [running] = await listTraces(host);
  expect(running).toMatchObject({
    id,
    status: 'in_progress',
    spans: 5,
    tools: { wait_for_release: { calls: 1 } },
  });

  sdk.release();
  const { traces } = await sdk.result;
  const ids = [...(traces[0]?.spanIds ?? [])].sort();
  expect(ids).toHaveLength(7);
  await expect.poll(async () => (await spanIdsOf(trace)).sort()).toEqual(ids);
  const [ended] = await listTraces(host);
  expect(ended).toMatchObject({
    id,
    status: 'completed',
    models: ['stub-model'],
    tokens: { input: 50, output: 8, reasoning: 0, basis: 'model-spans' },
  });
});
