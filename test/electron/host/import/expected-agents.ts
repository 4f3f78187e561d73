/** What the reading of Langfuse's, deepeval's and Inspect's files must come to, and why that is right. */
import { expect } from 'vitest';
import type { ForeignExpectation } from './foreign-expectation.ts';

export const AGENT_FILES: readonly ForeignExpectation[] = [
  {
    // A SPAN that says nothing of its kind is custom; the GENERATION has 41 + 3 tokens. The session is the group.
    file: 'langfuse-framework-traces/autogen-2025-06-06.trace.json',
    format: 'langfuse',
    traces: 1,
    spans: 2,
    kinds: { custom: 1, generation: 1 },
    check: ({ summaries: [trace] }) => {
      expect(trace).toMatchObject({
        id: '1b72c51fabed12ae7df83bfd4a09f545',
        workflowName: 'autogen-chat-trace',
        groupId: 'session_abc',
        metadata: { user_id: 'user_123', tags: ['autogen', 'dev'], environment: 'default', version: '1.0.0' },
        roots: 1,
        durationMs: 645,
        tokens: { input: 41, output: 3, cached: null, total: 44, basis: 'model-spans' },
        models: ['gpt-4o'],
        sources: ['langfuse'],
      });
    },
  },
  {
    // One each of CHAIN, AGENT, TOOL and two GENERATIONs. The model's own answer (candidates_token_count) tells the
    // same tokens again, above and below: only those of the calls count, 28 + 39 and 3 + 6.
    file: 'langfuse-framework-traces/google-adk-2025-08-28.trace.json',
    format: 'langfuse',
    traces: 1,
    spans: 5,
    kinds: { custom: 1, agent: 1, function: 1, generation: 2 },
    check: ({ summaries: [trace] }) => {
      expect(trace).toMatchObject({
        roots: 1,
        depth: 4,
        tokens: { input: 67, output: 9, total: 76 },
        tools: { say_hello: { calls: 1, errors: 0 } },
        agents: ['hello_agent'],
        sources: ['langfuse', 'openinference'],
      });
    },
  },
  {
    // Seven SPANs of the graph's nodes, and two calls of the model: 60 + 108 in, 15 + 51 out.
    file: 'langfuse-framework-traces/langgraph-python-2025-08-22.trace.json',
    format: 'langfuse',
    traces: 1,
    spans: 9,
    kinds: { custom: 7, generation: 2 },
    check: ({ summaries: [trace] }) => {
      expect(trace).toMatchObject({
        roots: 1,
        depth: 3,
        tokens: { input: 168, output: 66, cached: 0, reasoning: 0, total: 234 },
      });
    },
  },
  {
    // The root that OpenInference makes of the SDK's trace calls itself an agent, and is one here.
    file: 'langfuse-framework-traces/openai-agents-2025-09-30.trace.json',
    format: 'langfuse',
    traces: 1,
    spans: 5,
    kinds: { agent: 2, generation: 2, function: 1 },
    check: ({ summaries: [trace] }) => {
      expect(trace).toMatchObject({
        roots: 1,
        depth: 3,
        tokens: { input: 140, output: 44, cached: 0, total: 184 },
        tools: { get_weather: { calls: 1, errors: 0 } },
        handoffs: [],
      });
    },
  },
  {
    file: 'deepeval-traces/openai_agents_simple_schema.json',
    format: 'deepeval',
    traces: 1,
    spans: 2,
    kinds: { agent: 1, generation: 1 },
    check: ({ summaries: [trace] }) => {
      // "None" is no thread.
      expect(trace).toMatchObject({
        id: 'trace_ed91dcc8d9b0448d843e5f0cbfb7bc81',
        workflowName: 'openai_agents_simple',
        groupId: null,
        roots: 1,
        depth: 2,
        durationMs: 2238,
        tokens: { input: 32, output: 11, cached: 0, reasoning: 0, total: 43, basis: 'model-spans' },
        agents: ['SimpleAgent'],
        models: ['gpt-4o-2024-08-06'],
      });
    },
  },
  {
    // Three samples, each a trace: four spans of its solvers and scorer, and one call of the model. The samples' own
    // token counts say the same as the calls: 64 + 2, 58 + 2, 70 + 2.
    file: 'inspect-eval-logs/2025-05-12T20-28-13-04-00_popularity.json',
    format: 'inspect',
    traces: 3,
    spans: 15,
    kinds: { custom: 12, generation: 3 },
    check: ({ files: [file], summaries }) => {
      expect(file?.diagnostics).toEqual([]);
      expect(summaries.map(({ tokens }) => tokens.total)).toEqual([66, 60, 72]);
      for (const trace of summaries) {
        expect(trace).toMatchObject({
          workflowName: 'popularity',
          groupId: '7KyCuAQSqp76qKQZEKmG6M',
          roots: 4,
          orphans: 0,
          depth: 2,
          models: ['gpt-4o-mini-2024-07-18'],
        });
      }
    },
  },
];
