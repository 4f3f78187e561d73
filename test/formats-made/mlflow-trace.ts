/** What the trace of `mlflow_traces.py` is, whichever version wrote it. */

/** An agent, a call of 11 + 4 tokens, and a tool that was called twice and raised once. */
export const MLFLOW_TRACE = {
  workflowName: 'Desk',
  status: 'completed',
  spans: 4,
  spansByKind: { agent: 1, generation: 1, function: 2 },
  roots: 1,
  orphans: 0,
  depth: 2,
  errors: 1,
  tokens: { input: 11, output: 4, total: 15, basis: 'model-spans' },
  // Until 3.5 the spans are named `look_up_1` and `look_up_2`.
  tools: { look_up: { calls: 2, errors: 1 } },
  agents: ['Desk'],
  models: ['stub-model'],
  sources: ['mlflow'],
} as const;
