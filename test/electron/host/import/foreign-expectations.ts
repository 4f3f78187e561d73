/** What the reading of each file of other tools must come to, and why that is right. */
import { expect } from 'vitest';
import { AGENT_FILES } from './expected-agents.ts';
import { PROFILE_FILES } from './expected-profiles.ts';
import { TOOL_FILES } from './expected-tools.ts';
import type { ForeignExpectation } from './foreign-expectation.ts';

export const FOREIGN_FILES: readonly ForeignExpectation[] = [
  ...TOOL_FILES,
  ...AGENT_FILES,
  ...PROFILE_FILES,
  {
    // 18 spans of one trace in base64 ids. One has openinference.span.kind LLM; CHAIN (11), RETRIEVER (1), and
    // those of other libraries without any kind are custom. Tokens are those of the one model call.
    file: 'agent-prism-otlp/rag_earnings_agent.json',
    format: 'otlp',
    traces: 1,
    spans: 18,
    kinds: { custom: 17, generation: 1 },
    check: ({ summaries: [trace] }) => {
      expect(trace).toMatchObject({
        id: 'b47d761fe79be88aee41342cdd527268',
        workflowName: 'main',
        roots: 1,
        orphans: 0,
        depth: 8,
        errors: 0,
        tokens: { input: 629, output: 19, total: 648, basis: 'model-spans' },
        models: ['gpt-3.5-turbo'],
        sources: ['openinference', 'otlp'],
        // 1751474816897561... to the end of the last span, in microseconds.
        startedAt: '2025-07-02T16:46:56.897561Z',
      });
    },
  },
  {
    // Two lines of a collector's file exporter, hex ids, one plain span each: nothing names an agent's doing.
    file: 'agento-otlp-jsonl/test-traces.jsonl',
    format: 'otlp',
    traces: 2,
    spans: 2,
    kinds: { custom: 2 },
    check: ({ summaries }) => {
      expect(summaries.map(({ sources, roots }) => ({ sources, roots }))).toEqual([
        { sources: ['otlp'], roots: 1 },
        { sources: ['otlp'], roots: 1 },
      ]);
    },
  },
  {
    // The specification's own example: ids in capitals, a parent that is not in the file, no status.
    file: 'otlp-proto-example/trace.json',
    format: 'otlp',
    traces: 1,
    spans: 1,
    kinds: { custom: 1 },
    check: ({ summaries: [trace] }) => {
      expect(trace).toMatchObject({
        id: '5b8efff798038103d269b633813fc60c',
        orphans: 1,
        startedAt: '2018-12-13T14:51:00.000000Z',
        durationMs: 1000,
      });
    },
  },
  {
    // Bodies of the OpenAI Agents SDK that others recorded, tails of runs: the counts are those of the items in
    // each, and a trace whose item came alone still counts as one.
    file: 'oai-agents-ingest/bodies/traceloop--test_agent_with_function_tool_spans--1.json',
    format: 'openai-agents',
    traces: 2,
    spans: 4,
    kinds: { agent: 1, function: 1, response: 2 },
  },
  {
    file: 'oai-agents-ingest/bodies/traceloop--test_agent_with_web_search_tool_spans--1.json',
    format: 'openai-agents',
    traces: 2,
    spans: 2,
    kinds: { agent: 1, response: 1 },
  },
  {
    file: 'oai-agents-ingest/bodies/traceloop--test_tool_call_and_result_attributes--1.json',
    format: 'openai-agents',
    traces: 1,
    spans: 2,
    kinds: { function: 1, response: 1 },
  },
];
