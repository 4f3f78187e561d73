import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  computeCost,
  computeDuration,
  computeTokenUsage,
  findSlowSpans,
  listHandoffs,
  summarizeTrace,
  writeTextView,
} from '../../../clients/tracing/analysis.ts';
import {
  agentSpan,
  createAgentSpan,
  guardrailSpan,
  handoffSpan,
  responseSpan,
  setTraceProcessors,
  CollectorProcessor,
  toolSpan,
  trace,
  type Trace,
} from '../../../clients/tracing/index.ts';

beforeEach(() => setTraceProcessors([new CollectorProcessor()]));
afterEach(() => setTraceProcessors([]));

const usage = {
  input_tokens: 1_000_000,
  output_tokens: 100_000,
  input_tokens_details: { cached_tokens: 400_000 },
};

function makeTrace(): Trace {
  return trace({ workflowName: 'Support', traceId: 'trace_1', groupId: 'g' }, (made) => {
    agentSpan('Triage', () => {
      responseSpan({ responseId: 'r', response: { id: 'r', model: 'gpt-5', usage } }, () => 1);
      guardrailSpan({ name: 'pii', triggered: true }, () => 1);
      toolSpan('lookup', (span) => span.setError({ message: 'Error running tool (non-fatal)' }));
      handoffSpan({ from_agent: 'Triage', to_agent: 'Billing' }, () => 1);
    });
    const times = { startedAt: '2026-01-01T00:00:00Z', endedAt: '2026-01-01T00:00:09.5Z' };
    const slow = createAgentSpan({ name: 'Billing', ...times });
    slow.start();
    slow.end();
    return made;
  });
}

it('tells of a collected trace what the workbench would list', () => {
  expect(summarizeTrace(makeTrace())).toMatchObject({
    id: 'trace_1',
    workflowName: 'Support',
    groupId: 'g',
    spans: 6,
    spansByKind: { agent: 2, response: 1, guardrail: 1, function: 1, handoff: 1 },
    depth: 2,
    errors: 1,
    tools: { lookup: { calls: 1, errors: 1 } },
    guardrails: { pii: { runs: 1, triggered: 1 } },
    models: ['gpt-5'],
    status: 'completed',
  });
});

it('counts tokens, handoffs, slow spans and duration', () => {
  const made = makeTrace();
  expect(computeTokenUsage(made)).toMatchObject({ input: 1_000_000, output: 100_000, cached: 400_000 });
  expect(listHandoffs(made)).toEqual([['Triage', 'Billing']]);
  expect(findSlowSpans(made, 9000).map((span) => span.name)).toEqual(['Billing']);
  expect(computeDuration(made)).toBeGreaterThan(9500);
});

it('prices model calls, and tells which it could not price', () => {
  const made = makeTrace();
  const price = { input: 2, cachedInput: 0.5, output: 10 };
  expect(computeCost(made, { 'gpt-5': price })).toEqual({ usd: 2.4, pricedCalls: 1, unpricedCalls: 0 });
  expect(computeCost(made, {})).toEqual({ usd: 0, pricedCalls: 0, unpricedCalls: 1 });
});

it('writes a trace as indented text', () => {
  const text = writeTextView(makeTrace());
  expect(text).toMatch(/^Support {2}trace_1\ncompleted/);
  expect(text).toMatch(/\n {2}lookup {2}\[function\].*error \(non-fatal\)/);
});
